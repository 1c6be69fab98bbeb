import { LoopWatch } from '../../../sandbox/simulation/invariants/loop-watch';
import { Violations } from '../../../sandbox/simulation/violations';
import { WorkflowWorld } from '../runtime/embedded/workflow-world';

const task = (name: string, next: object): object => ({ Type: 'Task', Resource: `\${${name}}`, ...next });

const definition = (pauseSeconds: number): object => ({
  StartAt: 'CheckThis',
  States: {
    CheckThis: task('CheckThis', { Next: 'CheckThat' }),
    CheckThat: task('CheckThat', { Next: 'Pause' }),
    Pause: pauseSeconds === 0 ? { Type: 'Pass', Next: 'CheckThis' } : pause(pauseSeconds),
  },
});

const pause = (Seconds: number): object => ({ Type: 'Wait', Seconds, Next: 'CheckThis' });

describe('somebody who looks for loops', () => {
  let world: WorkflowWorld;
  let violations: Violations;
  let watch: LoopWatch;

  const lookOn = async (workflow: object, behaviours: Readonly<Record<string, () => unknown>>): Promise<void> => {
    violations = new Violations(() => 0);
    watch = new LoopWatch(violations, () => world.now);
    world = new WorkflowWorld(workflow, behaviours, { watch });
    await world.start();
    await world.settle();
  };

  afterEach(() => {
    world.stop();
  });

  const looks = { CheckThis: () => ({}), CheckThat: () => ({}) };

  it('ends two states that call each other without a pause, and names them', async () => {
    await lookOn(definition(0), looks);
    expect(violations.all.map(({ invariant, seen }) => [invariant, seen])).toEqual([
      [
        'no loop without a pause',
        'vend-account:one went through 500 states within a minute, at last Pause, CheckThis, CheckThat.',
      ],
    ]);
    expect(watch.isFound).toBe(true);
    expect(world.ends).toEqual(['ABORTED']);
    expect(world.calls.length).toBeLessThan(400);
  });

  it('ends one whose pauses are too short for its history', async () => {
    await lookOn(definition(5), looks);
    expect(violations.all.map(({ invariant, seen }) => [invariant, seen])).toEqual([
      [
        'no execution fills its history',
        expect.stringMatching(
          /^vend-account:one has 25000 events, at last (?:(?:CheckThis|CheckThat|Pause)(?:, |\.)){3}$/,
        ),
      ],
    ]);
    expect(world.ends).toEqual(['FAILED']);
  });

  it('leaves alone who comes to an end', async () => {
    let looksLeft = 100;
    const choice = {
      Type: 'Choice',
      Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'End' }],
      Default: 'Wait',
    };
    const workflow = {
      StartAt: 'CheckThis',
      States: {
        CheckThis: task('CheckThis', { Next: 'IsDone' }),
        IsDone: choice,
        Wait: { Type: 'Wait', Seconds: 5, Next: 'CheckThis' },
        End: { Type: 'Succeed' },
      },
    };
    await lookOn(workflow, { CheckThis: () => ({ done: (looksLeft -= 1) === 0 }) });
    expect(violations.all).toEqual([]);
    expect(world.ends).toEqual(['SUCCEEDED']);
  });
});
