import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { ledgerClosureMemory } from '../../ledger/closing/closure-memory';
import type { Host } from '../../runtime/host';
import { laneTurnsOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { checkClosure } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('CheckClosure', host, (caller, { tenantUuid }) =>
    checkClosure({
      memory: ledgerClosureMemory(host.ledger, tenantUuid, host.now),
      turns: laneTurnsOf(host, edges, tenantUuid),
      directory: organizationsAccountDirectory(caller),
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
