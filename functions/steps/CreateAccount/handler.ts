import { organizationsAccountCreator } from '../../aws/organizations-account-creator';
import { organizationsTree } from '../../aws/organizations-tree';
import { ledgerAccountMemory } from '../../ledger/account-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stepHandler, type StepResult } from '../../runtime/step-handler';
import { createAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('CreateAccount', host, (caller, { tenantUuid }) =>
    createAccount({
      memory: ledgerAccountMemory(host.ledger, tenantUuid),
      accounts: organizationsAccountCreator(caller),
      tree: organizationsTree(caller),
    }),
  );

export const handler = onLambda(compose);
