import type { LaunchPathSeed } from '../../organization-seed';
import type { CallContext } from '../operation';
import type { AccountFactory } from './account-factory-state';
import { noLaunchPaths, resourceNotFound } from './service-catalog-errors';

/** The product lives in Control Tower's home region of the management account. */
export function accountFactoryHere({ state, region, principal }: CallContext): AccountFactory | null {
  const isHome = region === state.accountFactory?.seed.homeRegion;
  return isHome && principal.accountId === state.seed.managementAccountId ? state.accountFactory : null;
}

/** Anywhere else the product is not found. */
export function findAccountFactory(context: CallContext, productId?: string): AccountFactory {
  const factory = accountFactoryHere(context);
  if (factory === null || (productId !== undefined && productId !== factory.seed.productId)) {
    // @evidence documented "botocore servicecatalog.ListLaunchPaths": ResourceNotFoundException for a product that is
    //   not found
    throw resourceNotFound('The product was not found.');
  }
  return factory;
}

/** The launch paths of the calling principal; AWS reports an error to one that the portfolio was not opened to. */
export function launchPathsOf({ principal }: CallContext, factory: AccountFactory): readonly LaunchPathSeed[] {
  const { seed } = factory;
  const paths =
    principal.kind === 'administrator'
      ? seed.launchPaths
      : seed.launchPaths.filter((path) => principalsOf(factory, path).includes(principal.roleArn));
  if (paths.length === 0) {
    // @evidence reported "github aws/aws-cdk#8404": ResourceNotFoundException, "No launch paths found for resource",
    //   until the caller's role was added to the portfolio
    throw noLaunchPaths(seed.productId);
  }
  return paths;
}

/** Whom a portfolio is open to: from the beginning, or since somebody has opened it. */
export const principalsOf = ({ openedTo }: AccountFactory, { id, principals }: LaunchPathSeed): readonly string[] => [
  ...new Set([...principals, ...(openedTo.get(id) ?? [])]),
];
