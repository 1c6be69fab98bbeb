import { partitionOf } from '../../aws/base/assumed-role';
import { iamAccessRole } from '../../aws/iam/iam-access-role';
import { ledgerAccountMemory } from '../../ledger/tenants/account-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { confirmDowngrade } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('ConfirmDowngrade', host, (caller, { tenantUuid }) =>
    confirmDowngrade({
      role: iamAccessRole(caller),
      memory: ledgerAccountMemory(host.ledger, tenantUuid),
      partition: partitionOf(caller),
    }),
  );

export const handler = onLambda(compose);
