import { RejectedError } from '../../../../functions/domain/base/errors';
import { INPUT, WorkflowWorld } from './workflow-world';

const AWAIT = {
  Type: 'Task',
  Resource: '${InvokeWithTaskToken}',
  Parameters: {
    FunctionName: '${AwaitTurn}',
    Payload: { 'tenantUuid.$': '$.tenantUuid', 'taskToken.$': '$$.Task.Token' },
  },
  TimeoutSeconds: 900,
  ResultPath: '$.results.AwaitTurn',
  Retry: [
    { ErrorEquals: ['RejectedError'], MaxAttempts: 0 },
    { ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 100_000 },
    { ErrorEquals: ['States.ALL'], IntervalSeconds: 4, MaxAttempts: 1 },
  ],
  Next: 'Work',
};

const WORK = { Type: 'Task', Resource: '${Work}', End: true };

const definition = { StartAt: 'AwaitTurn', States: { AwaitTurn: AWAIT, Work: WORK } };

const mapped = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'tenantUuid.$': '$.tenantUuid', 'item.$': '$$.Map.Item.Value' },
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...definition },
      End: true,
    },
  },
};

describe('a callback state of the embedded workflow', () => {
  let world: WorkflowWorld;

  const tokens = (): readonly string[] =>
    world.entries.filter(({ state }) => state === 'AwaitTurn').map(({ input }) => String(input['taskToken']));

  const worldOf = (awaitTurn: (input: Record<string, unknown>, count: number) => unknown = () => ({})): void => {
    world = new WorkflowWorld(definition, { AwaitTurn: awaitTurn, Work: () => ({}) });
  };

  afterEach(() => {
    world.stop();
  });

  it('gives its function the payload alone, and waits for the token, whatever the function answers', async () => {
    worldOf(() => ({ ignored: true }));
    const execution = await world.start();
    await world.pass(300);
    expect(world.entries).toEqual([
      { state: 'AwaitTurn', at: 0, input: { tenantUuid: INPUT.tenantUuid, taskToken: expect.any(String) as string } },
    ]);
    expect(await world.workflow.tokens.succeed(tokens()[0] ?? '', { waitSeconds: 3 })).toBe('delivered');
    await world.settle();
    expect(world.entries[1]).toEqual({
      state: 'Work',
      at: 300,
      input: { ...INPUT, results: { AwaitTurn: { waitSeconds: 3 } } },
    });
    expect(await world.workflow.describe(execution)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('can be answered by its own function', async () => {
    worldOf(({ taskToken }) => world.workflow.tokens.succeed(String(taskToken), {}));
    await world.start();
    await world.settle();
    expect(world.calls).toEqual(['AwaitTurn', 'Work']);
    expect(world.now).toBe(0);
  });

  it('hears its token before the error of its own function', async () => {
    worldOf(async ({ taskToken }) => {
      await world.workflow.tokens.succeed(String(taskToken), {});
      throw new RejectedError('Too late.', 'None.');
    });
    await world.start();
    await world.settle();
    expect(world.ends).toEqual(['SUCCEEDED']);
  });

  it('times out in virtual time and comes back with a new token; the old one is gone', async () => {
    worldOf();
    await world.start();
    await world.pass(1000);
    expect(world.entries.map(({ at }) => at)).toEqual([0, 901]);
    const [first = '', second = ''] = tokens();
    expect(second).not.toBe(first);
    expect(await world.workflow.tokens.succeed(first, {})).toBe('gone');
    expect(await world.workflow.tokens.succeed(second, {})).toBe('delivered');
    await world.settle();
    expect(world.ends).toEqual(['SUCCEEDED']);
  });

  it('no longer takes its token at the very moment of its time-out', async () => {
    worldOf();
    setTimeout(() => void world.workflow.tokens.succeed(tokens()[0] ?? '', {}), 900_000);
    await world.start();
    await world.pass(1000);
    expect(world.calls).toEqual(['AwaitTurn', 'AwaitTurn']);
  });

  it('takes a token once', async () => {
    worldOf();
    await world.start();
    await world.pass(1);
    const [token = ''] = tokens();
    expect(await world.workflow.tokens.succeed(token, {})).toBe('delivered');
    expect(await world.workflow.tokens.succeed(token, {})).toBe('gone');
    expect(await world.workflow.tokens.fail(token, { name: 'RejectedError', message: 'No.' })).toBe('gone');
  });

  it('knows no token that it has not given out', async () => {
    worldOf();
    expect(await world.workflow.tokens.succeed('made up', {})).toBe('gone');
  });

  it('ends with the error that its token brings, as it is', async () => {
    worldOf();
    const execution = await world.start();
    await world.pass(1);
    const [token = ''] = tokens();
    expect(await world.workflow.tokens.fail(token, { name: 'RejectedError', message: 'The stack set is gone.' })).toBe(
      'delivered',
    );
    await world.settle();
    expect(await world.workflow.describe(execution)).toMatchObject({
      status: 'FAILED',
      error: 'RejectedError',
      cause: 'The stack set is gone.',
    });
  });

  it('fails at once with its function, as its retriers say; the token of each try is its own', async () => {
    worldOf(() => {
      throw new RangeError('odd');
    });
    const execution = await world.start();
    await world.settle();
    expect(world.entries.map(({ at }) => at)).toEqual([0, 4]);
    expect(new Set(tokens()).size).toBe(2);
    expect(await world.workflow.describe(execution)).toMatchObject({ status: 'FAILED', error: 'RangeError' });
  });

  it('leaves no token behind when its function has failed', async () => {
    worldOf((_, count) => {
      if (count === 1) throw new RangeError('odd');
    });
    await world.start();
    await world.pass(60);
    const [first = '', second = ''] = tokens();
    expect(await world.workflow.tokens.succeed(first, {})).toBe('gone');
    expect(await world.workflow.tokens.succeed(second, {})).toBe('delivered');
    await world.settle();
    expect(world.ends).toEqual(['SUCCEEDED']);
  });

  it('can stand in a Map, where each iteration has its own token', async () => {
    world = new WorkflowWorld(mapped, { AwaitTurn: () => ({}), Work: ({ item }) => ({ done: item }) });
    const input = { ...INPUT, items: ['a', 'b'] };
    await world.workflow.start('one', input, 'vend-account');
    await world.pass(10);
    expect(world.calls).toEqual(['AwaitTurn', 'AwaitTurn']);
    const [first = '', second = ''] = tokens();
    await world.workflow.tokens.succeed(second, {});
    await world.pass(10);
    expect(world.entries[2]).toMatchObject({ state: 'Work', at: 10, input: { item: 'b' } });
    await world.workflow.tokens.succeed(first, {});
    await world.settle();
    expect(world.ends).toEqual(['SUCCEEDED']);
  });

  it('times out like any other task, which has the time that the definition says', async () => {
    const slow = { ...WORK, TimeoutSeconds: 30, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] };
    world = new WorkflowWorld(
      { StartAt: 'Work', States: { Work: slow } },
      { Work: () => new Promise((resolve) => setTimeout(resolve, 31_000)) },
    );
    const execution = await world.start();
    await world.settle();
    expect(world.entries.map(({ at }) => at)).toEqual([0, 31]);
    expect(await world.workflow.describe(execution)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  describe('that waits for as long as its input says', () => {
    const DAY = 24 * 3600;
    const patient = {
      ...definition,
      States: {
        ...definition.States,
        AwaitTurn: {
          ...AWAIT,
          TimeoutSeconds: undefined,
          TimeoutSecondsPath: '$.seconds',
          Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 60, MaxAttempts: 1 }],
        },
      },
    };

    const begin = (seconds: number): Promise<string> => {
      world = new WorkflowWorld(patient, { AwaitTurn: () => ({}), Work: () => ({}) });
      const input = { ...INPUT, seconds };
      return world.workflow.start('one', input, 'vend-account');
    };

    it.each([1, 24, 25, 90])('times out after %d days, which may be more than a timer can count', async (days) => {
      const execution = await begin(days * DAY);
      await world.settle();
      expect(world.entries.map(({ at }) => at)).toEqual([0, days * DAY + 60]);
      expect(world.now).toBe(2 * days * DAY + 60);
      expect(await world.workflow.describe(execution)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    });

    it.each([1, 89])('takes its token on day %d of 90, and asks its function once', async (day) => {
      await begin(90 * DAY);
      await world.pass(day * DAY);
      expect(await world.workflow.tokens.succeed(tokens()[0] ?? '', {})).toBe('delivered');
      await world.settle();
      expect(world.calls).toEqual(['AwaitTurn', 'Work']);
      expect(world.now).toBe(day * DAY);
    });

    it('can be stopped after more than a timer can count, and redriven', async () => {
      const execution = await begin(90 * DAY);
      await world.pass(50 * DAY);
      await world.workflow.stop(execution);
      expect(await world.workflow.tokens.succeed(tokens()[0] ?? '', {})).toBe('gone');
      await world.workflow.redrive(execution);
      await world.pass(DAY);
      expect(world.calls).toEqual(['AwaitTurn', 'AwaitTurn']);
      expect(await world.workflow.tokens.succeed(tokens()[1] ?? '', {})).toBe('delivered');
      await world.settle();
      expect(world.ends).toEqual(['ABORTED', 'SUCCEEDED']);
      // And no timer is left.
      expect(world.now).toBe(51 * DAY);
    });
  });

  it('gives a task without a time-out as long as it takes', async () => {
    world = new WorkflowWorld(
      { StartAt: 'Work', States: { Work: WORK } },
      { Work: () => new Promise((resolve) => setTimeout(resolve, 3_600_000, {})) },
    );
    await world.start();
    await world.settle();
    expect(world.ends).toEqual(['SUCCEEDED']);
    expect(world.now).toBe(3600);
  });
});
