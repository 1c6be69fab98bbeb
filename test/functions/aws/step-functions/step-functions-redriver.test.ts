import {
  stepFunctionsRedriver,
  stepFunctionsStopper,
} from '../../../../functions/aws/step-functions/step-functions-redriver';
import { stepFunctionsTaskTokens } from '../../../../functions/aws/step-functions/step-functions-task-tokens';
import { awsError, type CannedAnswer, CannedRequestHandler } from '../../../fakes/canned-request-handler';

const EXECUTION = 'arn:aws:states:eu-central-1:111111111111:execution:vend-account:tenant-17';

const describedAs = (status: string, further: object = {}): { readonly body: object } => ({
  body: { executionArn: EXECUTION, status, input: '{}', ...further },
});

describe('redriving an execution', () => {
  it('lets it go on', async () => {
    const handler = new CannedRequestHandler({ body: { redriveDate: 1 } });
    expect(await stepFunctionsRedriver(handler.settings).redrive(EXECUTION)).toBe('redriven');
    expect(handler.requests).toMatchObject([{ body: { executionArn: EXECUTION } }]);
  });

  it.each(['RUNNING', 'PENDING_REDRIVE'])(
    'takes one for redriven that AWS does not redrive because it is %s: somebody else was first',
    async (status) => {
      const handler = new CannedRequestHandler(awsError('ExecutionNotRedrivable'), describedAs(status));
      expect(await stepFunctionsRedriver(handler.settings).redrive(EXECUTION)).toBe('redriven');
    },
  );

  it.each(['FAILED', 'ABORTED', 'TIMED_OUT', 'SUCCEEDED'])(
    'knows one for lost that is %s and stays so',
    async (status) => {
      const handler = new CannedRequestHandler(
        awsError('ExecutionNotRedrivable'),
        describedAs(status, { stopDate: 1, redriveStatus: 'NOT_REDRIVABLE' }),
      );
      expect(await stepFunctionsRedriver(handler.settings).redrive(EXECUTION)).toBe('not-redrivable');
    },
  );

  it('does not believe an answer that contradicts the refusal: it is behind', async () => {
    const handler = new CannedRequestHandler(
      awsError('ExecutionNotRedrivable'),
      describedAs('FAILED', { stopDate: 1, redriveStatus: 'REDRIVABLE' }),
    );
    await expect(stepFunctionsRedriver(handler.settings).redrive(EXECUTION)).rejects.toMatchObject({
      name: 'TransientError',
    });
  });

  it('knows one for lost that is gone', async () => {
    const handler = new CannedRequestHandler(awsError('ExecutionDoesNotExist'));
    expect(await stepFunctionsRedriver(handler.settings).redrive(EXECUTION)).toBe('not-redrivable');
    expect(handler.requests).toHaveLength(1);
  });
});

describe('stopping an execution', () => {
  const why = { error: 'StoppedByOperator', cause: 'the wrong unit' };

  it.each(['ABORTED', 'FAILED', 'SUCCEEDED'])('finds one that has ended before (%s)', async (status) => {
    const handler = new CannedRequestHandler(awsError('ValidationException'), describedAs(status, { stopDate: 60 }));
    expect(await stepFunctionsStopper(handler.settings).stop(EXECUTION, why)).toEqual(new Date(60_000));
  });

  it('is refused where AWS refuses one that is at work', async () => {
    const handler = new CannedRequestHandler(awsError('ValidationException'), describedAs('RUNNING'));
    await expect(stepFunctionsStopper(handler.settings).stop(EXECUTION, why)).rejects.toMatchObject({
      name: 'RejectedError',
    });
  });

  it('is refused where AWS refuses it for anything else, or does not say when', async () => {
    const stopped = (...answers: readonly CannedAnswer[]) =>
      stepFunctionsStopper(new CannedRequestHandler(...answers).settings).stop(EXECUTION, why);
    await expect(stopped(awsError('AccessDeniedException'), describedAs('FAILED', { stopDate: 60 }))).rejects.toThrow(
      `AWS refused to stop the execution ${EXECUTION} (AccessDenied`,
    );
    await expect(stopped({ body: {} })).rejects.toThrow('has not said when it stopped');
  });
});

describe('a redrive that is refused', () => {
  it('says what it was, and takes an answer without a status for one that runs', async () => {
    const redriven = (...answers: readonly CannedAnswer[]) =>
      stepFunctionsRedriver(new CannedRequestHandler(...answers).settings).redrive(EXECUTION);
    await expect(redriven(awsError('AccessDeniedException'))).rejects.toThrow(`to redrive the execution ${EXECUTION}`);
    const described = new CannedRequestHandler(awsError('ExecutionNotRedrivable'), { body: {} });
    expect(await stepFunctionsRedriver(described.settings).redrive(EXECUTION)).toBe('redriven');
    expect(described.requests[1]?.body).toEqual({ executionArn: EXECUTION });
    const behind = redriven(awsError('ExecutionNotRedrivable'), describedAs('FAILED', { redriveStatus: 'REDRIVABLE' }));
    await expect(behind).rejects.toThrow('one of its answers is behind');
  });
});

const tokensAnswering = (answer: ReturnType<typeof awsError>) => {
  const handler = new CannedRequestHandler(answer);
  return { handler, tokens: stepFunctionsTaskTokens(handler.settings) };
};

describe('a state that waits with a task token', () => {
  it('goes on with what it is given', async () => {
    const { handler, tokens } = tokensAnswering({ body: {} });
    expect(await tokens.succeed('token', { waitSeconds: 7 })).toBe('delivered');
    expect(handler.requests).toMatchObject([
      { target: 'AWSStepFunctions.SendTaskSuccess', body: { taskToken: 'token', output: '{"waitSeconds":7}' } },
    ]);
  });

  it('ends with an error', async () => {
    const { handler, tokens } = tokensAnswering({ body: {} });
    expect(await tokens.fail('token', { name: 'RejectedError', message: 'The run has ended.' })).toBe('delivered');
    expect(handler.requests).toMatchObject([
      {
        target: 'AWSStepFunctions.SendTaskFailure',
        body: { taskToken: 'token', error: 'RejectedError', cause: 'The run has ended.' },
      },
    ]);
  });

  it.each(['TaskDoesNotExist', 'TaskTimedOut', 'InvalidToken'])('is gone where AWS says %s', async (code) => {
    const { tokens } = tokensAnswering(awsError(code));
    expect(await tokens.succeed('token', { waitSeconds: 0 })).toBe('gone');
    expect(await tokens.fail('token', { name: 'RejectedError', message: 'x' })).toBe('gone');
  });

  it('is not taken for gone where AWS denies the call', async () => {
    const { tokens } = tokensAnswering(awsError('AccessDeniedException'));
    const error = { name: 'RejectedError', message: 'x' };
    await expect(tokens.succeed('token', { waitSeconds: 0 })).rejects.toThrow('refused to let a waiting state go on');
    await expect(tokens.fail('token', error)).rejects.toThrow('refused to end a waiting state');
  });
});
