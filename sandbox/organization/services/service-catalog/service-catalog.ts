import { awsJson } from '../../wire/aws-json';
import { operationsByName, type Service } from '../operation';
import { portfolioOperations } from './portfolio-operations';
import { productOperations } from './product-operations';
import { provisioningOperations } from './provisioning';
import { recordOperations } from './record-operations';

/** Service Catalog as far as Control Tower's Account Factory needs it: one product, provisioned for accounts. */
export const serviceCatalog: Service = {
  signingName: 'servicecatalog',
  actionPrefix: 'servicecatalog',
  protocol: awsJson(),
  operations: operationsByName([
    ...productOperations,
    ...portfolioOperations,
    ...provisioningOperations,
    ...recordOperations,
  ]),
  admit: () => undefined,
};
