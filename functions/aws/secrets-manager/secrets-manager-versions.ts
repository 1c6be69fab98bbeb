import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import { calling, isAbsent } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/**
 * The texts of a secret, the current one first and then the one before, so that both ends can change it one after the
 * other.
 *
 * @evidence documented secretsmanager/apireference/API_PutSecretValue: AWSPREVIOUS moves to the version that AWSCURRENT
 *   was removed from; a secret that was never changed has none
 */
export function secretsManagerVersions(settings: AwsSettings, SecretId: string): () => Promise<readonly string[]> {
  const client = new SecretsManagerClient(ownClientSettings(settings));
  const textAt = async (VersionStage: string): Promise<readonly string[]> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId, VersionStage }));
    return SecretString === undefined ? [] : [SecretString];
  };
  const previous = async (): Promise<readonly string[]> => {
    try {
      return await textAt('AWSPREVIOUS');
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  };
  return () =>
    calling(`read the secret ${SecretId}`, async () => [...(await textAt('AWSCURRENT')), ...(await previous())]);
}
