import {
  stepFunctionsReader,
  stepFunctionsWorkflow,
} from '../../../../functions/aws/step-functions/step-functions-workflow';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';

const MACHINE = 'arn:aws:states:eu-central-1:111111111111:stateMachine:vend-account';
const EXECUTION = 'arn:aws:states:eu-central-1:111111111111:execution:vend-account:tenant-17';
const CLOSING = 'arn:aws:states:eu-central-1:111111111111:stateMachine:close-account';
const MACHINES = { 'vend-account': MACHINE, 'close-account': CLOSING };
const input = { tenantUuid: 'tenant', replicationSequence: 17, run: 1 };

describe('starting the workflow', () => {
  it('starts an execution of this name and gives its ARN', async () => {
    const handler = new CannedRequestHandler({ body: { executionArn: EXECUTION, startDate: 1 } });
    expect(await stepFunctionsWorkflow(handler.settings, MACHINES).start('tenant-17', input, 'vend-account')).toBe(
      EXECUTION,
    );
    expect(handler.requests[0]?.body).toEqual({
      stateMachineArn: MACHINE,
      name: 'tenant-17',
      input: JSON.stringify(input),
    });
  });

  it('starts the state machine that is asked for', async () => {
    const handler = new CannedRequestHandler({ body: { executionArn: EXECUTION, startDate: 1 } });
    await stepFunctionsWorkflow(handler.settings, MACHINES).start('tenant-17', input, 'close-account');
    expect(handler.requests[0]?.body).toMatchObject({ stateMachineArn: CLOSING });
  });

  it('takes a name that is used for started: it is made of the run alone', async () => {
    const handler = new CannedRequestHandler(awsError('ExecutionAlreadyExists'));
    expect(await stepFunctionsWorkflow(handler.settings, MACHINES).start('tenant-17', input, 'vend-account')).toBe(
      EXECUTION,
    );
  });

  it.each([
    { code: 'AccessDeniedException', name: 'RejectedError' },
    { code: 'StateMachineDoesNotExist', name: 'RejectedError' },
  ])('leaves $code to the caller', async ({ code, name }) => {
    const handler = new CannedRequestHandler(awsError(code));
    await expect(
      stepFunctionsWorkflow(handler.settings, MACHINES).start('tenant-17', input, 'vend-account'),
    ).rejects.toMatchObject({
      name,
    });
  });
});

describe('looking up an execution', () => {
  it.each([
    { what: 'newest first', ids: [9, 8, 7], expected: 'TagAccount' },
    { what: 'oldest first', ids: [7, 8, 9], expected: 'TagAccount' },
  ])('finds the state that it has entered last, events $what', async ({ ids, expected }) => {
    const names = new Map([
      [7, 'MoveAccount'],
      [9, 'TagAccount'],
    ]);
    const events = ids.map((id) => {
      const name = names.get(id);
      return name === undefined
        ? { id, timestamp: 1, type: 'TaskStateExited' }
        : { id, timestamp: 1, type: 'TaskStateEntered', stateEnteredEventDetails: { name } };
    });
    const handler = new CannedRequestHandler({ body: { events } });
    expect(await stepFunctionsReader(handler.settings).lastState(EXECUTION)).toBe(expected);
    expect(handler.requests[0]?.body).toEqual({
      executionArn: EXECUTION,
      reverseOrder: true,
      includeExecutionData: false,
      maxResults: 1000,
    });
  });

  it('looks behind a thousand events of waiting for the state in which it has waited', async () => {
    const waited = (from: number): object[] =>
      Array.from({ length: 1000 }, (_, index) => ({ id: from - index, timestamp: 1, type: 'TaskTimedOut' }));
    const entered = { timestamp: 1, type: 'TaskStateEntered', stateEnteredEventDetails: { name: 'AwaitClosingTurn' } };
    const handler = new CannedRequestHandler(
      { body: { events: waited(2400), nextToken: 'two' } },
      { body: { events: waited(1400), nextToken: 'between' } },
      { body: { nextToken: 'three' } },
      {
        body: {
          events: [
            { id: 400, timestamp: 1, type: 'TaskTimedOut' },
            { id: 399, ...entered },
          ],
          nextToken: 'four',
        },
      },
    );
    expect(await stepFunctionsReader(handler.settings).lastState(EXECUTION)).toBe('AwaitClosingTurn');
    expect(handler.requests.map(({ body }) => (body as { nextToken?: string }).nextToken)).toEqual([
      undefined,
      'two',
      'between',
      'three',
    ]);
  });

  it('knows no state of an execution that has entered none', async () => {
    const handler = new CannedRequestHandler({ body: { events: [] } });
    expect(await stepFunctionsReader(handler.settings).lastState(EXECUTION)).toBeNull();
  });

  it('tells how it stands', async () => {
    const handler = new CannedRequestHandler({
      body: {
        executionArn: EXECUTION,
        status: 'FAILED',
        input: '{}',
        stopDate: 1000,
        error: 'RejectedError',
        cause: 'x',
        redriveCount: 2,
      },
    });
    expect(await stepFunctionsReader(handler.settings).describe(EXECUTION)).toEqual({
      status: 'FAILED',
      input: '{}',
      stoppedAt: new Date(1_000_000),
      redriveCount: 2,
      error: 'RejectedError',
      cause: 'x',
    });
  });

  it('gives null for what a running execution does not have', async () => {
    const handler = new CannedRequestHandler({ body: { executionArn: EXECUTION, status: 'RUNNING', input: '{}' } });
    expect(await stepFunctionsReader(handler.settings).describe(EXECUTION)).toEqual({
      status: 'RUNNING',
      input: '{}',
      stoppedAt: null,
      redriveCount: 0,
      error: null,
      cause: null,
    });
  });

  it('takes one of which AWS says nothing for one that runs, and an event without a name for none', async () => {
    const reader = (body: object) => stepFunctionsReader(new CannedRequestHandler({ body }).settings);
    expect(await reader({}).describe(EXECUTION)).toMatchObject({ status: 'RUNNING', input: '{}' });
    expect(await reader({ input: '{"a":1}' }).describe(EXECUTION)).toMatchObject({ input: '{"a":1}' });
    expect(await reader({ events: [{ id: 1 }, { id: 2, type: 'TaskStateEntered' }] }).lastState(EXECUTION)).toBeNull();
  });

  it('says what was refused', async () => {
    const { settings } = new CannedRequestHandler(awsError('AccessDeniedException'));
    const reader = stepFunctionsReader(settings);
    await expect(reader.describe(EXECUTION)).rejects.toThrow(`refused to describe the execution ${EXECUTION}`);
    await expect(reader.lastState(EXECUTION)).rejects.toThrow(`read the history of the execution ${EXECUTION}`);
    const start = stepFunctionsWorkflow(settings, MACHINES).start('tenant-17', input, 'vend-account');
    await expect(start).rejects.toThrow('refused to start the execution tenant-17');
  });

  it('knows the execution that it has started by its own ARN', async () => {
    const started = (body: object) =>
      stepFunctionsWorkflow(new CannedRequestHandler({ body }).settings, MACHINES).start('x', input, 'close-account');
    expect(await started({ executionArn: 'arn:of-aws' })).toBe('arn:of-aws');
    expect(await started({})).toBe(CLOSING.replace(':stateMachine:', ':execution:') + ':x');
  });
});
