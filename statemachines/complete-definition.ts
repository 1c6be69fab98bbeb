import { isStep, timeoutSecondsOf } from '../functions/steps/each-step';
import { steps } from '../functions/steps/table';
import { type Retrier, retriersOf, WAITS_FOR_TOKEN } from './retriers';

/** A definition of Amazon States Language, as far as it is completed here. */
export interface StateMachine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Resource?: string | undefined;
  readonly Parameters?: object | undefined;
  readonly TimeoutSeconds?: number | undefined;
  readonly TimeoutSecondsPath?: string | undefined;
  readonly ItemSelector?: object | undefined;
  /** What a Map does with each of its items. */
  readonly ItemProcessor?: StateMachine | undefined;
  readonly ResultPath?: string | null | undefined;
  /** Of a Wait: how long it is. */
  readonly SecondsPath?: string | undefined;
  readonly Choices?: readonly { readonly Next: string }[] | undefined;
  readonly Default?: string | undefined;
  readonly Next?: string | undefined;
  readonly End?: boolean | undefined;
  readonly Retry?: readonly Retrier[] | undefined;
  readonly Catch?: readonly object[] | undefined;
}

/**
 * The definition as it is run. The files say what comes after what; all that follows from the name of a state is put in
 * here: after how long it gives up, under which name a result is kept, what a waiting function and an iteration get to
 * know, and the retriers. Every interpreter of a file, on AWS or elsewhere, and every check of it, takes the definition
 * from here.
 */
export function completeDefinition(definition: StateMachine): StateMachine {
  return completeStates(definition, { planning: definition.StartAt, isItem: false });
}

interface Scope {
  /** The state that plans: the first one. */
  readonly planning: string;
  /** Within a Map. */
  readonly isItem: boolean;
}

function completeStates({ States, ...rest }: StateMachine, scope: Scope): StateMachine {
  const complete = Object.entries(States).map(([name, state]) => [name, completeState(name, state, scope)] as const);
  return { ...rest, States: Object.fromEntries(complete) };
}

function completeState(name: string, state: State, scope: Scope): State {
  const { ItemProcessor, Next, ...rest } = state;
  if (ItemProcessor === undefined) return state.Type === 'Task' ? completeTask(name, state, scope) : state;
  return {
    ...rest,
    ItemSelector: { ...runOf(scope.planning), 'stackSet.$': '$$.Map.Item.Value' },
    // Iterations leave nothing behind: what they have done is in the ledger.
    ResultPath: null,
    Next,
    ItemProcessor: completeStates(ItemProcessor, { ...scope, isItem: true }),
  };
}

function completeTask(name: string, task: State, scope: Scope): State {
  const { TimeoutSecondsPath, Next, End, Catch, ...rest } = task;
  const waitsInLane = TimeoutSecondsPath === undefined;
  return {
    ...rest,
    ...(rest.Resource === WAITS_FOR_TOKEN ? { Parameters: waitingCall(name, scope, waitsInLane) } : {}),
    ...(TimeoutSecondsPath === undefined ? { TimeoutSeconds: secondsOf(name) } : { TimeoutSecondsPath }),
    ResultPath: `$.results.${name}`,
    ...(End === undefined ? { Next } : { End }),
    Retry: retriersOf(task),
    // The state that comes next gets what this one has got; the timeline has the error.
    ...(Catch === undefined ? {} : { Catch: Catch.map((one) => ({ ...one, ResultPath: null })) }),
  };
}

/** A state that gives up before its function would be tried again beside a function still at work. */
function secondsOf(name: string): number {
  if (!isStep(name)) throw new Error(`The state ${name} has no row in functions/steps/table.ts: give it one.`);
  return steps[name].waits?.seconds ?? Math.max(90, timeoutSecondsOf(name) + 30);
}

/**
 * Where a token is waited for, Step Functions hands the function what the state says, and not its whole input. That the
 * state has a retrier for those who call it back is a part of the definition, as an execution goes on with the one that
 * it began with.
 */
const waitingCall = (name: string, { planning, isItem }: Scope, waitsInLane: boolean): object => ({
  FunctionName: `\${${name}}`,
  Payload: {
    ...runOf(planning),
    ...(isItem ? { 'stackSet.$': '$.stackSet' } : {}),
    'taskToken.$': '$$.Task.Token',
    ...(waitsInLane ? { callable: true } : {}),
  },
});

/** Which run it is, and by which hash its plan is known again. */
const runOf = (planning: string): object => ({
  'tenantUuid.$': '$.tenantUuid',
  'replicationSequence.$': '$.replicationSequence',
  'run.$': '$.run',
  results: { [`${planning}.$`]: `$.results.${planning}` },
});
