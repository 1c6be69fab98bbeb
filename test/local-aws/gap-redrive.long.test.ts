import { RedriveExecutionCommand, GetExecutionHistoryCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';

import { ThrowAwayWorkflow } from './throw-away-workflow';

// Keeps, for all its processes, the names that it is called with; one that is called flaky fails the first time.
const source = `
const { appendFileSync, readFileSync } = require('node:fs');
const file = require('node:os').tmpdir() + '/kept';
const keep = (line) => appendFileSync(file, line + '\\n');
const kept = () => readFileSync(file, { encoding: 'utf8', flag: 'a+' }).split('\\n').slice(0, -1);
exports.handler = async ({ report, name }) => {
  if (report) return kept();
  keep(name);
  if (name.startsWith('flaky') && kept().filter((other) => other === name).length === 1) throw new RangeError(name);
  return { name };
};`;

const task = (name: string, next: object): object => ({
  Type: 'Task',
  Resource: '${Worker}',
  Parameters: { 'name.$': name },
  ...next,
});

const called = (name: string): string => `States.Format('{}-${name}', $.item)`;

const mapped = {
  StartAt: 'Prepare',
  States: {
    Prepare: task('$.prepare', { ResultPath: '$.prepared', Next: 'Each' }),
    Each: {
      Type: 'Map',
      MaxConcurrency: 1,
      ItemsPath: '$.items',
      ItemSelector: { 'item.$': '$$.Map.Item.Value' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Begin',
        States: {
          Begin: task(called('begin'), { ResultPath: '$.begun', Next: 'Finish' }),
          Finish: task("States.Format('{}-finish', $.item)", { ResultPath: '$.finished', End: true }),
        },
      },
      ResultPath: '$.each',
      Next: 'Last',
    },
    Last: {
      ...task('$.last', { End: true }),
      Parameters: { 'name.$': '$.last', 'redrives.$': '$$.Execution.RedriveCount' },
      ResultPath: '$.result',
    },
  },
};

const waiting = {
  StartAt: 'Pause',
  States: { Pause: { Type: 'Wait', Seconds: 100, Next: 'Last' }, Last: task('$.last', { End: true }) },
};

describe('redriving on MiniStack', () => {
  let workflow: ThrowAwayWorkflow;

  beforeAll(async () => {
    workflow = await ThrowAwayWorkflow.start(source, { mapped, waiting });
  });
  afterAll(async () => {
    await workflow.stop();
  });

  const redrive = (executionArn: string): Promise<unknown> =>
    workflow.sfn.send(new RedriveExecutionCommand({ executionArn }));

  const callsOf = async (prefix: string): Promise<readonly string[]> =>
    (await workflow.kept()).filter((name) => name.includes(prefix));

  it('goes on at the state that failed, in a Map too, and runs nothing again that had succeeded', async () => {
    const items = ['one-m', 'flaky-m', 'two-m'];
    const execution = await workflow.begin('mapped', { prepare: 'prepare-m', items, last: 'flaky-last-m' });
    expect(await workflow.end()).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE', redriveCount: 0 });
    expect(await callsOf('-m')).toEqual(['prepare-m', 'one-m-begin', 'one-m-finish', 'flaky-m-begin']);
    for (const redriveCount of [1, 2]) {
      await redrive(execution);
      expect(await workflow.end()).toMatchObject({ status: 'FAILED', redriveCount, toldRedriveCount: redriveCount });
    }
    await redrive(execution);
    const ended = await workflow.end();
    expect(ended).toMatchObject({ status: 'SUCCEEDED', redriveCount: 3, redriveStatus: 'NOT_REDRIVABLE' });
    expect(ended.error).toBeUndefined();
    expect(await callsOf('-m')).toEqual([
      'prepare-m',
      'one-m-begin',
      'one-m-finish',
      'flaky-m-begin',
      'flaky-m-begin',
      'flaky-m-finish',
      'flaky-m-finish',
      'two-m-begin',
      'two-m-finish',
      'flaky-last-m',
      'flaky-last-m',
    ]);
    const output = JSON.parse(ended.output ?? '{}') as { each: { item: string; finished: { name: string } }[] };
    expect(output.each.map(({ finished }) => finished.name)).toEqual(items.map((item) => `${item}-finish`));
  });

  it('is refused while the execution runs, and after it has succeeded', async () => {
    const execution = await workflow.begin('waiting', { last: 'last-r' });
    const refused = { name: 'ExecutionNotRedrivable' };
    await expect(redrive(execution)).rejects.toMatchObject(refused);
    expect(await workflow.end()).toMatchObject({ status: 'SUCCEEDED' });
    await expect(redrive(execution)).rejects.toMatchObject(refused);
  });

  it('knows no execution that there is not', async () => {
    const execution = await workflow.begin('waiting', { last: 'last-u' });
    await expect(redrive(`${execution}-other`)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    await workflow.end();
  });

  /** Only what has begun can be stopped under way. */
  async function hasEntered(executionArn: string, type: string): Promise<void> {
    for (;;) {
      const { events = [] } = await workflow.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
      if (events.some((event) => event.type === type)) return;
    }
  }

  it('goes on in an execution that was stopped, and what was under way at the stop comes to nothing', async () => {
    const execution = await workflow.begin('waiting', { last: 'last-s' });
    await hasEntered(execution, 'WaitStateEntered');
    await workflow.sfn.send(new StopExecutionCommand({ executionArn: execution }));
    expect(await workflow.end()).toMatchObject({ status: 'ABORTED', redriveStatus: 'REDRIVABLE' });
    await redrive(execution);
    expect(await workflow.end()).toMatchObject({ status: 'SUCCEEDED', toldRedriveCount: 1 });
    // The wait that was stopped is over by now.
    expect(await callsOf('last-s')).toEqual(['last-s']);
  });
});
