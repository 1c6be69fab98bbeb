import { ConfigurationError, TransientError } from '../../domain/base/errors';
import { CONFIGURATIONS_PREFIX } from '../../domain/configuration/configuration-hash';
import type { ConfigurationStore } from '../../ports/configurations';
import { calling, isDenied, wordsOf } from '../base/aws-error';
import type { AwsSettings } from '../base/aws-settings';
import { s3Client } from './s3-client';

const TRIES = 3;
const PAUSE_MILLISECONDS = 200;

/** Keeps configurations in the application's bucket, where nothing is ever overwritten by something else. */
export function s3Configurations(
  settings: AwsSettings,
  bucket: string,
  wait: (milliseconds: number) => Promise<void>,
): ConfigurationStore {
  const client = s3Client(settings);
  const keyOf = (hash: string): string => `${CONFIGURATIONS_PREFIX}${hash}.json`;
  return {
    read: (hash) =>
      repeated(wait, 'read the configuration', async () => {
        try {
          return await client({ method: 'GET', bucket, key: keyOf(hash) });
        } catch (error) {
          throw isMissing(error) ? missing(hash, bucket, error) : error;
        }
      }),
    keep: async (hash, body) => {
      const call = { method: 'PUT', bucket, key: keyOf(hash), body } as const;
      await repeated(wait, `store the configuration in the bucket ${bucket}`, () => client(call));
    },
  };
}

/** As often as clients of the SDK try. */
async function repeated<Answer>(
  wait: (milliseconds: number) => Promise<void>,
  doing: string,
  call: () => Promise<Answer>,
): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await calling(doing, call);
    } catch (error) {
      if (!(error instanceof TransientError) || tries === TRIES) throw error;
      await wait(PAUSE_MILLISECONDS * tries);
    }
  }
}

const isMissing = (error: unknown): boolean =>
  isDenied(error) || (error instanceof Error && ['NoSuchKey', 'NoSuchBucket'].includes(error.name));

/**
 * @evidence documented AmazonS3/latest/API/API_GetObject: without s3:ListBucket, S3 answers 403 for an object that is
 *   not there
 */
const missing = (hash: string, bucket: string, error: unknown): ConfigurationError =>
  new ConfigurationError(
    `The configuration ${hash} cannot be read from the bucket ${bucket} (${wordsOf(error)}). ` +
      'S3 says AccessDenied of an object that is not there, too. Deploy the app again: that stores it.',
    { cause: error },
  );
