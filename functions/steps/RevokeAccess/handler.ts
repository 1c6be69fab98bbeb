import { groupDirectory } from '../../aws/identity-center/group-directory';
import { iamSamlAccess } from '../../aws/iam/iam-saml-access';
import { ssoAdminAccountAssignments } from '../../aws/identity-center/sso-admin-account-assignments';
import { identityCenterIn } from '../../domain/access/factory-user';
import { ledgerTenantRepository, ledgerAddedMembers } from '../../ledger/tenants/tenant-repository';
import { withinPlaces } from '../../ledger/queue/assignment-places';
import { guardedIn } from '../../runtime/state-input';
import { stepFunction } from '../../runtime/step-handler';
import { revokeAccess } from './step';

export const { compose, handler } = stepFunction('RevokeAccess', ({ caller, host, tenant, plan, reference, input }) =>
  revokeAccess({
    canEnter: guardedIn(input)?.accountOpen ?? true,
    repository: ledgerTenantRepository(host.ledger, tenant.tenantUuid),
    saml: iamSamlAccess(caller),
    groupDirectory: groupDirectory(caller, plan.identityStore, ledgerAddedMembers(host.ledger, tenant)),
    assignments: withinPlaces(
      host,
      { ...reference, mayDescribe: ['creation', 'deletion'] },
      ssoAdminAccountAssignments(caller, identityCenterIn(plan)),
    ),
  }),
);
