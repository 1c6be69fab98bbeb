import { ssoAdminAccountAssignments } from '../../aws/identity-center/sso-admin-account-assignments';
import { identityCenterIn } from '../../domain/access/factory-user';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { withinPlaces } from '../../ledger/queue/assignment-slots';
import { stepFunction } from '../../runtime/step-handler';
import { checkGrants } from './step';

export const { compose, handler } = stepFunction('CheckGrants', ({ session, runtime, tenantUuid, plan, reference }) =>
  checkGrants({
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    assignments: withinPlaces(
      runtime,
      { ...reference, mayDescribe: ['creation', 'deletion'] },
      ssoAdminAccountAssignments(session, identityCenterIn(plan)),
    ),
  }),
);
