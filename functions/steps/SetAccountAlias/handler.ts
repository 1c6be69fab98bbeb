import { iamMemberAlias } from '../../aws/iam/iam-member-alias';
import { ledgerAccountMemory } from '../../ledger/tenants/account-memory';
import { stepFunction } from '../../runtime/step-handler';
import { setAccountAlias } from './step';

export const { compose, handler } = stepFunction('SetAccountAlias', ({ caller, host, tenantUuid }) =>
  setAccountAlias({ alias: iamMemberAlias(caller), memory: ledgerAccountMemory(host.ledger, tenantUuid) }),
);
