import type { MockInput, TestStateCommandOutput } from '@aws-sdk/client-sfn';
import * as z from 'zod';

import { INPUT } from '../../sandbox/runtime/embedded/workflow-world';
import type { Answer, WalkedPath } from '../../contract/walked-paths';
import type { StateTester, TestedState } from './state-tester';

/** How a path was gone, from state to state. */
export interface JudgedWalk {
  readonly status: string;
  readonly error: string | null;
  readonly entered: readonly string[];
}

type Ended =
  | { readonly output: unknown; readonly nextState: string | undefined }
  | { readonly error: string; readonly by: string };

/**
 * Goes a path by TestState alone: what a state answers says which state comes next, and with which input. What
 * functions answer is mocked, as the path says it.
 */
export async function judgedWalk({ answers }: WalkedPath, machine: Machine, test: StateTester): Promise<JudgedWalk> {
  const walker = new Walker(answers, test);
  const ended = await walker.through(machine, INPUT);
  const [status, error] = 'error' in ended ? (['FAILED', ended.error] as const) : (['SUCCEEDED', null] as const);
  return { status, error, entered: walker.entered };
}

const RetrierSchema = z.object({ ErrorEquals: z.array(z.string()) });
type Retrier = z.infer<typeof RetrierSchema>;
const StateSchema = z.object({
  Type: z.string(),
  Resource: z.string().default(''),
  Retry: z.array(RetrierSchema).default([]),
  get ItemProcessor() {
    return MachineSchema.optional();
  },
});
export const MachineSchema = z.object({
  StartAt: z.string(),
  get States() {
    return z.record(z.string(), StateSchema);
  },
});
export type Machine = z.infer<typeof MachineSchema>;
type State = z.infer<typeof StateSchema>;

class Walker {
  readonly entered: string[] = [];
  readonly #answers: Readonly<Record<string, readonly Answer[]>>;
  readonly #test: StateTester;
  readonly #calls = new Map<string, number>();

  constructor(answers: Readonly<Record<string, readonly Answer[]>>, test: StateTester) {
    this.#answers = answers;
    this.#test = test;
  }

  async through({ StartAt, States }: Machine, input: unknown): Promise<Ended> {
    let name = StartAt;
    let given = input;
    for (;;) {
      const state = States[name];
      if (state === undefined) throw new Error(`TestState goes on to ${name}, which is no state.`);
      this.entered.push(name);
      const ended = await this.#leave(name, state, given);
      if ('error' in ended || ended.nextState === undefined) return ended;
      name = ended.nextState;
      given = ended.output;
    }
  }

  #leave(name: string, state: State, input: unknown): Promise<Ended> {
    if (state.Type === 'Task') return this.#retried(name, state, input, () => Promise.resolve(this.#mock(name)));
    if (state.ItemProcessor === undefined)
      return this.#test(asked(name, input)).then((answer) => endedBy(name, answer));
    const items = state.ItemProcessor;
    return this.#retried(name, state, input, () => this.#mockOfItems(name, items, input));
  }

  /** Until no retrier takes the error any more. */
  async #retried(name: string, state: State, input: unknown, mocked: () => Promise<Mocked>): Promise<Ended> {
    const retries = new Map<number, number>();
    for (;;) {
      const mock = await mocked();
      const index = state.Retry.findIndex((retrier) => takes(retrier, mock.mock.errorOutput?.error));
      const count = retries.get(index) ?? 0;
      const answer = await this.#test({ ...asked(name, input), ...mockedIn(state, mock, count) });
      if (answer.status !== 'RETRIABLE') return endedBy(mock.by ?? name, answer);
      const told = answer.inspectionData?.errorDetails?.retryIndex ?? index;
      if (told !== index) throw new Error(`${name}: TestState takes retrier ${told}, and not ${index}.`);
      retries.set(index, count + 1);
    }
  }

  #mock(name: string): Mocked {
    const count = this.#calls.get(name) ?? 0;
    this.#calls.set(name, count + 1);
    const script = this.#answers[name] ?? [];
    return { mock: mockOf(script[Math.min(count, script.length - 1)] ?? { lost: true }) };
  }

  /** TestState tests a Map as a whole, and tells which items it has; each is gone here. */
  async #mockOfItems(name: string, iteration: Machine, input: unknown): Promise<Mocked> {
    const { inspectionData } = await this.#test({ ...asked(name, input), mock: { result: '[]' } });
    const outputs: unknown[] = [];
    for (const item of itemsOf(inspectionData?.afterItemSelector)) {
      const ended = await this.through(iteration, item);
      if ('error' in ended) return { mock: { errorOutput: { error: ended.error } }, by: ended.by };
      outputs.push(ended.output);
    }
    return { mock: { result: JSON.stringify(outputs) } };
  }
}

interface Mocked {
  readonly mock: MockInput;
  /** Within a Map: the state that has failed. */
  readonly by?: string;
}

const asked = (stateName: string, input: unknown) => ({ stateName, input: JSON.stringify(input) });

/** @param count how often the state was tried again for this error */
const mockedIn = (
  { Resource }: State,
  { mock, by }: Mocked,
  count: number,
): Omit<TestedState, 'stateName' | 'input'> => ({
  mock,
  ...(Resource.endsWith('.waitForTaskToken') ? { context: TOKEN } : {}),
  ...(mock.errorOutput === undefined
    ? {}
    : { stateConfiguration: { retrierRetryCount: count, ...(by === undefined ? {} : { errorCausedByState: by }) } }),
});

/** Only where a token is waited for may a context have one. */
const TOKEN = JSON.stringify({ Task: { Token: 'token' } });

/** A list of items, each as it is or as a text. */
const itemsOf = (list = '[]'): readonly unknown[] =>
  z
    .array(z.unknown())
    .parse(JSON.parse(list))
    .map((item): unknown => (typeof item === 'string' ? JSON.parse(item) : item));

/** Waits of TestState take their time: the functions ask for none. */
const withoutWaits = (result: object): object => ('waitSeconds' in result ? { ...result, waitSeconds: 0 } : result);

/** Nothing has validated what a function answers on AWS either. */
const mockOf = (answer: Answer): MockInput => {
  if ('returns' in answer) return { result: JSON.stringify(withoutWaits(answer.returns)), fieldValidationMode: 'NONE' };
  if ('token' in answer) return { result: JSON.stringify(withoutWaits(answer.token)), fieldValidationMode: 'NONE' };
  if ('lost' in answer) return { errorOutput: { error: 'States.Timeout' } };
  return { errorOutput: { error: 'fails' in answer ? answer.fails : answer.refused } };
};

const takes = ({ ErrorEquals }: Retrier, error = ''): boolean =>
  ErrorEquals.some(
    (name) => name === error || name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout'),
  );

function endedBy(by: string, { status, output = 'null', nextState, error = '' }: TestStateCommandOutput): Ended {
  if (status === 'FAILED') return { error, by };
  return { output: JSON.parse(output) as unknown, nextState };
}
