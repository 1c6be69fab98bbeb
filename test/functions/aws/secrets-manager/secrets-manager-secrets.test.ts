import {
  secretsManagerApiKey,
  secretsManagerSecrets,
} from '../../../../functions/aws/secrets-manager/secrets-manager-secrets';
import { secretsManagerVersions } from '../../../../functions/aws/secrets-manager/secrets-manager-versions';
import { awsError, type CannedAnswer, CannedRequestHandler } from '../../../fakes/canned-request-handler';

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

describe('other secrets in Secrets Manager', () => {
  it('are each read by their own ARN, and again when a fresh one is asked for', async () => {
    const handler = new CannedRequestHandler(secret('first'), secret('second'), secret('third'), secret('fourth'));
    const secrets = secretsManagerSecrets(handler.settings, () => ARN);
    expect([await secrets.scimAccessToken('arn:1'), await secrets.scimAccessToken('arn:1')]).toEqual([
      'first',
      'first',
    ]);
    expect([await secrets.scimAccessToken('arn:1', true), await secrets.scimAccessToken('arn:2')]).toEqual([
      'second',
      'third',
    ]);
    const apiKey = secretsManagerApiKey(handler.settings, 'arn:3');
    expect([await apiKey(false), await apiKey(false)]).toEqual(['fourth', 'fourth']);
    await apiKey(true);
    const asked = handler.requests.map(({ body }) => (body as { SecretId: string }).SecretId);
    expect(asked).toEqual(['arn:1', 'arn:1', 'arn:2', 'arn:3', 'arn:3']);
  });

  it.each<readonly [string, (secrets: ReturnType<typeof secretsManagerSecrets>) => Promise<string>]>([
    ['the ExternalId', (secrets) => secrets.externalId()],
    ['the access token of SCIM', (secrets) => secrets.scimAccessToken(ARN)],
  ])('say what was read where they are refused or have no text: %s', async (what, read) => {
    const behind = (...answers: readonly CannedAnswer[]) =>
      read(secretsManagerSecrets(new CannedRequestHandler(...answers).settings, () => ARN));
    const doing = `refused to read the secret with ${what} (${ARN})`;
    await expect(behind(awsError('AccessDeniedException'))).rejects.toThrow(doing);
    await expect(behind({ body: { ARN } })).rejects.toThrow(`The secret ${ARN} has no text.`);
    const { settings } = new CannedRequestHandler(awsError('AccessDeniedException'));
    await expect(secretsManagerApiKey(settings, ARN)(false)).rejects.toThrow('the API key of meshStack');
  });
});

describe('the versions of a secret', () => {
  it('are the current one and the one before, read again each time', async () => {
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
    const binary = new CannedRequestHandler({ body: { ARN } });
    expect(await secretsManagerVersions(binary.settings, ARN)()).toEqual([]);
  });

  it('are not guessed: a current one that is not there, and a right that is missing, are errors', async () => {
    const absent = new CannedRequestHandler(awsError('ResourceNotFoundException'));
    const denied = new CannedRequestHandler(secret('new'), awsError('AccessDeniedException'));

    await expect(secretsManagerVersions(absent.settings, ARN)()).rejects.toThrow(
      `read the secret ${ARN} (ResourceNotFoundException`,
    );
    await expect(secretsManagerVersions(denied.settings, ARN)()).rejects.toMatchObject({ name: 'RejectedError' });
  });
});
