import { SendTaskFailureCommand, SendTaskSuccessCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';

import { ThrowAwayWorkflow } from './throw-away-workflow';

// Keeps, for all its processes, the tokens that it is given, each behind the name of who waits.
const source = `
const { appendFileSync, readFileSync } = require('node:fs');
const file = require('node:os').tmpdir() + '/kept';
const keep = (line) => appendFileSync(file, line + '\\n');
const kept = () => readFileSync(file, { encoding: 'utf8', flag: 'a+' }).split('\\n').slice(0, -1);
exports.handler = async ({ report, name, taskToken, fails }) => {
  if (report) return kept();
  keep(name + ' ' + taskToken);
  if (fails) throw new RangeError('odd');
  return { ignored: true };
};`;

const waiting = (TimeoutSeconds: number): object => ({
  StartAt: 'Await',
  States: {
    Await: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        FunctionName: '${Worker}',
        Payload: { 'name.$': '$.name', 'fails.$': '$.fails', 'taskToken.$': '$$.Task.Token' },
      },
      TimeoutSeconds,
      Retry: [
        { ErrorEquals: ['RejectedError'], MaxAttempts: 0 },
        { ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 100_000 },
        { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1 },
      ],
      End: true,
    },
  },
});

describe('a callback state on MiniStack', () => {
  let workflow: ThrowAwayWorkflow;

  beforeAll(async () => {
    workflow = await ThrowAwayWorkflow.start(source, { patient: waiting(60), hasty: waiting(4) });
  });
  afterAll(async () => {
    await workflow.stop();
  });

  /** Waits until this waiter has come so often, and gives its tokens. */
  const tokensOf = async (waiter: string, count: number): Promise<readonly string[]> => {
    const mine = (kept: readonly string[]): readonly string[] =>
      kept.flatMap((line) => (line.startsWith(`${waiter} `) ? [line.slice(waiter.length + 1)] : []));
    return mine(await workflow.untilKept((kept) => mine(kept).length >= count));
  };

  const succeed = (taskToken: string | undefined): Promise<unknown> =>
    workflow.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{"turn":1}' }));

  const tooLate = { name: 'TaskTimedOut' };

  it('goes on with what its token brings, once', async () => {
    await workflow.begin('patient', { name: 'a', fails: false });
    const [token] = await tokensOf('a', 1);
    await succeed(token);
    expect(await workflow.end()).toMatchObject({ status: 'SUCCEEDED', output: '{"turn": 1}' });
    await expect(succeed(token)).rejects.toMatchObject(tooLate);
  });

  it('fails with the error that its token brings', async () => {
    await workflow.begin('patient', { name: 'b', fails: false });
    const [taskToken] = await tokensOf('b', 1);
    await workflow.sfn.send(new SendTaskFailureCommand({ taskToken, error: 'RejectedError', cause: 'No.' }));
    expect(await workflow.end()).toMatchObject({ status: 'FAILED', error: 'RejectedError', cause: 'No.' });
  });

  it('fails with its function at once, and tries again with another token', async () => {
    await workflow.begin('patient', { name: 'c', fails: true });
    expect(await workflow.end()).toMatchObject({ status: 'FAILED', error: 'RangeError' });
    const tokens = await tokensOf('c', 2);
    expect(new Set(tokens).size).toBe(2);
  });

  it('comes back after its time-out with another token; the old one is too late', async () => {
    await workflow.begin('hasty', { name: 'd', fails: false });
    const tokens = await tokensOf('d', 2);
    expect(new Set(tokens).size).toBe(2);
    await expect(succeed(tokens[0])).rejects.toMatchObject(tooLate);
    await succeed(tokens[1]);
    expect(await workflow.end()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('takes no answer any more when its execution was stopped', async () => {
    const executionArn = await workflow.begin('patient', { name: 'e', fails: false });
    const [token] = await tokensOf('e', 1);
    await workflow.sfn.send(new StopExecutionCommand({ executionArn }));
    await expect(succeed(token)).rejects.toMatchObject(tooLate);
    expect(await workflow.end()).toMatchObject({ status: 'ABORTED' });
  });

  it('is unknown by a token that was never given out', async () => {
    await expect(succeed('made-up')).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
  });
});
