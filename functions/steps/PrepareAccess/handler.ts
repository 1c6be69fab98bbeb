import { groupDirectory } from '../../aws/identity-center/group-directory';
import { ssoAdminAccountAssignments } from '../../aws/identity-center/sso-admin-account-assignments';
import { identityCenterIn } from '../../domain/access/factory-user';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { ledgerAddedMembers } from '../../ledger/tenants/added-members';
import { withinPlaces } from '../../ledger/queue/assignment-slots';
import { stackSetIn } from '../../runtime/state-input';
import { stepFunction } from '../../runtime/step-handler';
import { prepareAccess } from './step';

export const { compose, handler } = stepFunction(
  'PrepareAccess',
  ({ session, runtime, tenant, plan, reference, input }) =>
    prepareAccess({
      repository: ledgerTenantRepository(runtime.ledger, tenant.tenantUuid),
      groupDirectory: groupDirectory(session, plan.identityStore, ledgerAddedMembers(runtime.ledger, tenant)),
      assignments: withinPlaces(
        runtime,
        { ...reference, mayDescribe: ['creation', 'deletion'] },
        ssoAdminAccountAssignments(session, identityCenterIn(plan)),
      ),
      stackSet: stackSetIn(input),
    }),
);
