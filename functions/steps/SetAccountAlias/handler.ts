import { iamMemberAlias } from '../../aws/iam/iam-member-alias';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunction } from '../../runtime/step-handler';
import { setAccountAlias } from './step';

export const { compose, handler } = stepFunction('SetAccountAlias', ({ session, runtime, tenantUuid }) =>
  setAccountAlias({ alias: iamMemberAlias(session), repository: ledgerTenantRepository(runtime.ledger, tenantUuid) }),
);
