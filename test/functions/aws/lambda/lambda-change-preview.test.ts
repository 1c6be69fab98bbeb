import { lambdaChangePreview } from '../../../../functions/aws/lambda/lambda-change-preview';
import { TransientError } from '../../../../functions/domain/base/errors';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';
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
      status: 429,
      headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
      body: { Reason: 'ConcurrentInvocationLimitExceeded' },
    });
    await expect(ask(handler)).rejects.toThrow(TransientError);
  });

  it('waits for the answer, of the function that is named, at the endpoint that is given', async () => {
    const handler = new CannedRequestHandler({ body: preview });
    const handle = jest.spyOn(handler, 'handle');
    await lambdaChangePreview({ ...handler.settings, ownFunctionsEndpoint: 'http://127.0.0.1:9' }, ARN).preview(plan());
    await ask(handler);
    const sent = handle.mock.calls.map(([request]) => request as unknown as { readonly hostname: string });
    expect(sent.map(({ hostname }) => hostname)).toEqual(['127.0.0.1', 'lambda.eu-central-1.amazonaws.com']);
    expect(sent[0]).toMatchObject({ headers: { 'x-amz-invocation-type': 'RequestResponse' } });
    expect(handler.requests[0]?.path).toContain('/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A111111111111');
  });

  it('says what it was doing, and what has failed without a type', async () => {
    const denied = new CannedRequestHandler(awsError('AccessDeniedException'));
    await expect(ask(denied)).rejects.toThrow('AWS refused to look at what a run would change');
    const untyped = { headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorMessage: 'no type' } };
    const failure = ask(new CannedRequestHandler(untyped));
    await expect(failure).rejects.toThrow('PreviewChanges has failed: {"errorMessage":"no type"}');
    await expect(failure).rejects.not.toThrow(TransientError);
  });
});
