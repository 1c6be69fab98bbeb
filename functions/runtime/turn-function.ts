import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import type { TaskName } from '../domain/base/state-name';
import type { Step } from '../domain/run/vending';
import type { LaneQueue, LaneTurns } from '../ports/lane-queue';
import type { Host } from './host';
import { laneQueueOf, laneTurnsOf, type TurnEdges } from './lanes';
import { type FunctionHandler, onLambda } from './on-lambda';
import type { StepResult } from './run-handler';
import type { StepFunction, StepParts } from './step-function';
import { stepHandler } from './step-handler';

interface TurnParts extends StepParts {
  readonly turns: LaneTurns;
}

interface WaitingParts extends TurnParts {
  /** For this entry into the state, whose input has the task token. */
  readonly queue: LaneQueue;
}

/** The function of a state that frees slots: whoever waits for one is let in by a task token. */
export const stepFunctionWithTurns = (
  state: TaskName,
  makeStep: (parts: TurnParts) => Step,
): StepFunction<[TurnEdges]> =>
  functionWith((host, edges) =>
    stepHandler(state, host, (caller, task) =>
      makeStep({ host, caller, ...task, turns: laneTurnsOf(host, edges, task.tenantUuid) }),
    ),
  );

/** The function of a state that waits for a task token. */
export const waitingFunction = (state: TaskName, makeStep: (parts: WaitingParts) => Step): StepFunction<[TurnEdges]> =>
  functionWith((host, edges) =>
    stepHandler(state, host, (caller, task) => {
      const turns = laneTurnsOf(host, edges, task.tenantUuid);
      return makeStep({ host, caller, ...task, turns, queue: laneQueueOf(host, edges, task) });
    }),
  );

const functionWith = (
  compose: (host: Host, edges: TurnEdges) => FunctionHandler<StepResult>,
): StepFunction<[TurnEdges]> => ({
  compose,
  handler: onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) })),
});
