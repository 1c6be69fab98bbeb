import type { Answer, End, Recording, Value } from '../../../sandbox/recordings/recording';
import type { EmbeddedExecution } from '../../../sandbox/runtime/embedded/embedded-execution';
import type { Json } from '../../../sandbox/runtime/embedded/local-definition';
import type { EmbeddedTaskTokens } from '../../../sandbox/runtime/embedded/embedded-task-tokens';
import { EmbeddedWorkflow } from '../../../sandbox/runtime/embedded/embedded-workflow';
import { Invocations } from '../../../sandbox/runtime/embedded/invocation';
import { VirtualClock } from '../../../sandbox/runtime/embedded/virtual-clock';

/** How the embedded form plays a recording: events between start and end, and the end. */
export interface Played {
  readonly events: readonly string[];
  readonly end: End;
  /** After how many seconds. */
  readonly seconds: number;
}

const START = new Date('2026-11-24T10:00:00.000Z');

/** Plays it in virtual time. */
export async function playEmbedded(recording: Recording): Promise<Played> {
  const invocations = new Invocations(() => 10_000);
  const clock = new VirtualClock(START, () => invocations.busy);
  try {
    const handlers = Object.entries(recording.answers ?? {}).map(([state, answers]) => {
      let calls = 0;
      const handler = (input: unknown): Promise<Json> => {
        const answer = answers[Math.min(calls, answers.length - 1)] ?? { silent: true };
        calls += 1;
        return answered(workflow, answer, input);
      };
      return [state, handler] as const;
    });
    const workflow: EmbeddedWorkflow = new EmbeddedWorkflow({
      handlers: Object.fromEntries(handlers),
      definition: recording.definition,
      invocations,
      onEnd: () => undefined,
      keepsHistory: true,
      namesEvents: true,
    });
    const arn = await workflow.start('recorded', (recording.input ?? {}) as never, 'vend-account');
    if (recording.stoppedAfter !== undefined) {
      await clock.pass(recording.stoppedAfter);
      await workflow.stop(arn);
    }
    await clock.runUntil(() => workflow.running === 0);
    return { ...playedOf(workflow), seconds: Math.floor((Date.now() - START.getTime()) / 1000) };
  } finally {
    clock.uninstall();
  }
}

async function answered({ tokens }: EmbeddedWorkflow, answer: Answer, input: unknown): Promise<Json> {
  if ('returns' in answer) return answer.returns as Json;
  if ('fails' in answer) throw Object.assign(new Error(answer.message ?? ''), { name: answer.fails });
  if ('stays' in answer) return new Promise((resolve) => setTimeout(resolve, 30_000, {}));
  const { taskToken } = input as { readonly taskToken: string };
  if ('token' in answer) later(0, () => tokens.succeed(taskToken, answer.token as never));
  if ('refused' in answer)
    later(0, () => tokens.fail(taskToken, { name: answer.refused.error, message: answer.refused.cause }));
  if ('beats' in answer) beat(tokens, taskToken, answer);
  return {};
}

/** Says so often that he is at work, and then answers. */
function beat(
  tokens: EmbeddedTaskTokens,
  token: string,
  { beats, times, then }: Extract<Answer, { readonly beats: number }>,
): void {
  for (let time = 1; time < times; time += 1) {
    setTimeout(
      () => {
        tokens.beat(token);
      },
      time * beats * 1000,
    );
  }
  later(times * beats, () => tokens.succeed(token, then as never));
}

/** Once the function has ended. */
function later(seconds: number, act: () => Promise<unknown>): void {
  setTimeout(() => void act(), seconds * 1000 + 1);
}

function playedOf(workflow: EmbeddedWorkflow): Omit<Played, 'seconds'> {
  const [execution] = workflow.executions;
  if (execution === undefined) throw new Error('Nothing was started.');
  const events = (execution.eventNames ?? []).slice(1, -1);
  return { events, end: endOf(execution) };
}

function endOf({ description: { status, error, cause }, history }: EmbeddedExecution): End {
  if (status === 'FAILED') return { error, cause };
  if (status !== 'SUCCEEDED') return { status: status as 'ABORTED' };
  const last = history?.findLast(({ type }) => type === 'ExecutionSucceeded');
  return { output: (last as { readonly output: Value }).output };
}
