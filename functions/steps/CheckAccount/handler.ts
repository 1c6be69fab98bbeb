import { organizationsAccountDirectory } from '../../aws/organizations-account-directory';
import { ledgerAccountMemory } from '../../ledger/account-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stepHandler, type StepResult } from '../../runtime/step-handler';
import { checkAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('CheckAccount', host, (caller, { tenantUuid }) =>
    checkAccount({
      memory: ledgerAccountMemory(host.ledger, tenantUuid),
      directory: organizationsAccountDirectory(caller),
    }),
  );

export const handler = onLambda(compose);
