import type { StateMachine } from './complete-definition';
import { WAITS_FOR_TOKEN } from './retriers';

/** The function that takes tokens and is told by AWS. */
const WAKER = 'WakeRuns';

interface EventWait {
  /** As `functions/domain/run/awaited-operation.ts` reads it. */
  readonly awaited: Readonly<Record<string, string>>;
  /** Of a wait that may be for no time at all: a task cannot time out at once, so this state asks first. */
  readonly isNeeded?: string;
}

const ACCOUNT = { operation: 'account' };
const ENROLLMENT = { operation: 'enrollment' };
const CLOSURE = { operation: 'closure' };
const STACK_SET = { operation: 'stackSet', 'stackSet.$': '$.stackSet' };
const REMOVAL = { operation: 'removal', 'stackSet.$': '$.stackSet' };

/** The waits that an event of AWS can end, by their names. */
const EVENT_WAITS: Readonly<Record<string, EventWait>> = {
  WaitForRequest: { awaited: ACCOUNT, isNeeded: 'IsRequestAwaited' },
  WaitForAccount: { awaited: ACCOUNT },
  WaitForFactory: { awaited: ENROLLMENT, isNeeded: 'IsFactoryAwaited' },
  WaitForEnrollment: { awaited: ENROLLMENT },
  WaitForDeployment: { awaited: STACK_SET, isNeeded: 'IsDeploymentAwaited' },
  WaitForStackInstances: { awaited: STACK_SET },
  WaitForRemoval: { awaited: REMOVAL },
  WaitForSuspension: { awaited: CLOSURE },
};

type State = StateMachine['States'][string];

/**
 * A completed definition in which events of AWS end waits. In front of each such wait stands a task that hands over its
 * token, and whose time-out is the poll interval: what comes after is the same poll, sooner or at its time. The wait
 * itself is kept for the case that the function fails. Without an event, or without the function, everything goes as in
 * the definition that is given.
 */
export function withEventWaits(definition: StateMachine): StateMachine {
  const { States, ...rest } = definition;
  const states = Object.entries(States).flatMap(([name, state]) => [
    ...inFront(name, state),
    [name, redirected(state)] as const,
  ]);
  return { ...rest, States: Object.fromEntries(states) };
}

const orEvent = (name: string): string => `${name}OrEvent`;

/** Where what went to a state goes now. */
const entryOf = (name: string): string => {
  const wait = EVENT_WAITS[name];
  return wait === undefined ? name : (wait.isNeeded ?? orEvent(name));
};

function inFront(name: string, { SecondsPath, Next }: State): readonly (readonly [string, State])[] {
  const wait = EVENT_WAITS[name];
  if (wait === undefined) return [];
  const task = {
    Type: 'Task',
    Comment: 'Until AWS tells of the end, or the poll interval is over.',
    Resource: WAITS_FOR_TOKEN,
    Parameters: {
      FunctionName: `\${${WAKER}}`,
      Payload: { 'tenantUuid.$': '$.tenantUuid', awaited: wait.awaited, 'taskToken.$': '$$.Task.Token' },
    },
    TimeoutSecondsPath: SecondsPath,
    ResultPath: null,
    Next,
    Catch: [
      { ErrorEquals: ['States.Timeout'], ResultPath: null, Next },
      { ErrorEquals: ['States.ALL'], ResultPath: null, Next: name },
    ],
  };
  const asked = [orEvent(name), task] as const;
  if (wait.isNeeded === undefined) return [asked];
  const choice = { Variable: SecondsPath, NumericGreaterThan: 0, Next: orEvent(name) };
  return [[wait.isNeeded, { Type: 'Choice', Choices: [choice], Default: Next }], asked];
}

function redirected(state: State): State {
  const { Next, Default, Choices, ItemProcessor } = state;
  return {
    ...state,
    ...(Next === undefined ? {} : { Next: entryOf(Next) }),
    ...(Default === undefined ? {} : { Default: entryOf(Default) }),
    ...(Choices === undefined ? {} : { Choices: Choices.map((choice) => ({ ...choice, Next: entryOf(choice.Next) })) }),
    ...(ItemProcessor === undefined ? {} : { ItemProcessor: withEventWaits(ItemProcessor) }),
  };
}
