import { groupDirectory } from '../../aws/identity-center/group-directory';
import { iamSamlAccess } from '../../aws/iam/iam-saml-access';
import { ledgerTenantRepository, ledgerAddedMembers } from '../../ledger/tenants/tenant-repository';
import { stepFunction } from '../../runtime/step-handler';
import { grantAccess } from './step';

export const { compose, handler } = stepFunction('GrantAccess', ({ caller, host, tenant, plan }) =>
  grantAccess({
    repository: ledgerTenantRepository(host.ledger, tenant.tenantUuid),
    saml: iamSamlAccess(caller),
    groupDirectory: groupDirectory(caller, plan.identityStore, ledgerAddedMembers(host.ledger, tenant)),
  }),
);
