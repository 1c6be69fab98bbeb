import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { ledgerAccountMemory } from '../../ledger/tenants/account-memory';
import { ledgerAccountSearch } from '../../ledger/tenants/account-search';
import type { Host } from '../../runtime/host';
import { laneTurnsOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { checkAccount } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('CheckAccount', host, (caller, { tenantUuid }) =>
    checkAccount({
      memory: ledgerAccountMemory(host.ledger, tenantUuid),
      turns: laneTurnsOf(host, edges, tenantUuid),
      directory: organizationsAccountDirectory(caller),
      search: ledgerAccountSearch(host.ledger, host.now),
      clock: host.now,
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
