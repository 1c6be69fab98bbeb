import * as z from 'zod';
import type { LaunchPathSeed } from '../../organization-seed';
import { operation, type CallContext, type Operation, type Target } from '../operation';
import type { AccountFactory } from './account-factory-state';
import { findAccountFactory, principalsOf } from './product-access';
import { pageOf } from './product-paging';
import { refuseInput, resourceNotFound } from './service-catalog-errors';
import { id, smallPage } from './service-catalog-input';
import { arnIn } from '../../arn';

/** A launch path is a portfolio that holds the product and is open to somebody: each stands for its own. */
const portfolioId = (path: LaunchPathSeed): string => path.id.replace(/^.*-/u, 'port-');

function portfolioShape({ state, region }: CallContext, path: LaunchPathSeed): object {
  return {
    Id: portfolioId(path),
    ARN: arnIn(state.seed, `catalog:${region}:${state.seed.managementAccountId}:portfolio/${portfolioId(path)}`),
    DisplayName: path.name,
    Description: 'AWS Control Tower Account Factory Portfolio',
    ProviderName: 'AWS Control Tower',
  };
}

const catalogTarget =
  (kind: 'product' | 'portfolio') =>
  ({ state, principal, region }: CallContext, input: Readonly<Record<string, unknown>>): readonly Target[] => [
    {
      resource: arnIn(
        state.seed,
        `catalog:${region}:${principal.accountId}:${kind}/${String(input[kind === 'product' ? 'ProductId' : 'PortfolioId'])}`,
      ),
    },
  ];

function findPortfolio(context: CallContext, wanted: string): readonly [AccountFactory, LaunchPathSeed] {
  const factory = findAccountFactory(context);
  const path = factory.seed.launchPaths.find((one) => portfolioId(one) === wanted);
  if (path === undefined) {
    // @evidence documented "botocore servicecatalog.ListPrincipalsForPortfolio": ResourceNotFoundException for a
    //   portfolio that is not found
    throw resourceNotFound(`Portfolio ${wanted} not found.`);
  }
  return [factory, path];
}

const associateInput = z.object({
  PortfolioId: id,
  PrincipalARN: z.string().min(1).max(1000),
  PrincipalType: z.enum(['IAM', 'IAM_PATTERN']),
});

/**
 * A principal that the portfolio is open to already stays so.
 *
 * @evidence documented "botocore servicecatalog.AssociatePrincipalWithPortfolio": no error is listed for a principal
 *   that is associated already
 */
function associate(context: CallContext, input: z.infer<typeof associateInput>): object {
  const [factory, path] = findPortfolio(context, input.PortfolioId);
  const opened = factory.openedTo.get(path.id) ?? new Set();
  factory.openedTo.set(path.id, opened.add(input.PrincipalARN));
  return {};
}

/** The principals of the product's portfolios, as an administrator of the catalog reads them. */
export const portfolioOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.ListPortfoliosForProduct": ListPortfoliosForProduct answers
    //   PortfolioDetails
    name: 'ListPortfoliosForProduct',
    write: false,
    input: z.object({ ProductId: id, ...smallPage }),
    targets: catalogTarget('product'),
    answer: (context, input) => {
      const paths = findAccountFactory(context, input.ProductId).seed.launchPaths;
      const paged = pageOf(paths, input);
      return { PortfolioDetails: paged.items.map((path) => portfolioShape(context, path)), ...paged.rest };
    },
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, servicecatalog:ListPrincipalsForPortfolio": ListPrincipalsForPortfolio
    //   answers Principals
    name: 'ListPrincipalsForPortfolio',
    write: false,
    input: z.object({ PortfolioId: id, ...smallPage }),
    targets: catalogTarget('portfolio'),
    answer: (context, input) => {
      const paged = pageOf(principalsOf(...findPortfolio(context, input.PortfolioId)), input);
      const Principals = paged.items.map((PrincipalARN) => ({ PrincipalARN, PrincipalType: 'IAM' }));
      return { Principals, ...paged.rest };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.AssociatePrincipalWithPortfolio": AssociatePrincipalWithPortfolio
    //   answers nothing
    name: 'AssociatePrincipalWithPortfolio',
    write: true,
    input: associateInput,
    targets: catalogTarget('portfolio'),
    answer: associate,
  }),
];
