import { readFileSync } from 'node:fs';
import path from 'node:path';

import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';

import type { WorkflowName } from '../../../functions/domain/base/workflow-facts';
import { completeDefinition } from '../../../statemachines/complete-definition';
import { withEventWaits } from '../../../statemachines/event-waits';
import { projectRoot } from '../../environment';
import { LONGEST_TIMER_SECONDS } from './long-timer';

export type WorkflowDefinition = ConstructorParameters<typeof StateMachine>[0];

/** JSON as the interpreter knows it. */
export type Json = Parameters<StateMachine['run']>[0];

/** What comes from JSON, or has been handed over as JSON. */
export const JsonSchema = z.custom<Json>();

/**
 * What carries out a state: a function at once, a function that hands a token on, or iterations over the states within.
 */
export type Carrier =
  | { readonly kind: 'function' }
  | {
      readonly kind: 'callback';
      readonly timeoutSeconds: number;
      readonly isTimedByInput: boolean;
      /** Null: none, or by the input. */
      readonly heartbeatSeconds: number | null;
    }
  | { readonly kind: 'map'; readonly items: StateMachine; readonly concurrency: number; readonly iteration: Scope };

/** States that follow each other: those of the workflow, or those within a Map. */
export interface Scope {
  readonly startAt: string;
  readonly carriers: ReadonlyMap<string, Carrier>;
  /** The interpreter, beginning at this state. */
  machineAt(state: string): StateMachine;
}

const StateSchema = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  TimeoutSeconds: z.number().optional(),
  TimeoutSecondsPath: z.string().optional(),
  HeartbeatSeconds: z.number().optional(),
  HeartbeatSecondsPath: z.string().optional(),
  Parameters: z.record(z.string(), z.unknown()).optional(),
  MaxConcurrency: z.number().optional(),
  get ItemProcessor() {
    return ScopeSchema.optional();
  },
});
const ScopeSchema = z.looseObject({
  StartAt: z.string(),
  get States() {
    return z.record(z.string(), StateSchema);
  },
});

type State = z.infer<typeof StateSchema>;

/** A task without a time-out may take years on AWS; here as long as a timer can count. */
const LONGEST_SECONDS = LONGEST_TIMER_SECONDS;

/**
 * By which a state tells the interpreter that it waits for longer than a timer can count: it is entered again, and goes
 * on waiting.
 */
export const STILL_WAITING = 'Embedded.StillWaiting';

/** How many iterations Step Functions lets run at a time in an inline Map that sets no bound. */
const MAX_CONCURRENT = 40;

/** Stands for a token until a state is entered. */
export const TOKEN_PLACEHOLDER = '<the task token of this entry>';

/**
 * Prepares a definition for the interpreter. The interpreter begins at StartAt only, calls a task's function and waits
 * for its answer, times out after 60 seconds by default, and lets the rest of a Map run on when an iteration has
 * failed. So a Map becomes a Task, whose iterations are walked one by one (`state-walk.ts`), and every Task gets the
 * time-out that it has on AWS.
 */
export function localDefinition(definition: object): Scope {
  const { StartAt, States, ...rest } = ScopeSchema.parse(definition);
  const carriers = new Map(Object.entries(States).flatMap(([name, state]) => carrierOf(name, state)));
  const states = Object.fromEntries(Object.entries(States).map(([name, state]) => [name, interpreted(state)]));
  const machines = new Map<string, StateMachine>();
  return {
    startAt: StartAt,
    carriers,
    machineAt: (state) => {
      const machine = machines.get(state) ?? interpreter({ ...rest, StartAt: state, States: states });
      machines.set(state, machine);
      return machine;
    },
  };
}

/** As the CDK app deploys it: the file, completed; where events of AWS are forwarded, with the waits that they end. */
export function deployedDefinition(
  workflow: WorkflowName,
  { hasEvents = false }: { readonly hasEvents?: boolean } = {},
): object {
  const file = path.join(projectRoot, 'statemachines', `${workflow}.asl.json`);
  const definition = completeDefinition(DeployedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  return hasEvents ? withEventWaits(definition) : definition;
}

const DeployedSchema = z.custom<Parameters<typeof completeDefinition>[0]>();

function carrierOf(name: string, state: State): readonly (readonly [string, Carrier])[] {
  switch (state.Type) {
    case 'Task':
      return [[name, isCallback(state) ? callback(state) : { kind: 'function' }]];
    case 'Map':
      return [[name, mapCarrier(name, state)]];
    case 'Parallel':
      throw new Error(`${name}: the embedded workflow knows no Parallel; the product's workflow has none.`);
    default:
      return [];
  }
}

/** In the file the integration is a placeholder; the stack knows the partition. */
function isCallback({ Resource = '' }: State): boolean {
  return Resource === '${InvokeWithTaskToken}' || Resource.endsWith('.waitForTaskToken');
}

const callback = ({ TimeoutSeconds = LONGEST_SECONDS, TimeoutSecondsPath, HeartbeatSeconds }: State): Carrier => ({
  kind: 'callback',
  timeoutSeconds: TimeoutSeconds,
  isTimedByInput: TimeoutSecondsPath !== undefined,
  heartbeatSeconds: HeartbeatSeconds ?? null,
});

/** What a Map says about its items; the rest is what every state has. */
const ITEM_FIELDS = new Set(['ItemsPath', 'ItemSelector', 'Parameters', 'ItemProcessor', 'MaxConcurrency']);

function mapCarrier(name: string, state: State): Carrier {
  const echo = { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } };
  const items = { ...fieldsOf(state, (field) => ITEM_FIELDS.has(field)), Type: 'Map', ItemProcessor: echo, End: true };
  return {
    kind: 'map',
    items: interpreter({ StartAt: name, States: { [name]: items } }),
    // 0 is AWS's word for no bound.
    concurrency: state.MaxConcurrency === 0 ? MAX_CONCURRENT : (state.MaxConcurrency ?? MAX_CONCURRENT),
    iteration: localDefinition(state.ItemProcessor ?? {}),
  };
}

function interpreted({ HeartbeatSecondsPath: beat, ...rest }: State): object {
  const state = beat === undefined ? rest : { ...rest, Parameters: { ...rest.Parameters, 'HeartbeatSeconds.$': beat } };
  if (state.TimeoutSecondsPath !== undefined) return timedByInput(state, state.TimeoutSecondsPath);
  if (state.Type === 'Task') return { ...state, TimeoutSeconds: state.TimeoutSeconds ?? LONGEST_SECONDS };
  if (state.Type !== 'Map') return state;
  const kept = fieldsOf(state, (field) => !ITEM_FIELDS.has(field));
  return { ...kept, Type: 'Task', Resource: 'iterations', TimeoutSeconds: LONGEST_SECONDS };
}

/** Longer than a state waits in one go. */
const NEVER_SECONDS = LONGEST_SECONDS + 100_000;

/**
 * `state-walk.ts` gives up in the interpreter's place: its timer does not count as far as an approval may take.
 *
 * @evidence documented step-functions/dg/state-task: TimeoutSecondsPath takes the time-out from the state's input
 */
function timedByInput(state: State, path: string): object {
  const { Retry: retriers } = RetriedSchema.parse(state);
  return {
    ...fieldsOf(state, (field) => field !== 'TimeoutSecondsPath'),
    Parameters: { ...state.Parameters, 'TimeoutSeconds.$': path },
    TimeoutSeconds: NEVER_SECONDS,
    Retry: [{ ErrorEquals: [STILL_WAITING], IntervalSeconds: 0, BackoffRate: 1, MaxAttempts: 1000 }, ...retriers],
  };
}

const RetriedSchema = z.object({ Retry: z.array(z.unknown()).default([]) });

function fieldsOf(state: State, isWanted: (field: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(state).filter(([field]) => isWanted(field)));
}

const DefinitionSchema = z.custom<WorkflowDefinition>((value) => typeof value === 'object' && value !== null);

/** The definition is validated by the tests; the interpreter would refuse its ARN placeholders. */
function interpreter(definition: object): StateMachine {
  return new StateMachine(DefinitionSchema.parse(definition), { validationOptions: { noValidate: true } });
}
