import { groupDirectory } from '../../aws/identity-center/group-directory';
import { ssoAdminAccountAssignments } from '../../aws/identity-center/sso-admin-account-assignments';
import { identityCenterIn } from '../../domain/access/factory-user';
import { withinPlaces } from '../../ledger/queue/assignment-slots';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { ledgerAddedMembers } from '../../ledger/tenants/added-members';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkGroups } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'CheckGroups',
  ({ session, runtime, turns, tenant, plan, reference }) =>
    checkGroups({
      repository: ledgerTenantRepository(runtime.ledger, tenant.tenantUuid),
      turns,
      groupDirectory: groupDirectory(session, plan.identityStore, ledgerAddedMembers(runtime.ledger, tenant)),
      assignments: withinPlaces(
        runtime,
        { ...reference, mayDescribe: ['creation', 'deletion'] },
        ssoAdminAccountAssignments(session, identityCenterIn(plan)),
      ),
    }),
);
