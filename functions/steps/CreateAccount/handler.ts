import { organizationsAccountCreator } from '../../aws/organizations/organizations-account-creator';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { ledgerAccountMemory } from '../../ledger/tenants/account-memory';
import type { Host } from '../../runtime/host';
import { laneTurnsOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { createAccount } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('CreateAccount', host, (caller, { tenantUuid }) =>
    createAccount({
      memory: ledgerAccountMemory(host.ledger, tenantUuid),
      turns: laneTurnsOf(host, edges, tenantUuid),
      accounts: organizationsAccountCreator(caller),
      tree: organizationsTree(caller),
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
