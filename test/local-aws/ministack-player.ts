import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type HistoryEvent,
  paginateGetExecutionHistory,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';

import type { Answer, End, Recording, Value } from '../../sandbox/recordings/recording';
import { type RunningMiniStack, startMiniStack } from '../../sandbox/runtime/ministack/ministack';
import { clientFor, createThrowAwayStack, nodeFunction, roleArn } from './throw-away-stack';

/** How MiniStack plays a recording. */
export interface PlayedOnMiniStack {
  readonly events: readonly string[];
  /** RUNNING: it had not ended long after it should have. */
  readonly end: End | { readonly status: 'RUNNING' };
  /** After how many seconds. */
  readonly seconds: number;
}

/** Waits and pauses between tries take so much of their time; time-outs and heartbeats take all of it. */
const WAIT_SCALE = 0.01;

/** How much longer than recorded an execution may take: on a busy machine, and if it is known not to end. */
const PATIENCE_SECONDS = { endsLate: 90, runsOn: 4 } as const;

/** Asks the test what to do, since what a function does in a recording is told there. */
const SOURCE = `
exports.handler = async (event) => {
  const body = JSON.stringify({ state: process.env.STATE, event: event === undefined ? null : event });
  const answer = await (await fetch(process.env.SCRIPT, { method: 'POST', body })).json();
  if (answer.fails !== undefined) throw Object.assign(new Error(answer.message ?? ''), { name: answer.fails });
  return answer.returns;
};`;

interface Call {
  readonly state: string;
  readonly event: { readonly taskToken?: string } | null;
}

/** MiniStack with a function for each state that calls one. It plays one recording after the other. */
export class MiniStackPlayer {
  readonly #ministack: RunningMiniStack;
  readonly #script: Script;
  readonly #sfn: SFNClient;
  #machines = 0;

  private constructor(ministack: RunningMiniStack, script: Script) {
    this.#ministack = ministack;
    this.#script = script;
    this.#sfn = new SFNClient(clientFor(ministack));
  }

  static async start(recordings: readonly Recording[]): Promise<MiniStackPlayer> {
    const ministack = await startMiniStack({ region: 'eu-central-1', waitScale: WAIT_SCALE, endpoints: {} });
    const script = await Script.listen(new SFNClient(clientFor(ministack)));
    const states = [...new Set(recordings.flatMap(({ answers = {} }) => Object.keys(answers)))];
    const functions = states.map(
      (name) => [name, nodeFunction(name, SOURCE, { variables: { STATE: name, SCRIPT: script.url } })] as const,
    );
    await createThrowAwayStack(ministack, Object.fromEntries(functions));
    return new MiniStackPlayer(ministack, script);
  }

  async play(recording: Recording, { runsOn }: { readonly runsOn: boolean }): Promise<PlayedOnMiniStack> {
    this.#machines += 1;
    const { stateMachineArn } = await this.#sfn.send(
      new CreateStateMachineCommand({
        name: `recorded-${this.#machines}`,
        definition: withArns(recording.definition),
        roleArn,
      }),
    );
    this.#script.begin(recording);
    const began = Date.now();
    const { executionArn } = await this.#sfn.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(recording.input ?? {}) }),
    );
    if (recording.stoppedAfter !== undefined) {
      while ((await this.#events(executionArn)).length < 2) await pause(25);
      await this.#sfn.send(new StopExecutionCommand({ executionArn }));
    }
    const patience = runsOn ? PATIENCE_SECONDS.runsOn : PATIENCE_SECONDS.endsLate;
    const described = await this.#ended(executionArn, began + (secondsOf(recording) + patience) * 1000);
    const seconds = (Date.now() - began) / 1000;
    const end = endOf(described);
    const events = await this.#events(executionArn);
    if (described.status === 'RUNNING') await this.#sfn.send(new StopExecutionCommand({ executionArn }));
    this.#script.end();
    return { events: events.slice(1, described.status === 'RUNNING' ? undefined : -1), end, seconds };
  }

  async #ended(executionArn: string | undefined, deadline: number): Promise<DescribeExecutionOutput> {
    for (;;) {
      const described = await this.#sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (described.status !== 'RUNNING' || Date.now() > deadline) return described;
      await pause(25);
    }
  }

  async #events(executionArn: string | undefined): Promise<readonly string[]> {
    const events: HistoryEvent[] = [];
    const pages = paginateGetExecutionHistory({ client: this.#sfn, pageSize: 1000 }, { executionArn });
    for await (const page of pages) events.push(...(page.events ?? []));
    return events.map(nameOf);
  }

  async stop(): Promise<void> {
    await this.#script.close();
    await this.#ministack.stop();
  }
}

const withArns = (definition: object): string =>
  JSON.stringify(definition).replaceAll(
    /\$\{(\w+)\}/gu,
    (_, name: string) => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
  );

function nameOf(event: HistoryEvent): string {
  const place =
    event.stateEnteredEventDetails?.name ??
    event.stateExitedEventDetails?.name ??
    event.mapIterationStartedEventDetails?.index ??
    event.mapIterationSucceededEventDetails?.index ??
    event.mapIterationFailedEventDetails?.index;
  return place === undefined ? `${event.type}` : `${event.type} ${place}`;
}

function endOf({ status, output, error, cause }: DescribeExecutionOutput): PlayedOnMiniStack['end'] {
  if (status === 'SUCCEEDED') return { output: withoutTrace(JSON.parse(output ?? 'null') as Value) };
  if (status === 'FAILED') return { error: error ?? null, cause: withoutTraceInText(cause) };
  return { status: status as 'ABORTED' | 'TIMED_OUT' | 'RUNNING' };
}

/** Where a function threw is another place in each language. */
function withoutTraceInText(cause: string | undefined): string | null {
  if (cause === undefined) return null;
  return cause
    .replace(/"trace":\s*\[.*\]\}$/su, '"trace":[]}')
    .replaceAll(/":\s+"/gu, '":"')
    .replaceAll('", "', '","');
}

function withoutTrace(output: Value): Value {
  if (typeof output !== 'object' || output === null || !('Cause' in output)) return output;
  const { Cause } = output as { readonly Cause: Value };
  return typeof Cause === 'string' ? { ...output, Cause: withoutTraceInText(Cause) } : output;
}

/** How long it takes by what is recorded, or by what its functions do. */
function secondsOf({ seconds = 0, answers = {} }: Recording): number {
  const beating = Object.values(answers)
    .flat()
    .map((answer) => ('beats' in answer ? answer.beats * answer.times : 0));
  return Math.max(seconds, ...beating);
}

/** Answers the functions, and those who wait for a token, as the recording says that is being played. */
class Script {
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #sfn: SFNClient;
  #answers: Readonly<Record<string, readonly Answer[]>> = {};
  readonly #calls = new Map<string, number>();
  readonly #held = new Set<ServerResponse>();
  readonly #timers = new Set<NodeJS.Timeout>();

  private constructor(sfn: SFNClient) {
    this.#sfn = sfn;
  }

  static async listen(sfn: SFNClient): Promise<Script> {
    const script = new Script(sfn);
    await new Promise<void>((resolve) => {
      script.#server.listen(0, '127.0.0.1', resolve);
    });
    return script;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  begin({ answers = {} }: Recording): void {
    this.#answers = answers;
    this.#calls.clear();
  }

  /** Lets functions go that were to stay at work. */
  end(): void {
    for (const response of this.#held) response.end('{}');
    this.#held.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async close(): Promise<void> {
    this.end();
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { state, event } = JSON.parse(await text(request)) as Call;
    const calls = this.#calls.get(state) ?? 0;
    this.#calls.set(state, calls + 1);
    const answers = this.#answers[state] ?? [];
    const answer = answers[Math.min(calls, answers.length - 1)] ?? { silent: true };
    if ('stays' in answer) {
      this.#held.add(response);
      return;
    }
    response.end(JSON.stringify('returns' in answer || 'fails' in answer ? answer : { returns: {} }));
    await this.#useToken(answer, event?.taskToken ?? '');
  }

  async #useToken(answer: Answer, taskToken: string): Promise<void> {
    if ('token' in answer) await this.#succeed(taskToken, answer.token);
    if ('refused' in answer) await this.#sfn.send(new SendTaskFailureCommand({ taskToken, ...answer.refused }));
    if ('beats' in answer) {
      const { beats, times, then } = answer;
      for (let time = 1; time < times; time += 1) {
        this.#later(time * beats, () => this.#sfn.send(new SendTaskHeartbeatCommand({ taskToken })));
      }
      this.#later(times * beats, () => this.#succeed(taskToken, then));
    }
  }

  #succeed(taskToken: string, output: Value): Promise<unknown> {
    return this.#sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
  }

  #later(seconds: number, act: () => Promise<unknown>): void {
    this.#timers.add(setTimeout(() => void act(), seconds * 1000));
  }
}
