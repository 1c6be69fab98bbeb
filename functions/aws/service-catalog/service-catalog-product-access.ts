import {
  paginateListPortfoliosForProduct,
  paginateListPrincipalsForPortfolio,
  paginateSearchProvisionedProducts,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';

import type { ListedProduct } from '../../domain/enrollment/provisioned-products';
import type { Portfolio, ProductAccess } from '../../ports/account-factory';
import { managementCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent } from '../base/aws-error';
import { clientSettings } from '../base/aws-settings';
import { productOf } from './service-catalog-account-factory';

/** Portfolios of Service Catalog, in Control Tower's home region. */
export function serviceCatalogProductAccess(session: AwsSession, homeRegion: string): ProductAccess {
  const client = new ServiceCatalogClient({
    ...clientSettings(session.settings, session.functionName),
    region: homeRegion,
    credentials: managementCredentials(session),
  });
  return {
    portfoliosOf: (productId) =>
      calling(`list the portfolios of the product ${productId}`, () => portfoliosOf(client, productId)),
    principalsOf: (portfolioId) =>
      calling(`list the principals of the portfolio ${portfolioId}`, () => principalsOf(client, portfolioId)),
    provisionedOf: (productId) =>
      calling(`list what is provisioned of the product ${productId}`, () => provisionedOf(client, productId)),
  };
}

async function portfoliosOf(
  client: ServiceCatalogClient,
  productId: string,
): Promise<readonly Portfolio[] | undefined> {
  const portfolios: Portfolio[] = [];
  try {
    for await (const page of paginateListPortfoliosForProduct({ client }, { ProductId: productId })) {
      for (const { Id = '', DisplayName = '' } of page.PortfolioDetails ?? []) {
        portfolios.push({ id: Id, name: DisplayName });
      }
    }
    return portfolios;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

async function principalsOf(client: ServiceCatalogClient, portfolioId: string): Promise<readonly string[]> {
  const principals: string[] = [];
  for await (const page of paginateListPrincipalsForPortfolio({ client }, { PortfolioId: portfolioId })) {
    principals.push(...(page.Principals ?? []).flatMap(({ PrincipalARN }) => PrincipalARN ?? []));
  }
  return principals;
}

async function provisionedOf(client: ServiceCatalogClient, productId: string): Promise<readonly ListedProduct[]> {
  const found: ListedProduct[] = [];
  const input = {
    Filters: { SearchQuery: [`productId:${productId}`] },
    AccessLevelFilter: { Key: 'Account', Value: 'self' } as const,
    PageSize: 100,
  };
  for await (const { ProvisionedProducts = [] } of paginateSearchProvisionedProducts({ client }, input)) {
    found.push(...ProvisionedProducts.map((one) => ({ ...productOf(one), createdAt: one.CreatedTime ?? null })));
  }
  return found;
}
