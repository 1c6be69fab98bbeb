import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import type { Secrets } from '../ports/secrets';
import { calling } from './aws-error';
import type { AwsSettings } from './aws-settings';

/** Reads the ExternalId from Secrets Manager, once per container and again when it is asked for a fresh one. */
export function secretsManagerSecrets(settings: AwsSettings, secretArn: () => string): Secrets {
  const client = new SecretsManagerClient({ ...settings });
  let externalId: Promise<string> | undefined;
  return {
    externalId: (fresh = false) => {
      if (!fresh && externalId !== undefined) return externalId;
      const reading = readSecret(client, secretArn());
      externalId = reading;
      // A failed read is not kept: the next caller tries again.
      reading.catch(() => {
        if (externalId === reading) externalId = undefined;
      });
      return reading;
    },
  };
}

function readSecret(client: SecretsManagerClient, secretArn: string): Promise<string> {
  return calling('read the secret with the ExternalId', async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    if (SecretString === undefined) throw new Error(`The secret ${secretArn} has no text.`);
    return SecretString;
  });
}
