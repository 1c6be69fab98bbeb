import { fitsPattern } from '../../domain/access/policy-condition';
import type { AccountFactory, ProductAccess } from '../../ports/account-factory';
import type { GrantedRights } from '../../ports/iam';
import { type Check, failed, type Finding, ok } from '../check';

export interface AccountFactoryPorts {
  readonly factory: Pick<AccountFactory, 'describeProduct'>;
  readonly access: ProductAccess;
  readonly rights: GrantedRights;
}

export interface AccountFactoryFacts {
  readonly productId: string;
  readonly region: string;
  /** The role that enrolls. */
  readonly roleArn: string;
  /** The role that reads, in a preflight and in a dry run. */
  readonly readingRoleArn: string;
  /** What the role that enrolls has to be allowed for Service Catalog and the Account Factory. */
  readonly actions: readonly string[];
}

const PRODUCT = 'account-factory-product';
const PORTFOLIO = 'account-factory-portfolio';

/** What EnrollAccount needs of Service Catalog, from the product to the rights of the role. */
export const accountFactoryChecks = (
  ports: AccountFactoryPorts,
  facts: AccountFactoryFacts,
  entering: string,
): readonly Check[] => [
  {
    id: PRODUCT,
    sentence: `Service Catalog has the Account Factory product ${facts.productId} in ${facts.region}.`,
    needs: [entering],
    judge: () => product(ports, facts),
  },
  {
    id: PORTFOLIO,
    sentence: 'A portfolio holds the Account Factory product.',
    needs: [PRODUCT],
    judge: () => portfolio(ports, facts),
  },
  {
    id: 'account-factory-version',
    sentence: 'The Account Factory product has a version that is active and not deprecated.',
    needs: [PRODUCT],
    judge: () => version(ports, facts),
  },
  {
    id: 'account-factory-principal',
    sentence: `The portfolio is open to ${nameOf(facts.roleArn)} and ${nameOf(facts.readingRoleArn)}.`,
    needs: [PORTFOLIO],
    judge: () => principal(ports, facts),
  },
  {
    id: 'account-factory-launch-path',
    sentence: `${nameOf(facts.readingRoleArn)} sees a launch path to the Account Factory product.`,
    needs: [PRODUCT],
    judge: () => launchPath(ports, facts),
  },
  {
    id: 'account-factory-rights',
    sentence: `${nameOf(facts.roleArn)} has the rights of the Account Factory and of Service Catalog.`,
    needs: [entering],
    judge: () => rights(ports, facts),
  },
];

async function product({ access }: AccountFactoryPorts, { productId, region }: AccountFactoryFacts): Promise<Finding> {
  return (await access.portfoliosOf(productId)) === undefined
    ? failed(
        `There is no product ${productId} in ${region} of the management account.`,
        'Correct accountFactoryProductId and region of enrollmentConfiguration in platform.json (Service Catalog, Products, "AWS Control Tower ' +
          'Account Factory", in the home region of Control Tower), and deploy VendingStack.',
      )
    : ok();
}

async function portfolio({ access }: AccountFactoryPorts, { productId }: AccountFactoryFacts): Promise<Finding> {
  const portfolios = (await access.portfoliosOf(productId)) ?? [];
  return portfolios.length === 0
    ? failed(
        `No portfolio of Service Catalog holds the product ${productId}.`,
        'Add it to the "AWS Control Tower Account Factory Portfolio" (Service Catalog, Portfolios, "Add product"), or repair the landing zone in ' +
          'the console of Control Tower, which makes the portfolio again.',
      )
    : ok(portfolios.map(({ id, name }) => `${name} (${id})`).join(', '));
}

async function version({ factory }: AccountFactoryPorts, { productId }: AccountFactoryFacts): Promise<Finding> {
  const { artifactId } = await factory.describeProduct(productId);
  return artifactId === null
    ? failed(
        `The Account Factory product ${productId} has no version that is active and not deprecated.`,
        'Repair or update the landing zone in the console of Control Tower, which publishes a new version.',
      )
    : ok(artifactId);
}

/**
 * Launch paths are those of the caller: a role that only reads has none either where the portfolio is not open to it.
 */
async function principal(
  { access }: AccountFactoryPorts,
  { productId, roleArn, readingRoleArn }: AccountFactoryFacts,
): Promise<Finding> {
  const portfolios = (await access.portfoliosOf(productId)) ?? [];
  const principals = (await Promise.all(portfolios.map(({ id }) => access.principalsOf(id)))).flat();
  const left = [roleArn, readingRoleArn].filter((role) => !principals.some((arn) => isOurs(arn, role)));
  const portfolioId = portfolios[0]?.id ?? '<portfolio>';
  return left.length === 0
    ? ok()
    : failed(
        `Not among the principals of the portfolio: ${left.join(', ')}.`,
        left.map((role) => associate(portfolioId, role)).join(' '),
      );
}

/** A pattern of principals leaves the account out, or has wildcards: `arn:aws:iam:::role/Mesh*`. */
function isOurs(arn: string, roleArn: string): boolean {
  return fitsPattern(arn, roleArn) || fitsPattern(arn, roleArn.replace(/:\d{12}:/u, '::'));
}

const nameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? '';

const associate = (portfolioId: string, roleArn: string): string =>
  `In the management account, in the home region of Control Tower: aws servicecatalog associate-principal-with-portfolio --portfolio-id ${portfolioId} ` +
  `--principal-arn ${roleArn} --principal-type IAM.`;

async function launchPath(
  { factory }: AccountFactoryPorts,
  { productId, readingRoleArn }: AccountFactoryFacts,
): Promise<Finding> {
  const { launchPathId } = await factory.describeProduct(productId);
  return launchPathId === null
    ? failed(
        `Service Catalog finds no launch path to ${productId} for ${readingRoleArn}.`,
        associate('<portfolio>', readingRoleArn),
      )
    : ok(launchPathId);
}

async function rights({ rights: granted }: AccountFactoryPorts, facts: AccountFactoryFacts): Promise<Finding> {
  const missing = await granted.missing(facts.roleArn, facts.actions);
  return missing.length === 0
    ? ok()
    : failed(
        `The policies of ${facts.roleArn} do not allow ${missing.join(', ')}.`,
        'Deploy ManagementAccountStack with enrollmentConfiguration in platform.json: it attaches AWSServiceCatalogEndUserFullAccess ' +
          'and the policy AccountFactoryAccess. A role that was made by hand needs the same two.',
      );
}
