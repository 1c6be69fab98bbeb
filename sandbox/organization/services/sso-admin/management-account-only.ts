import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';

/**
 * Identity Center belongs to the management account; that another account can be a delegated administrator is not
 * modelled.
 */
export function managementAccountOnly({ principal, state }: CallContext, operation: string): void {
  if (principal.accountId !== state.seed.managementAccountId) {
    const message = `User: ${principal.arn} is not authorized to perform: ${operation}`;
    throw new ServiceError('AccessDeniedException', message);
  }
}
