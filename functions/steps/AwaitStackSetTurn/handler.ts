import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import type { Host } from '../../runtime/host';
import { laneQueueOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stackSetIn } from '../../runtime/stack-set-input';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { awaitStackSetTurn } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('AwaitStackSetTurn', host, (caller, task) =>
    awaitStackSetTurn({
      queue: laneQueueOf(host, edges, task),
      stackSets: cloudformationStackSets(caller),
      stackSet: stackSetIn(task.input),
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
