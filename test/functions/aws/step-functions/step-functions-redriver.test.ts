import {
  stepFunctionsRedriver,
  stepFunctionsStopper,
} from '../../../../functions/aws/step-functions/step-functions-redriver';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';

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
});
