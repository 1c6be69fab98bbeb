import { secretsManagerSecrets } from '../../../../functions/aws/secrets-manager/secrets-manager-secrets';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:external-id';
const secret = (SecretString: string) => ({ body: { ARN, SecretString } });

describe('the ExternalId in Secrets Manager', () => {
  it('is read once, however often it is needed', async () => {
    const handler = new CannedRequestHandler(secret('first'), secret('second'));
    const secrets = secretsManagerSecrets(handler.settings, () => ARN);
    expect(await Promise.all([secrets.externalId(), secrets.externalId()])).toEqual(['first', 'first']);
    expect(handler.requests.map(({ body }) => body)).toEqual([{ SecretId: ARN }]);
  });

  it('is read again when a fresh one is asked for, and that one is kept', async () => {
    const handler = new CannedRequestHandler(secret('first'), secret('second'));
    const secrets = secretsManagerSecrets(handler.settings, () => ARN);
    await secrets.externalId();
    expect(await secrets.externalId(true)).toBe('second');
    expect(await secrets.externalId()).toBe('second');
    expect(handler.requests).toHaveLength(2);
  });

  it('is read again after a read that failed', async () => {
    const handler = new CannedRequestHandler(awsError('AccessDeniedException'), secret('first'));
    const secrets = secretsManagerSecrets(handler.settings, () => ARN);
    await expect(secrets.externalId()).rejects.toMatchObject({ name: 'RejectedError' });
    expect(await secrets.externalId()).toBe('first');
  });

  it('keeps a fresh one although an older read fails after it was asked for', async () => {
    const handler = new CannedRequestHandler(awsError('AccessDeniedException'), secret('second'), secret('third'));
    const secrets = secretsManagerSecrets(handler.settings, () => ARN);
    const [older, fresh] = await Promise.allSettled([secrets.externalId(), secrets.externalId(true)]);
    expect([older.status, fresh.status]).toEqual(['rejected', 'fulfilled']);
    expect(await secrets.externalId()).toBe('second');
  });

  it('is asked for by the ARN that the environment gives when it is needed, not before', () => {
    let asked = 0;
    const handler = new CannedRequestHandler(secret('first'));
    secretsManagerSecrets(handler.settings, () => {
      asked += 1;
      return ARN;
    });
    expect(asked).toBe(0);
  });
});
