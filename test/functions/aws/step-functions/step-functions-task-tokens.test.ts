import { stepFunctionsTaskTokens } from '../../../../functions/aws/step-functions/step-functions-task-tokens';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';

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
    await expect(tokens.succeed('token', { waitSeconds: 0 })).rejects.toMatchObject({ name: 'RejectedError' });
  });
});
