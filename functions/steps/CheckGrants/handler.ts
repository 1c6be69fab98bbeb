import { ssoAdminAccountAssignments } from '../../aws/identity-center/sso-admin-account-assignments';
import { identityCenterIn } from '../../domain/access/factory-user';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { withinPlaces } from '../../ledger/queue/assignment-places';
import { stepFunction } from '../../runtime/step-handler';
import { checkGrants } from './step';

export const { compose, handler } = stepFunction('CheckGrants', ({ caller, host, tenantUuid, plan, reference }) =>
  checkGrants({
    repository: ledgerTenantRepository(host.ledger, tenantUuid),
    assignments: withinPlaces(
      host,
      { ...reference, mayDescribe: ['creation', 'deletion'] },
      ssoAdminAccountAssignments(caller, identityCenterIn(plan)),
    ),
  }),
);
