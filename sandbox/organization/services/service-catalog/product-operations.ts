import * as z from 'zod';
import { arnIn } from '../../arn';
import { operation, type CallContext, type Operation } from '../operation';
import type { AccountFactory, ProvisionedProduct } from './account-factory-state';
import { findProduct, findProductOrNull } from './find-product';
import { accountFactoryHere, findAccountFactory, launchPathsOf } from './product-access';
import { isVisible, levelConditions } from './product-access-level';
import { pageOf } from './product-paging';
import { attributeShape, detailShape } from './product-shapes';
import { invalidParameters, refuseInput } from './service-catalog-errors';
import { accessLevel, id, largePage, productName, smallPage } from './service-catalog-input';

/** What a search may compare, spelt as in the query. */
const searchable: Readonly<Record<string, (factory: AccountFactory, product: ProvisionedProduct) => string | null>> = {
  arn: (_factory, product) => product.arn,
  id: (_factory, product) => product.id,
  idempotencyToken: (_factory, product) => product.idempotencyToken,
  lastRecordId: (_factory, product) => product.lastRecordId,
  name: (_factory, product) => product.name,
  physicalId: (_factory, product) => product.physicalId,
  productId: ({ seed }) => seed.productId,
  productName: ({ seed }) => seed.productName,
  provisioningArtifactId: (_factory, product) => product.artifactId,
  status: (_factory, product) => product.status,
  type: () => 'CONTROL_TOWER_ACCOUNT',
  userArn: (_factory, product) => product.roleArn,
  userArnSession: (_factory, product) => product.sessionArn,
};

/**
 * A query is `key:value`, or a value alone, which any of the fields may have.
 *
 * @evidence assumed "botocore servicecatalog.SearchProvisionedProducts": a name is found by its beginning (decided by:
 *   two names, one longer, on AWS)
 * @evidence example https://docs.aws.amazon.com/cli/latest/reference/servicecatalog/search-provisioned-products.html:
 *   the example's query is the id of a product and no key, and finds what was provisioned of it; that a value alone is
 *   compared with each field that can be searched is our reading
 */
function comparison(factory: AccountFactory, query: string): (product: ProvisionedProduct) => boolean {
  const [, key = '', value = '', alone] = /^(?:(\w+):"?([^"]*)"?|"?([^":]+)"?)$/.exec(query) ?? [];
  const keys = alone === undefined ? [key] : Object.keys(searchable);
  const comparisons = keys.map((one) => fieldComparison(factory, query, one, alone ?? value));
  return (product) => comparisons.some((fits) => fits(product));
}

function fieldComparison(
  factory: AccountFactory,
  query: string,
  key: string,
  value: string,
): (product: ProvisionedProduct) => boolean {
  const read = searchable[key];
  if (read === undefined) {
    // @evidence documented "botocore servicecatalog.SearchProvisionedProducts": the fields that can be searched;
    //   InvalidParametersException is the error of the operation for a parameter that is not valid
    throw invalidParameters(
      `The search query ${query} is neither a value nor key:value with a key that can be searched.`,
    );
  }
  return (product) => read(factory, product) === value || (key === 'name' && product.name.startsWith(value));
}

const searchInput = z.object({
  AccessLevelFilter: accessLevel,
  Filters: z.object({ SearchQuery: z.array(z.string()).optional() }).optional(),
  ...largePage,
});

function search(context: CallContext, input: z.infer<typeof searchInput>): object {
  const factory = accountFactoryHere(context);
  if (factory === null) {
    return { ProvisionedProducts: [], TotalResultsCount: 0 };
  }
  const comparisons = (input.Filters?.SearchQuery ?? []).map((query) => comparison(factory, query));
  const found = [...factory.provisionedProducts.values()]
    .filter((product) => isVisible(context, input.AccessLevelFilter, 'Account', product))
    .filter((product) => comparisons.every((fits) => fits(product)));
  const paged = pageOf(found, input);
  const products = paged.items.map((product) => attributeShape(factory, product));
  return { ProvisionedProducts: products, TotalResultsCount: found.length, ...paged.rest };
}

const adminSearchInput = z.object({
  Filters: z
    .partialRecord(z.enum(['FullTextSearch', 'Owner', 'ProductType', 'SourceProductId']), z.array(z.string()))
    .optional(),
  ...largePage,
});

/**
 * Products of the account, as an administrator of the catalog sees them.
 *
 * @evidence reported "github aws-samples/aws-control-tower-automate-account-creation, account_create.py": Owner "AWS
 *   Control Tower" finds the product "AWS Control Tower Account Factory"
 */
function searchAsAdmin(context: CallContext, { Filters = {}, ...page }: z.infer<typeof adminSearchInput>): object {
  const seed = accountFactoryHere(context)?.seed;
  const all =
    seed === undefined
      ? []
      : [...seed.otherProducts, { id: seed.productId, name: seed.productName, owner: 'AWS Control Tower' }];
  const found = all.filter(({ owner }) => Filters.Owner?.includes(owner) ?? true);
  const paged = pageOf(found, page);
  const details = paged.items.map(({ id: ProductId, name, owner }) => ({
    ProductViewSummary: {
      Id: ProductId.replace(/^prod-/u, 'prodview-'),
      ProductId,
      Name: name,
      Owner: owner,
      Type: 'CLOUD_FORMATION_TEMPLATE',
    },
    Status: 'AVAILABLE',
    ProductARN: arnIn(
      context.state.seed,
      `catalog:${context.region}:${context.principal.accountId}:product/${ProductId}`,
    ),
  }));
  return { ProductViewDetails: details, ...paged.rest };
}

export const productOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.SearchProductsAsAdmin": SearchProductsAsAdmin answers
    //   ProductViewDetails
    name: 'SearchProductsAsAdmin',
    write: false,
    input: adminSearchInput,
    answer: searchAsAdmin,
  }),
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.ListProvisioningArtifacts": ListProvisioningArtifacts answers
    //   ProvisioningArtifactDetails
    name: 'ListProvisioningArtifacts',
    write: false,
    input: z.object({ ProductId: id }),
    answer: (context, input) => {
      const { seed } = findAccountFactory(context, input.ProductId);
      const details = seed.artifacts.map((artifact) => ({
        Id: artifact.id,
        Name: artifact.name,
        Type: 'CLOUD_FORMATION_TEMPLATE',
        CreatedTime: new Date(artifact.createdAt),
        Active: artifact.active,
        Guidance: artifact.guidance,
      }));
      return { ProvisioningArtifactDetails: details };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.ListLaunchPaths": ListLaunchPaths answers LaunchPathSummaries
    name: 'ListLaunchPaths',
    write: false,
    input: z.object({ ProductId: id, ...smallPage }),
    answer: (context, input) => {
      const paths = launchPathsOf(context, findAccountFactory(context, input.ProductId));
      const paged = pageOf(paths, input);
      const summaries = paged.items.map((path) => ({
        Id: path.id,
        Name: path.name,
        ConstraintSummaries: [],
        Tags: [],
      }));
      return { LaunchPathSummaries: summaries, ...paged.rest };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.SearchProvisionedProducts": SearchProvisionedProducts answers
    //   ProvisionedProducts and TotalResultsCount
    name: 'SearchProvisionedProducts',
    write: false,
    input: searchInput,
    answer: search,
  }),
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.DescribeProvisionedProduct": DescribeProvisionedProduct answers
    //   ProvisionedProductDetail and CloudWatchDashboards
    name: 'DescribeProvisionedProduct',
    write: false,
    input: z.object({ Id: id.optional(), Name: productName.optional() }),
    targets: (context, { Id, Name }) => {
      const named = { ProvisionedProductId: Id, ProvisionedProductName: Name };
      const product = findProductOrNull(context.state.accountFactory, named);
      return [{ resource: '*', conditions: levelConditions(context, product) }];
    },
    answer: (context, { Id, Name }) => {
      const factory = findAccountFactory(context);
      const product = findProduct(factory, { ProvisionedProductId: Id, ProvisionedProductName: Name });
      return { ProvisionedProductDetail: detailShape(factory, product), CloudWatchDashboards: [] };
    },
  }),
];
