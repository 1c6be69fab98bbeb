import { groupDirectory } from '../../aws/identity-center/group-directory';
import { iamSamlAccess } from '../../aws/iam/iam-saml-access';
import { ledgerAccessMemory } from '../../ledger/tenants/access-memory';
import { ledgerMemberMemory } from '../../ledger/tenants/member-memory';
import { stepFunction } from '../../runtime/step-handler';
import { grantAccess } from './step';

export const { compose, handler } = stepFunction('GrantAccess', ({ caller, host, tenant, plan }) =>
  grantAccess({
    memory: ledgerAccessMemory(host.ledger, tenant.tenantUuid),
    saml: iamSamlAccess(caller),
    directory: groupDirectory(caller, plan.identityStore, ledgerMemberMemory(host.ledger, tenant)),
  }),
);
