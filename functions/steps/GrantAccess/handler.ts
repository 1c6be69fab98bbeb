import { groupDirectory } from '../../aws/identity-center/group-directory';
import { iamSamlAccess } from '../../aws/iam/iam-saml-access';
import { changedSinceResumed } from '../../domain/run/changes-of-run';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { ledgerAddedMembers } from '../../ledger/tenants/added-members';
import { stepFunction } from '../../runtime/step-handler';
import { grantAccess } from './step';

export const { compose, handler } = stepFunction('GrantAccess', ({ session, runtime, tenant, plan, run }) =>
  grantAccess({
    repository: ledgerTenantRepository(runtime.ledger, tenant.tenantUuid),
    changedAt: (change) => changedSinceResumed(run, change),
    saml: iamSamlAccess(session),
    groupDirectory: groupDirectory(session, plan.identityStore, ledgerAddedMembers(runtime.ledger, tenant)),
  }),
);
