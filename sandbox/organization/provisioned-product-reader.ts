import {
  paginateSearchProvisionedProducts,
  type ProvisionedProductAttribute,
  type ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';

export interface ProvisionedProductReading {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly productId: string;
  readonly provisioningArtifactId: string;
}

/**
 * The provisioned product whose physical id is the account, a healthy one before all others; null where there is none.
 */
export async function readProvisionedProduct(
  client: ServiceCatalogClient,
  accountId: string,
): Promise<ProvisionedProductReading | null> {
  const AccessLevelFilter = { Key: 'Account', Value: 'self' } as const;
  const Filters = { SearchQuery: [`physicalId:${accountId}`] };
  const found: ProvisionedProductAttribute[] = [];
  for await (const page of paginateSearchProvisionedProducts({ client }, { AccessLevelFilter, Filters })) {
    found.push(...(page.ProvisionedProducts ?? []));
  }
  const product = found.find(({ LastSuccessfulProvisioningRecordId: id }) => id !== undefined) ?? found[0];
  return product === undefined
    ? null
    : {
        id: product.Id ?? '',
        name: product.Name ?? '',
        status: product.Status ?? '',
        productId: product.ProductId ?? '',
        provisioningArtifactId: product.ProvisioningArtifactId ?? '',
      };
}
