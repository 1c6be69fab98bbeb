import { iamMemberAlias } from '../../aws/iam/iam-member-alias';
import { ledgerAccountMemory } from '../../ledger/tenants/account-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { setAccountAlias } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('SetAccountAlias', host, (caller, { tenantUuid }) =>
    setAccountAlias({ alias: iamMemberAlias(caller), memory: ledgerAccountMemory(host.ledger, tenantUuid) }),
  );

export const handler = onLambda(compose);
