import { INPUT, WorkflowWorld } from './workflow-world';

const task = (resource: string, successor: object): object => ({
  Type: 'Task',
  Resource: `\${${resource}}`,
  ResultPath: `$.results.${resource}`,
  Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, BackoffRate: 1, MaxAttempts: 1 }],
  ...successor,
});

const line = {
  StartAt: 'First',
  States: {
    First: task('First', { Next: 'Second' }),
    Second: task('Second', { Next: 'Third' }),
    Third: task('Third', { End: true }),
  },
};

const mapOf = (MaxConcurrency: number, extra: object = {}): object => ({
  StartAt: 'Prepare',
  States: {
    Prepare: task('Prepare', { Next: 'Each' }),
    Each: {
      Type: 'Map',
      MaxConcurrency,
      ItemsPath: '$.results.Prepare.items',
      ItemSelector: { 'run.$': '$.run', 'item.$': '$$.Map.Item.Value' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Begin',
        States: {
          Begin: task('Begin', { Next: 'Pause' }),
          Pause: { Type: 'Wait', Seconds: 60, Next: 'Finish' },
          Finish: task('Finish', { End: true }),
        },
      },
      ResultPath: '$.results.Each',
      ...extra,
      Next: 'Last',
    },
    Last: task('Last', { End: true }),
  },
});

describe('redriving an execution', () => {
  let world: WorkflowWorld;
  let isWell: boolean;

  const whenWell = (answer: unknown) => (): unknown => {
    if (!isWell) throw new RangeError('not well');
    return answer;
  };

  beforeEach(() => {
    isWell = false;
  });

  afterEach(() => {
    world.stop();
  });

  const failedInTheMiddle = async (): Promise<string> => {
    world = new WorkflowWorld(line, { First: () => ({ n: 1 }), Second: whenWell({ n: 2 }), Third: () => ({ n: 3 }) });
    const execution = await world.start();
    await world.settle();
    return execution;
  };

  it('goes on at the state that failed, with the input that it had and retriers that begin again', async () => {
    const execution = await failedInTheMiddle();
    expect(world.calls).toEqual(['First', 'Second', 'Second']);
    expect(await world.workflow.redrive(execution)).toBe('redriven');
    expect(await world.workflow.describe(execution)).toEqual({
      status: 'RUNNING',
      input: JSON.stringify(INPUT),
      stoppedAt: null,
      redriveCount: 1,
      error: null,
      cause: null,
    });
    await world.settle();
    isWell = true;
    expect(await world.workflow.redrive(execution)).toBe('redriven');
    await world.settle();
    expect(world.calls).toEqual(['First', 'Second', 'Second', 'Second', 'Second', 'Second', 'Third']);
    expect(world.entries[5]?.input).toEqual({ ...INPUT, results: { First: { n: 1 } } });
    expect(world.entries[6]?.input).toEqual({ ...INPUT, results: { First: { n: 1 }, Second: { n: 2 } } });
    expect(world.ends).toEqual(['FAILED', 'FAILED', 'SUCCEEDED']);
    expect(world.workflow.executions[0]?.redriveCount).toBe(2);
  });

  it('tells the states in the context object how often it was redriven', async () => {
    const told = { ...task('Second', { End: true }), Parameters: { 'count.$': '$$.Execution.RedriveCount' } };
    world = new WorkflowWorld({ StartAt: 'Second', States: { Second: told } }, { Second: whenWell({}) });
    const execution = await world.start();
    await world.settle();
    isWell = true;
    await world.workflow.redrive(execution);
    await world.settle();
    expect(world.entries.map(({ input }) => input)).toEqual([{ count: 0 }, { count: 0 }, { count: 1 }]);
  });

  it('changes nothing while it runs, and is refused after success and of what there is not', async () => {
    isWell = true;
    const execution = await failedInTheMiddle();
    expect(await world.workflow.redrive(execution)).toBe('not-redrivable');
    expect(await world.workflow.redrive(`${execution}-other`)).toBe('not-redrivable');
    isWell = false;
    const failed = await world.start('two');
    await world.settle();
    await world.workflow.redrive(failed);
    expect(await world.workflow.redrive(failed)).toBe('redriven');
    expect(world.workflow.executions.map(({ redriveCount }) => redriveCount)).toEqual([0, 1]);
  });

  it('is possible for fourteen days after the end', async () => {
    const execution = await failedInTheMiddle();
    await world.pass(14 * 24 * 3600);
    expect(await world.workflow.redrive(execution)).toBe('redriven');
    await world.settle();
    await world.pass(14 * 24 * 3600 + 1);
    expect(await world.workflow.redrive(execution)).toBe('not-redrivable');
  });

  it('does not make its name free', async () => {
    const execution = await failedInTheMiddle();
    expect(await world.start()).toBe(execution);
    await world.settle();
    expect(world.calls).toHaveLength(3);
  });

  it.each([1, 0])(
    'walks only what had not succeeded in a Map, each iteration from its own state (%d at a time)',
    async (concurrency) => {
      const finish = ({ item }: Record<string, unknown>): unknown => {
        if (item === 'b' && !isWell) throw new RangeError('not well');
        return { finished: item };
      };
      world = new WorkflowWorld(mapOf(concurrency), {
        Prepare: () => ({ items: ['a', 'b', 'c'] }),
        Begin: ({ item }) => ({ begun: item }),
        Finish: finish,
        Last: () => ({}),
      });
      const execution = await world.start();
      await world.settle();
      expect(world.ends).toEqual(['FAILED']);
      const before = world.entries.length;
      isWell = true;
      await world.workflow.redrive(execution);
      await world.settle();
      expect(world.ends).toEqual(['FAILED', 'SUCCEEDED']);
      const again = world.entries.slice(before).map(({ state, input }) => [state, input['item']]);
      expect(again).toEqual(
        concurrency === 1
          ? [
              ['Finish', 'b'],
              ['Begin', 'c'],
              ['Finish', 'c'],
              ['Last', undefined],
            ]
          : [
              ['Finish', 'b'],
              ['Last', undefined],
            ],
      );
      const results = ['a', 'b', 'c'].map((item) => ({
        run: 1,
        item,
        results: { Begin: { begun: item }, Finish: { finished: item } },
      }));
      expect(world.entries.at(-1)?.input).toMatchObject({ results: { Each: results } });
    },
  );

  it('begins the iterations that were not reached, and goes on in those that were stopped', async () => {
    const begin = ({ item }: Record<string, unknown>): unknown => {
      if (item === 'b' && !isWell) throw new RangeError('not well');
      return {};
    };
    world = new WorkflowWorld(mapOf(2), {
      Prepare: () => ({ items: ['a', 'b', 'c'] }),
      Begin: begin,
      Finish: () => ({}),
      Last: () => ({}),
    });
    const execution = await world.start();
    await world.settle();
    // The first waited in Pause when the second failed, and was stopped there; nobody has begun the third.
    expect(world.entries.map(({ state, input }) => [state, input['item']])).toEqual([
      ['Prepare', undefined],
      ['Begin', 'a'],
      ['Begin', 'b'],
      ['Begin', 'b'],
    ]);
    isWell = true;
    const redrivenAt = world.now;
    await world.workflow.redrive(execution);
    await world.settle();
    expect(world.entries.slice(4).map(({ state, input, at }) => [state, input['item'], at - redrivenAt])).toEqual([
      ['Begin', 'b', 0],
      ['Finish', 'a', 60],
      ['Begin', 'c', 60],
      ['Finish', 'b', 60],
      ['Finish', 'c', 120],
      ['Last', undefined, 120],
    ]);
  });

  it('finds the iterations of an execution that was stopped where they were', async () => {
    world = new WorkflowWorld(mapOf(2), {
      Prepare: () => ({ items: ['a', 'b'] }),
      Begin: () => ({}),
      Finish: () => ({}),
      Last: () => ({}),
    });
    const execution = await world.start();
    await world.pass(30);
    await world.workflow.stop(execution);
    await world.workflow.redrive(execution);
    await world.settle();
    expect(world.calls).toEqual(['Prepare', 'Begin', 'Begin', 'Finish', 'Finish', 'Last']);
    expect(world.now).toBe(90);
  });

  it('is not what a retrier of a Map does: that one begins every iteration again, and stops those under way', async () => {
    const again = { Retry: [{ ErrorEquals: ['RangeError'], IntervalSeconds: 100, MaxAttempts: 1 }] };
    const begin = ({ item }: Record<string, unknown>, count: number): unknown => {
      if (item === 'b' && count < 4) throw new RangeError('not well');
      return {};
    };
    world = new WorkflowWorld(mapOf(2, again), {
      Prepare: () => ({ items: ['a', 'b'] }),
      Begin: begin,
      Finish: () => ({}),
      Last: () => ({}),
    });
    await world.start();
    await world.settle();
    expect(world.entries.map(({ state, input, at }) => [state, input['item'], at])).toEqual([
      ['Prepare', undefined, 0],
      ['Begin', 'a', 0],
      ['Begin', 'b', 0],
      ['Begin', 'b', 10],
      ['Begin', 'a', 110],
      ['Begin', 'b', 110],
      ['Finish', 'a', 170],
      ['Finish', 'b', 170],
      ['Last', undefined, 170],
    ]);
  });
});

describe('stopping an execution', () => {
  let world: WorkflowWorld;

  const waiting = {
    StartAt: 'First',
    States: {
      First: task('First', { Next: 'Pause' }),
      Pause: { Type: 'Wait', Seconds: 600, Next: 'Last' },
      Last: task('Last', { End: true }),
    },
  };

  afterEach(() => {
    world.stop();
  });

  it('ends it as ABORTED where it waits; a redrive waits again', async () => {
    world = new WorkflowWorld(waiting, { First: () => ({ n: 1 }), Last: () => ({}) });
    const execution = await world.start();
    await world.pass(500);
    await world.workflow.stop(execution);
    expect(await world.workflow.describe(execution)).toMatchObject({
      status: 'ABORTED',
      stoppedAt: new Date(),
      error: null,
    });
    await world.pass(1000);
    expect(world.ends).toEqual(['ABORTED']);
    expect(world.calls).toEqual(['First']);
    await world.workflow.redrive(execution);
    await world.settle();
    expect(world.entries[1]).toEqual({ state: 'Last', at: 2100, input: { ...INPUT, results: { First: { n: 1 } } } });
  });

  it('makes the token of a state that waits worthless, also after a redrive', async () => {
    const wait = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'wait', Payload: { 'taskToken.$': '$$.Task.Token' } },
      End: true,
    };
    world = new WorkflowWorld({ StartAt: 'Wait', States: { Wait: wait } }, { Wait: () => ({}) });
    const execution = await world.start();
    await world.pass(10);
    await world.workflow.stop(execution);
    await world.workflow.redrive(execution);
    await world.pass(10);
    const [first, second] = world.entries.map(({ input }) => String(input['taskToken']));
    expect(await world.workflow.tokens.succeed(first ?? '', {})).toBe('gone');
    expect(await world.workflow.tokens.succeed(second ?? '', {})).toBe('delivered');
    await world.settle();
    expect(world.ends).toEqual(['ABORTED', 'SUCCEEDED']);
  });

  it('enters no state any more, not even one that was to be tried again', async () => {
    world = new WorkflowWorld(waiting, {
      First: () => {
        throw new RangeError('odd');
      },
    });
    const execution = await world.start();
    await world.pass(5);
    await world.workflow.stop(execution);
    await world.settle();
    expect(world.calls).toEqual(['First']);
    expect(world.ends).toEqual(['ABORTED']);
  });

  it('lets a function that is at work go on, and does not hear its answer', async () => {
    let finish: (answer: unknown) => void = () => undefined;
    world = new WorkflowWorld(waiting, { First: () => new Promise((resolve) => (finish = resolve)), Last: () => ({}) });
    const execution = await world.start();
    await new Promise(setImmediate);
    expect(world.invocations.busy).toBe(true);
    await world.workflow.stop(execution);
    expect(await world.workflow.describe(execution)).toMatchObject({ status: 'ABORTED' });
    expect(world.invocations.busy).toBe(true);
    finish({ n: 1 });
    await world.settle();
    expect(world.calls).toEqual(['First']);
  });

  it('leaves one that has ended as it is', async () => {
    world = new WorkflowWorld(waiting, { First: () => ({}), Last: () => ({}) });
    const execution = await world.start();
    await world.settle();
    await world.workflow.stop(execution);
    expect(await world.workflow.describe(execution)).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.ends).toEqual(['SUCCEEDED']);
  });

  it('stops an execution that takes longer than its definition allows as TIMED_OUT', async () => {
    world = new WorkflowWorld({ ...waiting, TimeoutSeconds: 300 }, { First: () => ({}), Last: () => ({}) });
    const execution = await world.start();
    await world.settle();
    expect(world.now).toBe(300);
    expect(await world.workflow.describe(execution)).toMatchObject({ status: 'TIMED_OUT' });
    expect(world.calls).toEqual(['First']);
  });
});
