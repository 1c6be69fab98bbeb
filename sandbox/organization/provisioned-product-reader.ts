import { SearchProvisionedProductsCommand, type ServiceCatalogClient } from '@aws-sdk/client-service-catalog';

export interface ProvisionedProductReading {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly productId: string;
  readonly provisioningArtifactId: string;
}

/** The provisioned product whose physical id is the account; null where Control Tower does not manage it. */
export async function readProvisionedProduct(
  client: ServiceCatalogClient,
  accountId: string,
): Promise<ProvisionedProductReading | null> {
  const { ProvisionedProducts = [] } = await client.send(
    new SearchProvisionedProductsCommand({
      AccessLevelFilter: { Key: 'Account', Value: 'self' },
      Filters: { SearchQuery: [`physicalId:${accountId}`] },
    }),
  );
  const [product] = ProvisionedProducts;
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
