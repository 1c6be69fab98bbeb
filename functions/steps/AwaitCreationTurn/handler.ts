import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import type { Host } from '../../runtime/host';
import { laneQueueOf, laneTurnsOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { awaitCreationTurn } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('AwaitCreationTurn', host, (caller, task) =>
    awaitCreationTurn({
      queue: laneQueueOf(host, edges, task),
      turns: laneTurnsOf(host, edges, task.tenantUuid),
      directory: organizationsAccountDirectory(caller),
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
