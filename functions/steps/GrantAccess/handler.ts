import { groupDirectory } from '../../aws/identity-center/group-directory';
import { iamSamlAccess } from '../../aws/iam/iam-saml-access';
import { ledgerTenantRepository, ledgerAddedMembers } from '../../ledger/tenants/tenant-repository';
import { stepFunction } from '../../runtime/step-handler';
import { grantAccess } from './step';

export const { compose, handler } = stepFunction('GrantAccess', ({ session, runtime, tenant, plan }) =>
  grantAccess({
    repository: ledgerTenantRepository(runtime.ledger, tenant.tenantUuid),
    saml: iamSamlAccess(session),
    groupDirectory: groupDirectory(session, plan.identityStore, ledgerAddedMembers(runtime.ledger, tenant)),
  }),
);
