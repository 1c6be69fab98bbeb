import * as z from 'zod';

import type { WorkflowName } from '../../../functions/domain/base/workflow-facts';
import type {
  ExecutionDescription,
  WorkflowInput,
  WorkflowReader,
  WorkflowRedriver,
  WorkflowStarter,
} from '../../../functions/ports/workflow';
import { EmbeddedExecution, type ExecutionWatch, type Why } from './embedded-execution';
import { EmbeddedTaskTokens } from './embedded-task-tokens';
import { FunctionError } from './function-error';
import { type Invocations, outsideOfInvocations } from './invocation';
import { deployedDefinition, type Json, localDefinition, type Scope, TOKEN_PLACEHOLDER } from './local-definition';
import type { TokenWait } from './state-walk';

/** The function behind each state that a Lambda carries out. */
export type TaskHandlers = Readonly<Record<string, (input: unknown) => Promise<Json>>>;

export interface EmbeddedWorkflowOptions {
  readonly handlers: TaskHandlers;
  /** Runs the functions. */
  readonly invocations: Invocations;
  readonly onEnd: (executionArn: string, status: ExecutionDescription['status']) => void;
  /** Another workflow than the one that vends accounts. */
  readonly definition?: object | undefined;
  /** Whether events of AWS end waits. */
  readonly hasEvents?: boolean;
  /** Whether the events of executions are kept. They cost time and memory. */
  readonly keepsHistory?: boolean;
  /** Whether it is written down what Step Functions calls the events. That takes more turns of the event loop. */
  readonly namesEvents?: boolean;
  readonly watch?: ExecutionWatch | undefined;
  /**
   * How many seconds behind an answer of DescribeExecution is. Absent: none is.
   *
   * @evidence documented step-functions/apireference/API_DescribeExecution: it is eventually consistent, and may lack
   *   very recent changes. For how long it does not say
   */
  readonly describeLagSeconds?: (() => number) | undefined;
}

const ARN_PREFIX = 'arn:aws:states:eu-central-1:000000000000:execution:';

/** What the Lambda integration sends: the state's parameters. */
const InvocationSchema = z.object({ FunctionName: z.string(), Payload: z.unknown().default({}) });

/**
 * Step Functions in this process: interprets the real definitions, with the real functions behind its tasks. It keeps
 * what the application relies on: a name starts once, listeners are notified of every end, a callback state ends by its
 * token or its time-out, and an execution can be redriven.
 */
export class EmbeddedWorkflow implements WorkflowStarter, WorkflowReader, WorkflowRedriver {
  readonly #options: EmbeddedWorkflowOptions;
  readonly #scopes: Readonly<Record<WorkflowName, Scope>>;
  readonly #executions = new Map<string, EmbeddedExecution>();
  readonly #tokens = new EmbeddedTaskTokens();

  constructor(options: EmbeddedWorkflowOptions) {
    this.#options = options;
    const deployed = (name: WorkflowName): object => deployedDefinition(name, options);
    this.#scopes = {
      'vend-account': localDefinition(options.definition ?? deployed('vend-account')),
      'close-account': localDefinition(deployed('close-account')),
    };
  }

  get tokens(): EmbeddedTaskTokens {
    return this.#tokens;
  }

  get running(): number {
    return this.executions.filter(({ description }) => description.status === 'RUNNING').length;
  }

  get executions(): readonly EmbeddedExecution[] {
    return [...this.#executions.values()];
  }

  start(name: string, input: WorkflowInput, workflow: WorkflowName): Promise<string> {
    const executionArn = `${ARN_PREFIX}${workflow}:${name}`;
    if (!this.#executions.has(executionArn)) {
      const execution = this.#execution(executionArn, input, this.#scopes[workflow]);
      this.#executions.set(executionArn, execution);
      outsideOfInvocations(() => {
        execution.start();
      });
    }
    return Promise.resolve(executionArn);
  }

  describe(executionArn: string): Promise<ExecutionDescription> {
    const execution = this.#executions.get(executionArn);
    return execution === undefined
      ? Promise.reject(new Error(`There is no execution ${executionArn}.`))
      : Promise.resolve(execution.describedBehind(this.#options.describeLagSeconds?.() ?? 0));
  }

  lastState(executionArn: string): Promise<string | null> {
    return Promise.resolve(this.#executions.get(executionArn)?.lastState ?? null);
  }

  redrive(executionArn: string): Promise<'redriven' | 'not-redrivable'> {
    const execution = this.#executions.get(executionArn);
    return Promise.resolve(outsideOfInvocations(() => execution?.redrive()) ?? 'not-redrivable');
  }

  /**
   * What an event tells of an execution at this moment.
   *
   * @evidence example step-functions/dg/eventbridge-integration: an event tells status, stopDate in milliseconds, and
   *   redriveCount
   */
  statusChange(executionArn: string): object | undefined {
    const execution = this.#executions.get(executionArn);
    if (execution === undefined) return undefined;
    const { redriveCount, description } = execution;
    return {
      executionArn,
      status: description.status,
      stopDate: description.stoppedAt?.getTime() ?? null,
      redriveCount,
    };
  }

  /** Stops an execution as from the console; one that has ended stays as it is. */
  async stop(executionArn: string, why?: Why): Promise<Date> {
    const execution = this.#executions.get(executionArn);
    await outsideOfInvocations(() => execution?.stop(why));
    return execution?.description.stoppedAt ?? new Date();
  }

  #execution(executionArn: string, input: WorkflowInput, scope: Scope): EmbeddedExecution {
    return new EmbeddedExecution(executionArn, input, {
      scope,
      keepsHistory: this.#options.keepsHistory === true,
      namesEvents: this.#options.namesEvents === true,
      watch: this.#options.watch,
      onEnd: this.#options.onEnd,
      callFunction: (state, given) => this.#call(state, given),
      callWithToken: (state, given, wait) => this.#callWithToken(state, given, wait),
    });
  }

  /** Mostly the one of its own name. */
  #functionOf(state: string, given: string): string {
    const name = given.replace(/^\$\{(?<name>\w+)\}$/u, '$<name>');
    return this.#options.handlers[name] === undefined ? state : name;
  }

  async #call(state: string, input: unknown): Promise<Json> {
    const handler = this.#options.handlers[state];
    if (handler === undefined) throw new Error(`${state}: no function was given for this state.`);
    try {
      return await this.#options.invocations.invoke(state, handler, input);
    } catch (error) {
      throw isOfStepFunctions(error) ? error : new FunctionError(error);
    }
  }

  /** The state ends by its token; the function's own answer is ignored, but its error ends the state at once. */
  async #callWithToken(state: string, input: unknown, wait: TokenWait): Promise<Json> {
    const { token, answered } = this.#tokens.issue(wait);
    const { FunctionName, Payload } = InvocationSchema.parse(input);
    const text = JSON.stringify(Payload).replaceAll(TOKEN_PLACEHOLDER, token);
    const failed = this.#call(this.#functionOf(state, FunctionName), JSON.parse(text)).then(() => {
      wait.submitted();
      return answered;
    });
    try {
      const answer = await Promise.race([answered, failed]);
      wait.submitted();
      return answer;
    } finally {
      this.#tokens.withdraw(token);
    }
  }
}

const isOfStepFunctions = (error: unknown): boolean => error instanceof Error && error.name.startsWith('States.');
