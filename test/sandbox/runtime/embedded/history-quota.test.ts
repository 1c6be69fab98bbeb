import { MAX_EVENTS } from '../../../../sandbox/runtime/embedded/execution-history';
import { INPUT, WorkflowWorld } from './workflow-world';

const round = { Type: 'Pass', Next: 'IsDone' };
const isDone = { Type: 'Choice', Choices: [{ Variable: '$.done', IsPresent: true, Next: 'End' }], Default: 'Again' };
const end = { Type: 'Succeed' };

/** Goes round without a function and without a pause: four events each time. */
const spinning = { StartAt: 'Again', States: { Again: round, IsDone: isDone, End: end } };

/** Looks each second: seven events. */
const looking = {
  StartAt: 'Look',
  States: {
    Look: { Type: 'Task', Resource: '${Look}', Next: 'Wait' },
    Wait: { Type: 'Wait', Seconds: 1, Next: 'Look' },
  },
};

const mapped = {
  StartAt: 'All',
  States: {
    All: {
      Type: 'Map',
      ItemsPath: '$.items',
      End: true,
      ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Task', Resource: '${One}', End: true } } },
    },
  },
};

describe('the history of an execution', () => {
  let world: WorkflowWorld;

  afterEach(() => {
    world.stop();
  });

  it('ends an execution that goes round and round, in AWS’s words', async () => {
    world = new WorkflowWorld(spinning, {});
    const executionArn = await world.start();
    await world.settle();
    expect(await world.workflow.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    expect(world.workflow.executions[0]?.recentStates.toSorted()).toEqual(['Again', 'IsDone']);
  });

  it('leaves no room for a redrive', async () => {
    world = new WorkflowWorld(spinning, {});
    const executionArn = await world.start();
    await world.settle();
    expect(await world.workflow.redrive(executionArn)).toBe('not-redrivable');
    expect(world.workflow.running).toBe(0);
  });

  it('has what Step Functions writes down of a task and of a pause: seven events a look', async () => {
    world = new WorkflowWorld(looking, { Look: () => ({}) });
    await world.start();
    await world.settle();
    // The start, and no task is begun whose call could not be written down.
    expect(world.calls).toHaveLength(Math.floor((MAX_EVENTS - 1 - 1) / 7));
    expect(world.ends).toEqual(['FAILED']);
  });

  it('counts the iterations of a Map, and goes on where an execution is redriven', async () => {
    let isWell = false;
    world = new WorkflowWorld(mapped, { One: () => (isWell ? {} : Promise.reject(new Error('Not yet.'))) });
    const executionArn = await world.workflow.start('one', { ...INPUT, items: [1, 2] } as typeof INPUT, 'vend-account');
    await world.settle();
    const before = world.workflow.executions[0]?.historyLength ?? 0;
    // Started; the Map entered and started; two iterations of two events, in each a task entered and tried.
    expect(before).toBe(1 + 2 + 1 + 2 * (2 + 1 + 3));
    isWell = true;
    await world.workflow.redrive(executionArn);
    await world.settle();
    expect(world.workflow.executions[0]?.historyLength).toBeGreaterThan(before);
  });
});
