import { RejectedError, TransientError } from '../../../../functions/domain/base/errors';
import { EmbeddedWorkflow, type TaskHandlers } from '../../../../sandbox/runtime/embedded/embedded-workflow';
import { Invocations } from '../../../../sandbox/runtime/embedded/invocation';
import { VirtualClock } from '../../../../sandbox/runtime/embedded/virtual-clock';

const input = { tenantUuid: '7d0c1b1e-0000-4000-8000-000000000001', replicationSequence: 17, run: 1 };
const NAME = `${input.tenantUuid}-17`;
const ARN = `arn:aws:states:eu-central-1:000000000000:execution:vend-account:${NAME}`;

describe('the embedded workflow', () => {
  let clock: VirtualClock;
  let workflow: EmbeddedWorkflow;
  const invocations = new Invocations(() => 60);
  let ends: string[];

  beforeEach(() => {
    ends = [];
    clock = new VirtualClock(new Date('2026-11-24T10:00:00.000Z'), () => invocations.busy);
  });

  afterEach(() => {
    clock.uninstall();
  });

  /** The first state's function answers as given; no other state is reached when it fails. */
  const workflowWith = (planVending: TaskHandlers[string]): EmbeddedWorkflow => {
    workflow = new EmbeddedWorkflow({
      handlers: { PlanVending: planVending },
      invocations,
      onEnd: (arn, status) => {
        ends.push(`${arn.slice(ARN.length - NAME.length)} ${status}`);
      },
    });
    return workflow;
  };

  const settle = (): Promise<void> => clock.runUntil(() => false);

  it('starts a name once, and gives the same execution again', async () => {
    const inputs: unknown[] = [];
    workflowWith((given) => {
      inputs.push(given);
      return Promise.reject(new RejectedError('AWS says no.', 'Ask again.'));
    });
    expect(await workflow.start(NAME, input, 'vend-account')).toBe(ARN);
    expect(await workflow.start(NAME, input, 'vend-account')).toBe(ARN);
    await settle();
    expect(await workflow.start(NAME, input, 'vend-account')).toBe(ARN);
    await settle();
    expect(inputs).toEqual([input]);
    expect(workflow.executions).toHaveLength(1);
  });

  it('describes an execution while it runs and after it has failed, as Step Functions does', async () => {
    workflowWith(() => Promise.reject(new RejectedError('AWS says no.', 'Ask again.')));
    await workflow.start(NAME, input, 'vend-account');
    expect(workflow.running).toBe(1);
    expect(await workflow.describe(ARN)).toEqual({
      status: 'RUNNING',
      input: JSON.stringify(input),
      stoppedAt: null,
      redriveCount: 0,
      error: null,
      cause: null,
    });
    await settle();
    expect(workflow.running).toBe(0);
    expect(await workflow.describe(ARN)).toEqual({
      status: 'FAILED',
      input: JSON.stringify(input),
      stoppedAt: new Date(),
      redriveCount: 0,
      error: 'RejectedError',
      cause: JSON.stringify({ errorType: 'RejectedError', errorMessage: 'AWS says no. Ask again.', trace: [] }),
    });
    expect(ends).toEqual([`${NAME} FAILED`]);
  });

  it('knows no execution that was never started', async () => {
    workflowWith(() => Promise.resolve({}));
    await expect(workflow.describe(ARN)).rejects.toThrow(ARN);
  });

  it.each([
    { error: new RejectedError('no', 'none'), attempts: 1 },
    { error: new TransientError('not now'), attempts: 11 },
    { error: new RangeError('odd'), attempts: 4 },
  ])('tries as often as the definition says: $error.name $attempts times', async ({ error, attempts }) => {
    let count = 0;
    workflowWith(() => {
      count += 1;
      return Promise.reject(error);
    });
    await workflow.start(NAME, input, 'vend-account');
    await settle();
    expect(count).toBe(attempts);
    expect(await workflow.describe(ARN)).toMatchObject({ status: 'FAILED', error: error.name });
  });

  it('hands over copies, as between Lambda functions', async () => {
    const given: Record<string, unknown>[] = [];
    workflowWith((passed) => {
      given.push(passed as Record<string, unknown>);
      (passed as Record<string, unknown>)['run'] = 99;
      return Promise.reject(new TransientError('not now'));
    });
    await workflow.start(NAME, input, 'vend-account');
    await clock.runUntil(() => given.length === 2);
    expect(given[1]).not.toBe(given[0]);
    await settle();
    expect(await workflow.describe(ARN)).toMatchObject({ input: JSON.stringify(input) });
  });
});
