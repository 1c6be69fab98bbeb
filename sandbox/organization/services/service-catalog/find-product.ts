import type { AccountFactory, ProvisionedProduct } from './account-factory-state';
import { invalidParameters, resourceNotFound } from './service-catalog-errors';

interface Named {
  readonly ProvisionedProductId?: string | undefined;
  readonly ProvisionedProductName?: string | undefined;
}

/** Finds a product by id or name; exactly one of them is to be given. */
export function findProduct(factory: AccountFactory, named: Named): ProvisionedProduct {
  if ((named.ProvisionedProductId === undefined) === (named.ProvisionedProductName === undefined)) {
    // @evidence documented "botocore servicecatalog.DescribeProvisionedProduct": InvalidParametersException with
    //   neither name nor id, or with both
    throw invalidParameters('Give either the id or the name of the provisioned product.');
  }
  const product = findProductOrNull(factory, named);
  if (product === undefined) {
    // @evidence documented "botocore servicecatalog.DescribeProvisionedProduct": ResourceNotFoundException for a
    //   product that is not found
    throw resourceNotFound('The provisioned product was not found.');
  }
  return product;
}

export const findProductOrNull = (factory: AccountFactory | null, named: Named): ProvisionedProduct | undefined =>
  factory === null
    ? undefined
    : [...factory.provisionedProducts.values()].find(
        ({ id, name }) => id === named.ProvisionedProductId || name === named.ProvisionedProductName,
      );
