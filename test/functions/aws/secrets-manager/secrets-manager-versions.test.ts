import { secretsManagerVersions } from '../../../../functions/aws/secrets-manager/secrets-manager-versions';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:signing';
const secret = (SecretString: string) => ({ body: { ARN, SecretString } });

describe('the versions of a secret', () => {
  it('are the current one and the one before, read anew each time', async () => {
    const handler = new CannedRequestHandler(secret('new'), secret('old'), secret('newer'), secret('new'));
    const versions = secretsManagerVersions(handler.settings, ARN);

    expect([await versions(), await versions()]).toEqual([
      ['new', 'old'],
      ['newer', 'new'],
    ]);
    expect(handler.requests.slice(0, 2).map(({ body }) => body)).toEqual([
      { SecretId: ARN, VersionStage: 'AWSCURRENT' },
      { SecretId: ARN, VersionStage: 'AWSPREVIOUS' },
    ]);
  });

  it('are one where it was never changed', async () => {
    const handler = new CannedRequestHandler(secret('new'), awsError('ResourceNotFoundException'));

    expect(await secretsManagerVersions(handler.settings, ARN)()).toEqual(['new']);
  });

  it('are not guessed: a current one that is not there, and a right that is missing, are errors', async () => {
    const absent = new CannedRequestHandler(awsError('ResourceNotFoundException'));
    const denied = new CannedRequestHandler(secret('new'), awsError('AccessDeniedException'));

    await expect(secretsManagerVersions(absent.settings, ARN)()).rejects.toThrow(/ResourceNotFoundException/u);
    await expect(secretsManagerVersions(denied.settings, ARN)()).rejects.toMatchObject({ name: 'RejectedError' });
  });
});
