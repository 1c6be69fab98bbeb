import { groupDirectory } from '../../aws/identity-center/group-directory';
import { iamSamlAccess } from '../../aws/iam/iam-saml-access';
import { ssoAdminAccountAssignments } from '../../aws/identity-center/sso-admin-account-assignments';
import { identityCenterIn } from '../../domain/access/factory-user';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { ledgerAddedMembers } from '../../ledger/tenants/added-members';
import { withinPlaces } from '../../ledger/queue/assignment-slots';
import { guardedIn } from '../../runtime/state-input';
import { stepFunction } from '../../runtime/step-handler';
import { revokeAccess } from './step';

export const { compose, handler } = stepFunction(
  'RevokeAccess',
  ({ session, runtime, tenant, plan, reference, input }) =>
    revokeAccess({
      canEnter: guardedIn(input)?.accountOpen ?? true,
      repository: ledgerTenantRepository(runtime.ledger, tenant.tenantUuid),
      saml: iamSamlAccess(session),
      groupDirectory: groupDirectory(session, plan.identityStore, ledgerAddedMembers(runtime.ledger, tenant)),
      assignments: withinPlaces(
        runtime,
        { ...reference, mayDescribe: ['creation', 'deletion'] },
        ssoAdminAccountAssignments(session, identityCenterIn(plan)),
      ),
    }),
);
