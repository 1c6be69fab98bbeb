import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import type { Secrets } from '../../ports/secrets';
import { calling } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** Reads secrets from Secrets Manager, each once per container and again when a fresh one is asked for. */
export function secretsManagerSecrets(settings: AwsSettings, externalIdArn: () => string): Secrets {
  const read = keptSecrets(settings);
  return {
    externalId: (fresh = false) => read('the ExternalId', externalIdArn(), fresh),
    scimAccessToken: (secretArn, fresh = false) => read('the access token of SCIM', secretArn, fresh),
  };
}

/** The API key of meshStack, by the same rules. */
export function secretsManagerApiKey(settings: AwsSettings, secretArn: string): (fresh: boolean) => Promise<string> {
  const read = keptSecrets(settings);
  return (fresh) => read('the API key of meshStack', secretArn, fresh);
}

type SecretReader = (what: string, arn: string, fresh: boolean) => Promise<string>;

function keptSecrets(settings: AwsSettings): SecretReader {
  const client = new SecretsManagerClient(ownClientSettings(settings));
  const kept = new Map<string, Promise<string>>();
  return (what, arn, fresh) => {
    const known = kept.get(arn);
    if (!fresh && known !== undefined) return known;
    const reading = readSecret(client, what, arn);
    kept.set(arn, reading);
    // A failed read is not kept: the next caller tries again.
    reading.catch(() => {
      if (kept.get(arn) === reading) kept.delete(arn);
    });
    return reading;
  };
}

function readSecret(client: SecretsManagerClient, what: string, secretArn: string): Promise<string> {
  return calling(`read the secret with ${what} (${secretArn})`, async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    if (SecretString === undefined) throw new Error(`The secret ${secretArn} has no text.`);
    return SecretString;
  });
}
