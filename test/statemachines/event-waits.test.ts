import aslValidator from 'asl-validator';

import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { completeDefinition, type StateMachine } from '../../statemachines/complete-definition';
import { withEventWaits } from '../../statemachines/event-waits';
import { statesOf } from './states';

const VENDING_WAITS = [
  'WaitForRequest',
  'WaitForAccount',
  'WaitForRemoval',
  'WaitForFactory',
  'WaitForEnrollment',
  'WaitForDeployment',
  'WaitForStackInstances',
];
const VENDING_CHOICES = ['IsRequestAwaited', 'IsFactoryAwaited', 'IsDeploymentAwaited'];
const CLOSING_WAITS = ['WaitForAccount', 'WaitForRemoval', 'WaitForSuspension'];

describe.each<[string, StateMachine, readonly string[], readonly string[]]>([
  ['vend-account', vendAccount, VENDING_WAITS, VENDING_CHOICES],
  ['close-account', closeAccount, CLOSING_WAITS, []],
])('the workflow %s with waits that events end', (_, file, WAITS, CHOICES) => {
  const plain = completeDefinition(file);
  const waking = withEventWaits(plain);
  const before = new Map(statesOf(plain));
  const states = statesOf(waking);
  const added = states.filter(([name]) => !before.has(name));
  const tasks = added.filter(([, { Type }]) => Type === 'Task');

  it('is valid Amazon States Language, in which every state is reached', () => {
    const result = aslValidator(structuredClone(waking));

    expect(result.isValid ? 'valid' : result.errorsText()).toBe('valid');
  });

  it('has a task in front of each of these waits', () => {
    expect(tasks.map(([name]) => name)).toEqual(WAITS.map((name) => `${name}OrEvent`));
  });

  it.each(WAITS)('polls after %s as before, whether AWS tells, or time is over, or the function fails', (name) => {
    const wait = before.get(name);
    const task = tasks.find(([one]) => one === `${name}OrEvent`)?.[1];

    expect(states.find(([one]) => one === name)?.[1]).toEqual(wait);
    expect(task).toMatchObject({
      TimeoutSecondsPath: wait?.SecondsPath,
      ResultPath: null,
      Catch: [
        { ErrorEquals: ['States.Timeout'], ResultPath: null },
        { ErrorEquals: ['States.ALL'], ResultPath: null, Next: name },
      ],
    });
    expect(task?.Retry).toBeUndefined();
  });

  it('never asks a task to time out at once, which Step Functions refuses', () => {
    const asked = added.filter(([, { Type }]) => Type === 'Choice');

    expect(asked.map(([name]) => name)).toEqual(CHOICES);
    for (const [, state] of asked) expect(JSON.stringify(state)).toContain('"NumericGreaterThan":0');
  });

  it('keeps all other states, but for the way to these', () => {
    const ways = new Set([...added.map(([name]) => name), ...WAITS]);
    const without = (machine: StateMachine): unknown =>
      JSON.parse(
        JSON.stringify(machine.States, (key, value: unknown) =>
          (key === 'Next' || key === 'Default') && ways.has(String(value)) ? '' : value,
        ),
      );
    const others = (machine: StateMachine): unknown =>
      JSON.parse(JSON.stringify(without(machine), (key, value: unknown) => (ways.has(key) ? undefined : value)));

    expect(others(waking)).toEqual(others(plain));
  });
});

describe('a workflow without such waits', () => {
  it('stays as it is', () => {
    const withoutWaits = { StartAt: 'Ends', States: { Ends: { Type: 'Succeed' } } };

    expect(withEventWaits(withoutWaits)).toEqual(withoutWaits);
  });
});
