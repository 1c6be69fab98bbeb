import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import type { Host } from '../../runtime/host';
import { laneQueueOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { awaitReconciliationTurn } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('AwaitReconciliationTurn', host, (_, task) =>
    awaitReconciliationTurn({ queue: laneQueueOf(host, edges, task) }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
