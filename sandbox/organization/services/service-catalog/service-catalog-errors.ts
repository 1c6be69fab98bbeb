import * as z from 'zod';
import { ServiceError } from '../../service-error';

export const invalidParameters = (message: string): ServiceError =>
  new ServiceError('InvalidParametersException', message);

export const resourceNotFound = (message: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', message);

export const noLaunchPaths = (productId: string): ServiceError =>
  resourceNotFound(`No launch paths found for resource: ${productId}`);

/**
 * @evidence reported "github gruntwork-io/docs control-tower-account-factory-async.md": ResourceInUseException of
 *   Service Catalog, in these words, for more account operations at once than are allowed
 */
export const IN_USE =
  'Account Factory cannot complete an operation on this account, because the allowed maximum of 5 concurrent account ' +
  'operations is exceeded. Try again later.';

/**
 * @evidence reported "github aws-ia/terraform-aws-control_tower_account_factory#363": Account Factory says so while
 *   something else goes on
 */
export const ANOTHER_OPERATION =
  'Account Factory cannot complete an operation on this account, because another AWS Control Tower operation is in progress. ' +
  'Try again later.';

/** Not in the service's model, and met all the same. */
export const resourceInUse = (message: string): ServiceError => new ServiceError('ResourceInUseException', message);

export function refuseInput(error: z.ZodError): ServiceError {
  const message = `${error.issues.length} validation error(s) detected: ${z.prettifyError(error)}`;
  return new ServiceError('ValidationException', message);
}
