import { readFileSync } from 'node:fs';

import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';

import type {
  ExecutionDescription,
  WorkflowInput,
  WorkflowReader,
  WorkflowStarter,
} from '../../functions/ports/workflow';

type Run = ReturnType<StateMachine['run']>;
type EventLog = Run['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;
type Json = Parameters<StateMachine['run']>[0];

/** The function behind each state that a Lambda carries out. */
export type TaskHandlers = Readonly<Record<string, (input: unknown) => Promise<Json>>>;

export type WorkflowDefinition = ConstructorParameters<typeof StateMachine>[0];

export interface EmbeddedExecution {
  readonly executionArn: string;
  readonly description: ExecutionDescription;
  readonly events: readonly EventLog[];
}

const ARN_PREFIX = 'arn:aws:states:eu-central-1:000000000000:execution:vend-account:';

/**
 * Step Functions in this process: interprets the real definition, with the real functions behind its tasks. It keeps what the application
 * relies on: a name starts once, and whoever listens hears of every end.
 */
export class EmbeddedWorkflow implements WorkflowStarter, WorkflowReader {
  readonly #handlers: TaskHandlers;
  readonly #onEnd: (executionArn: string, status: string) => void;
  readonly #definition: WorkflowDefinition;
  readonly #executions = new Map<string, { description: ExecutionDescription; events: EventLog[] }>();
  #tasksAtWork = 0;

  constructor(
    handlers: TaskHandlers,
    onEnd: (executionArn: string, status: string) => void,
    definition: WorkflowDefinition = readDefinition(),
  ) {
    this.#handlers = handlers;
    this.#onEnd = onEnd;
    this.#definition = definition;
  }

  /** Whether a function is at work right now. */
  get busy(): boolean {
    return this.#tasksAtWork > 0;
  }

  get running(): number {
    return [...this.#executions.values()].filter(({ description }) => description.status === 'RUNNING').length;
  }

  get executions(): readonly EmbeddedExecution[] {
    return [...this.#executions].map(([executionArn, execution]) => ({ executionArn, ...execution }));
  }

  start(name: string, input: WorkflowInput): Promise<string> {
    const executionArn = `${ARN_PREFIX}${name}`;
    if (!this.#executions.has(executionArn)) void this.#run(executionArn, input);
    return Promise.resolve(executionArn);
  }

  describe(executionArn: string): Promise<ExecutionDescription> {
    const execution = this.#executions.get(executionArn);
    return execution === undefined
      ? Promise.reject(new Error(`There is no execution ${executionArn}.`))
      : Promise.resolve(execution.description);
  }

  async #run(executionArn: string, input: WorkflowInput): Promise<void> {
    const text = JSON.stringify(input);
    const running: ExecutionDescription = { status: 'RUNNING', input: text, stoppedAt: null, error: null, cause: null };
    const execution = { description: running, events: new Array<EventLog>() };
    this.#executions.set(executionArn, execution);
    const run = newStateMachine(this.#definition).run(
      { ...input },
      {
        overrides: { taskResourceLocalHandlers: this.#countedHandlers() },
        context: { Execution: { Id: executionArn, Name: executionArn.slice(ARN_PREFIX.length) } },
      },
    );
    const collected = collect(run.eventLogs, execution.events);
    try {
      await run.result;
      execution.description = { ...running, status: 'SUCCEEDED', stoppedAt: new Date() };
    } catch (error) {
      execution.description = { ...running, status: 'FAILED', stoppedAt: new Date(), ...errorOf(error) };
    }
    await collected;
    this.#onEnd(executionArn, execution.description.status);
  }

  /** Each function gets its input as Lambda hands it over, as a copy, and answers a copy. */
  #countedHandlers(): Record<string, (input: unknown) => Promise<Json>> {
    const counted = Object.entries(this.#handlers).map(([state, handler]) => {
      const call = async (input: unknown): Promise<Json> => {
        this.#tasksAtWork += 1;
        try {
          return structuredClone(await handler(structuredClone(input)));
        } finally {
          this.#tasksAtWork -= 1;
        }
      };
      return [state, call] as const;
    });
    return Object.fromEntries(counted);
  }
}

/** The definition is validated by the tests; the interpreter would refuse its ARN placeholders. */
function newStateMachine(definition: WorkflowDefinition): StateMachine {
  return new StateMachine(definition, { validationOptions: { noValidate: true } });
}

const DefinitionSchema = z.custom<WorkflowDefinition>((value) => typeof value === 'object' && value !== null);

function readDefinition(): WorkflowDefinition {
  const file = new URL('../../statemachines/vend-account.asl.json', import.meta.url);
  return DefinitionSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

async function collect(from: AsyncGenerator<EventLog>, into: EventLog[]): Promise<void> {
  for await (const event of from) into.push(event);
}

/** What Step Functions keeps of a Lambda's error: its name, and a cause with its message. */
function errorOf(error: unknown): { readonly error: string; readonly cause: string } {
  if (!(error instanceof Error)) return { error: 'Error', cause: String(error) };
  const original = error.cause instanceof Error ? error.cause : error;
  return {
    error: original.name,
    cause: JSON.stringify({ errorType: original.name, errorMessage: original.message, trace: [] }),
  };
}
