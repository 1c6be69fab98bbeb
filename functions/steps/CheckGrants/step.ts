import { checkBudget } from '../../domain/access/assignment-verdict';
import { identityCenterIn } from '../../domain/access/factory-user';
import type { Step } from '../../domain/run/step-context';
import type { AccountAssignments } from '../../ports/identity-center';
import type { TenantRepository } from '../../ports/repositories';
import { givePermissionSets } from '../give-permission-sets';
import { outcomesOf } from '../outcome';

const outcomes = outcomesOf('CheckGrants');

export interface CheckGrantsPorts {
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly assignments: AccountAssignments;
}

/**
 * Gives the groups of this account the permission sets that they have not got before, and says when all are there
 * (`givePermissionSets`). A second run finds every assignment as wanted and writes nothing.
 *
 * @throws RejectedError as `givePermissionSets`, and when that takes an hour
 */
export function checkGrants(ports: CheckGrantsPorts): Step {
  return async (context) => {
    if (identityCenterIn(context.plan) === null) return outcomes.done();
    const report = await givePermissionSets({ ...ports, outcomes }, context);
    if (report.result['ready'] === false) checkBudget(context);
    return report;
  };
}
