import * as z from 'zod/mini';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import type { TaskName } from '../domain/base/state-name';
import type { Step } from '../domain/run/step-context';
import type { Companions, LaneQueue, LaneTurns } from '../ports/lane-queue';
import { ledgerCompanions, ledgerLaneQueue, ledgerLaneTurns } from '../ledger/queue/lane-queue';
import type { TaskTokens } from '../ports/workflow';
import type { Runtime } from './environment';
import { type FunctionHandler, onLambda } from './on-lambda';
import { type StepResult, type StepFunction, type StepParts, type Task, stepHandler } from './step-handler';

/** What functions need beside their host that let others in. */
export interface TurnDeps {
  readonly turns: TaskTokens;
}

/** An execution that began under an earlier release does not say that its states can be called back. */
const WaitingInputSchema = z.object({ taskToken: z.string(), callable: z._default(z.boolean(), false) });

/** The token that tells Step Functions that a waiting state may go on. */
export const waitingTokenOf = (input: unknown): string => WaitingInputSchema.parse(input).taskToken;

/**
 * The queue, for one entry into a state that waits. Its input carries the token by which Step Functions is told that it
 * may go on.
 */
function laneQueueOf(runtime: Runtime, { turns: tokens }: TurnDeps, { input, reference, run }: Task): LaneQueue {
  const { taskToken: token, callable } = WaitingInputSchema.parse(input);
  const { tenantUuid, replicationSequence } = reference;
  return ledgerLaneQueue(edgesOf(runtime, tokens), {
    tenantUuid,
    run: { replicationSequence, run: reference.run },
    runSince: run.resumedAt,
    token,
    callable,
  });
}

function lanesOf(
  runtime: Runtime,
  { turns: tokens }: TurnDeps,
  tenantUuid: string,
): Pick<TurnParts, 'turns' | 'companions'> {
  const edges = edgesOf(runtime, tokens);
  return { turns: ledgerLaneTurns(edges, tenantUuid), companions: ledgerCompanions(edges) };
}

const edgesOf = ({ ledger, watch, now }: Runtime, tokens: TaskTokens): Parameters<typeof ledgerLaneTurns>[0] => ({
  ledger,
  tokens,
  watch,
  now,
});

interface TurnParts extends StepParts {
  readonly turns: LaneTurns;
  readonly companions: Companions;
}

interface WaitingParts extends TurnParts {
  /** For this entry into the state, whose input has the task token. */
  readonly queue: LaneQueue;
}

/** The function of a state that frees slots: a run that waits for one is let in by a task token. */
export const stepFunctionWithTurns = (
  state: TaskName,
  makeStep: (parts: TurnParts) => Step,
): StepFunction<[TurnDeps]> =>
  functionWith((runtime, deps) =>
    stepHandler(state, runtime, (session, task) =>
      makeStep({ runtime, session, ...task, ...lanesOf(runtime, deps, task.tenantUuid) }),
    ),
  );

/** The function of a state that waits for a task token. */
export const waitingFunction = (state: TaskName, makeStep: (parts: WaitingParts) => Step): StepFunction<[TurnDeps]> =>
  functionWith((runtime, deps) =>
    stepHandler(state, runtime, (session, task) => {
      const lanes = lanesOf(runtime, deps, task.tenantUuid);
      return makeStep({ runtime, session, ...task, ...lanes, queue: laneQueueOf(runtime, deps, task) });
    }),
  );

const functionWith = (
  compose: (runtime: Runtime, deps: TurnDeps) => FunctionHandler<StepResult>,
): StepFunction<[TurnDeps]> => ({
  compose,
  handler: onLambda((runtime) => compose(runtime, { turns: stepFunctionsTaskTokens(runtime.aws) })),
});
