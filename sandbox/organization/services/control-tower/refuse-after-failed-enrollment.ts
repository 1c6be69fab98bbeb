import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import { EXECUTION_ROLE } from './governance';

/** Once, after an enrollment that has been taken back: what it left half done is still being cleared away. */
export function refuseAfterFailedEnrollment({ state, principal }: CallContext, roleName: string): void {
  if (roleName === EXECUTION_ROLE && state.controlTower.refusesRoleIn.delete(principal.accountId)) {
    // @evidence assumed controltower/userguide/troubleshooting: IAM itself refuses it, once, by AccessDenied, as an SCP
    //   would (decided by: one failed enrollment on AWS)
    throw new ServiceError(
      'AccessDenied',
      `User: ${principal.arn} is not authorized to perform: iam:CreateRole on resource: ${roleName} ` +
        'with an explicit deny in a service control policy',
      { status: 403 },
    );
  }
}
