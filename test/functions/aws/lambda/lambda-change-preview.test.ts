import { lambdaChangePreview } from '../../../../functions/aws/lambda/lambda-change-preview';
import { TransientError } from '../../../../functions/domain/base/errors';
import { CannedRequestHandler } from '../../../fakes/canned-request-handler';
import { plan } from '../../../fakes/vending';

const ARN = 'arn:aws:lambda:eu-central-1:111111111111:function:vending-PreviewChanges';
const preview = { changes: [{ state: 'TagAccount', what: 'tag a', from: null, to: 'b' }], refusal: null };

const ask = (handler: CannedRequestHandler) => lambdaChangePreview(handler.settings, ARN).preview(plan());

describe('asking PreviewChanges', () => {
  it('hands over the plan, and gives what the function has found', async () => {
    const handler = new CannedRequestHandler({ body: preview });
    expect(await ask(handler)).toEqual(preview);
    expect(handler.requests).toMatchObject([{ body: { plan: JSON.parse(JSON.stringify(plan())) as unknown } }]);
  });

  it.each([
    { what: 'AWS did not answer it in time', error: { errorType: 'TransientError', errorMessage: 'throttled' } },
    { what: 'it took too long', error: { errorMessage: '2026-11-24 Task timed out after 25.00 seconds' } },
  ])('says that another try may help when $what', async ({ error }) => {
    const handler = new CannedRequestHandler({ headers: { 'x-amz-function-error': 'Unhandled' }, body: error });
    await expect(ask(handler)).rejects.toThrow(TransientError);
  });

  it('says what the function has thrown otherwise', async () => {
    const error = { errorType: 'ZodError', errorMessage: 'no plan' };
    const handler = new CannedRequestHandler({ headers: { 'x-amz-function-error': 'Unhandled' }, body: error });
    const failure = ask(handler);
    await expect(failure).rejects.toThrow('PreviewChanges has failed: no plan');
    await expect(failure).rejects.not.toThrow(TransientError);
  });

  it('knows a throttle for what it is', async () => {
    const handler = new CannedRequestHandler({
      ...{ status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' } },
      body: { Reason: 'ConcurrentInvocationLimitExceeded' },
    });
    await expect(ask(handler)).rejects.toThrow(TransientError);
  });
});
