import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';

/** Identity Center belongs to the management account; one other account may be its delegated administrator. */
export function administratorsOnly({ principal, state: { seed } }: CallContext, operation: string): void {
  const administrators = [seed.managementAccountId, seed.identityCenter?.delegatedAdministratorId];
  if (!administrators.includes(principal.accountId)) {
    const message = `User: ${principal.arn} is not authorized to perform: ${operation}`;
    // @evidence documented "botocore sso-admin.ListAccountAssignments": AccessDeniedException for who has not
    //   sufficient access
    throw new ServiceError('AccessDeniedException', message);
  }
}
