import aslValidator from 'asl-validator';
import { SHARE_GIVE_UP_SECONDS, SHARE_LOOK_SECONDS } from '../../functions/domain/queue/closing-share';
import * as errors from '../../functions/domain/base/errors';
import { steps } from '../../functions/steps/table';
import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { completeDefinition } from '../../statemachines/complete-definition';
import { OF_LAMBDA } from './lambda-errors';
import { statesOf } from './states';

/** As they run everywhere. */
const definitions = [
  { name: 'vend-account', file: vendAccount, definition: completeDefinition(vendAccount), waitingStates: 6 },
  { name: 'close-account', file: closeAccount, definition: completeDefinition(closeAccount), waitingStates: 5 },
] as const;

const states = definitions.flatMap(({ definition }) => statesOf(definition));
const tasks = states.filter(([, { Type }]) => Type === 'Task');

/** The one retry policy: final errors end the state, passing ones are tried for minutes, unknown ones a few times. */
const RETRIERS = [
  { ErrorEquals: ['RejectedError', 'InvalidRequestError', 'CustomizationError'], MaxAttempts: 0 },
  {
    ErrorEquals: ['TransientError', ...OF_LAMBDA],
    IntervalSeconds: 4,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    MaxAttempts: 10,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 4,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    MaxAttempts: 3,
    JitterStrategy: 'FULL',
  },
];

/** Anyone who waits for a turn comes back after a while, and keeps its place. */
const [FINAL, ...OTHERS] = RETRIERS;
const WAITING_RETRIERS = [
  FINAL,
  { ErrorEquals: ['States.Timeout', 'LookAgainError'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 100_000 },
  ...OTHERS,
];

const waits = (name: string): boolean => name.startsWith('Await');

/** Of each workflow: its states, and the one that plans. */
const workflows = [
  { name: 'vend-account', planning: 'PlanVending' },
  { name: 'close-account', planning: 'PlanClosing' },
].map(({ name, planning }) => {
  const definition = definitions.find((one) => one.name === name)?.definition ?? { States: {} };
  return { name, planning, states: statesOf(definition) };
});
const waiting = workflows.flatMap(({ name: workflow, planning, states: own }) =>
  own
    .filter(([name, { Type }]) => Type === 'Task' && waits(name))
    .map(([name, state]) => [name, state, planning, workflow] as const),
);

/** What no file has, since it follows from the name of a state. */
const COMPLETED = ['Retry', 'Parameters', 'ItemSelector', 'ResultPath', 'TimeoutSeconds'];

const validated = (machine: object): string => {
  const result = aslValidator(structuredClone(machine));
  return result.isValid ? 'valid' : result.errorsText();
};

/**
 * Once more, and late enough for the state to find in the ledger that the time is over: nobody is asked a second time.
 */
const APPROVAL_RETRIERS = WAITING_RETRIERS.map((retrier) =>
  retrier?.ErrorEquals.includes('States.Timeout')
    ? { ErrorEquals: ['States.Timeout'], IntervalSeconds: 60, BackoffRate: 1, MaxAttempts: 1 }
    : retrier,
);

describe.each(definitions)('$name.asl.json', ({ file, definition, waitingStates }) => {
  it.each([
    ['as it is', file],
    ['completed', definition],
  ])('is valid Amazon States Language %s', (_, machine) => {
    expect(validated(machine)).toBe('valid');
  });

  it.each(COMPLETED)('has no %s of its own, which would be lost', (field) => {
    expect(JSON.stringify(file)).not.toContain(`"${field}":`);
  });

  it('keeps all else when it is completed', () => {
    const without: unknown = JSON.parse(
      JSON.stringify(definition, (key, value: unknown) => (COMPLETED.includes(key) ? undefined : value)),
    );
    expect(without).toEqual(file);
  });

  it.each([
    ['a Next that leads nowhere', { ...definition.States, IsAccountKnown: { Type: 'Pass', Next: 'CheckAcount' } }],
    ['a state that nothing leads to', { ...definition.States, Forgotten: { Type: 'Pass', End: true } }],
  ])('would not be valid with %s', (_, States) => {
    expect(validated({ ...definition, States })).not.toBe('valid');
  });

  it('asks for JSONPath, which every interpreter knows', () => {
    expect(JSON.stringify(definition)).not.toContain('JSONata');
  });

  it('names every state that waits for a turn so, and no other', () => {
    const own = statesOf(definition).filter(([, { Type }]) => Type === 'Task');
    const calling = own.filter(([, { Resource }]) => Resource?.includes('TaskToken') === true);

    expect(own.filter(([name]) => waits(name))).toEqual(calling);
    expect(calling).toHaveLength(waitingStates);
  });
});

const OF_STACK_SETS = new Set(['AwaitStackSetTurn', 'AwaitWithdrawalTurn']);

describe('every Task', () => {
  it.each(tasks)('calls the function of its own name: %s', (name, { Resource, Parameters }) => {
    expect(waits(name) ? Parameters?.FunctionName : Resource).toBe(`\${${name}}`);
  });

  it.each(tasks)('keeps its result under its own name: %s', (name, { ResultPath }) => {
    expect(ResultPath).toBe(`$.results.${name}`);
  });

  it.each(tasks)('retries as agreed: %s', (name, { Retry, TimeoutSecondsPath }) => {
    const waiting = TimeoutSecondsPath === undefined ? WAITING_RETRIERS : APPROVAL_RETRIERS;
    expect(Retry).toEqual(waits(name) ? waiting : RETRIERS);
  });

  it.each(tasks)('comes again for minutes when Lambda itself fails, or has no place: %s', (_, { Retry = [] }) => {
    for (const error of OF_LAMBDA) {
      const [retrier] = Retry.filter(({ ErrorEquals }) =>
        ErrorEquals.some((name) => name === error || name === 'States.ALL'),
      );
      expect(retrier?.MaxAttempts).toBeGreaterThanOrEqual(6);
    }
  });

  it.each(tasks)('gives up in the end on a function that does not answer: %s', (_, state) => {
    const ofPlan = /^\$\.results\.Plan\w+\.approvalSeconds$/u.test(state.TimeoutSecondsPath ?? '');
    expect(ofPlan ? Infinity : state.TimeoutSeconds).toBeGreaterThan(0);
  });
});

describe('every Task that waits for a turn', () => {
  it.each(waiting)(
    'hands its function the run, what knows its plan again, and the token by which it goes on: %s',
    (name, { Resource, Parameters }, planning) => {
      expect(Resource).toBe('${InvokeWithTaskToken}');
      expect(Parameters?.Payload).toEqual({
        'tenantUuid.$': '$.tenantUuid',
        'replicationSequence.$': '$.replicationSequence',
        'run.$': '$.run',
        results: { [`${planning}.$`]: `$.results.${planning}` },
        ...(OF_STACK_SETS.has(name) ? { 'stackSet.$': '$.stackSet' } : {}),
        'taskToken.$': '$$.Task.Token',
        // A person is called by nobody.
        ...(name === 'AwaitApproval' ? {} : { callable: true }),
      });
    },
  );
});

describe.each(workflows)('the hash of the plan in $name', ({ planning, states: own }) => {
  const iterations = own.filter(([, { ItemSelector }]) => ItemSelector !== undefined);

  it.each(iterations)('goes into every iteration: %s', (_, { ItemSelector }) => {
    expect(ItemSelector?.results).toEqual({ [`${planning}.$`]: `$.results.${planning}` });
  });

  it('reaches every other Task with the whole input, and is overwritten by none', () => {
    const others = own.filter(([name, { Type }]) => Type === 'Task' && !waits(name));
    expect(others.length).toBeGreaterThan(10);
    for (const [, state] of others) expect(Object.keys(state)).not.toEqual(expect.arrayContaining(['Parameters']));
    for (const [, state] of own) {
      expect(Object.keys(state)).toEqual(expect.not.arrayContaining(['InputPath', 'OutputPath', 'ResultSelector']));
    }
    const results = own.flatMap(([, { ResultPath }]) => (ResultPath == null ? [] : [ResultPath]));
    expect(results.filter((path) => path === '$' || path === '$.results')).toEqual([]);
    expect(results.filter((path) => path === `$.results.${planning}`)).toHaveLength(1);
  });
});

describe('a closing that waits for months', () => {
  const DAY = 24 * 3600;
  const MAX_EVENTS_OF_AN_EXECUTION = 25_000;
  const EVENTS_BEFORE_AND_AFTER = 1000;

  /**
   * A look: two waits, two questions, a turn and a function. A turn that does not come in time: it ends, pauses, and is
   * asked for again.
   */
  const EVENTS = { look: 2 + 2 + 2 + 2 + 6 + 5, timeout: 4 };

  const eventsOf = (seconds: number, every: number, events: number): number => Math.ceil(seconds / every) * events;

  it('ends before its history is full, whether it waits for AWS’s share or in its lane', () => {
    const TimeoutSeconds = steps.AwaitClosingTurn.waits?.seconds ?? 0;
    const ofLooks = eventsOf(SHARE_GIVE_UP_SECONDS, SHARE_LOOK_SECONDS, EVENTS.look);
    const ofWaiting = eventsOf(SHARE_GIVE_UP_SECONDS, TimeoutSeconds, EVENTS.timeout);
    expect(SHARE_GIVE_UP_SECONDS).toBeGreaterThanOrEqual(93 * DAY);
    expect(Math.max(ofLooks, ofWaiting)).toBeLessThan(MAX_EVENTS_OF_AN_EXECUTION - EVENTS_BEFORE_AND_AFTER);
  });
});

describe('the errors', () => {
  it('are those of the domain, by their literal names', () => {
    const named = new Set(
      tasks.flatMap(([, { Retry = [] }]) =>
        Retry.flatMap(({ ErrorEquals }) => ErrorEquals).filter((error) => !/^(?:States|Lambda)\./u.test(error)),
      ),
    );

    expect([...named].filter((name) => !(name in errors))).toEqual([]);
    expect([
      new errors.RejectedError('', '').name,
      new errors.InvalidRequestError([]).name,
      new errors.CustomizationError('', '').name,
      new errors.TransientError('').name,
      new errors.LookAgainError('').name,
    ]).toEqual([...named]);
  });

  it('end the execution at the state that failed, so that it can be redriven from there', () => {
    const others = states.filter(([, { Type, Catch }]) => Type === 'Fail' || Catch !== undefined);
    expect(others.map(([name]) => name)).toEqual(['PrepareAccess']);
  });

  it('of PrepareAccess leave all to later states, which get what it has got', () => {
    const [, prepareAccess] = states.find(([name]) => name === 'PrepareAccess') ?? [];
    expect(prepareAccess?.Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'CheckStackInstances' },
    ]);
  });
});

describe('the names', () => {
  it.each(states)('tell what a state is: %s', (name, { Type }) => {
    const pattern = { Choice: /^(?:Is|Are)[A-Z]/u, Wait: /^WaitFor[A-Z]/u }[Type] ?? /^(?!Is[A-Z]|Are[A-Z]|WaitFor)/u;

    expect(name).toMatch(pattern);
  });

  it('are said once each for every wait: how long is up to the check', () => {
    const waits = states.filter(([, { Type }]) => Type === 'Wait');

    for (const [, { SecondsPath }] of waits) expect(SecondsPath).toMatch(/^\$\.results\.\w+\.waitSeconds$/u);
    expect(waits.length).toBeGreaterThan(0);
  });
});
