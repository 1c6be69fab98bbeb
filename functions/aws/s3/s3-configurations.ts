import { Readable } from 'node:stream';

import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod/mini';

import { ConfigurationError, TransientError } from '../../domain/base/errors';
import type { ConfigurationStore } from '../../ports/configurations';
import { calling, isDenied, wordsOf } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

const TRIES = 3;
const PAUSE_MILLISECONDS = 200;

/** Where they are. */
export interface ConfigurationsPlace {
  readonly bucket: string;
  /** What their keys begin with. */
  readonly prefix: string;
}

/** Keeps configurations in the application's bucket, where nothing is ever overwritten by something else. */
export function s3Configurations(
  settings: AwsSettings,
  { bucket, prefix }: ConfigurationsPlace,
  wait: (milliseconds: number) => Promise<void>,
): ConfigurationStore {
  const client = s3Client(settings);
  const keyOf = (hash: string): string => `${prefix}${hash}.json`;
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

interface S3Call {
  readonly method: 'GET' | 'PUT';
  readonly bucket: string;
  /** Of letters, digits, `.`, `-` and `/` alone. */
  readonly key: string;
  readonly body?: string;
}

/** @throws an error with the name that S3 gives it, as clients of the SDK do */
type S3Client = (call: S3Call) => Promise<string>;

/**
 * Reads and writes objects as the function itself. The SDK's own client of S3 would add 140 KB to every function that
 * plans (docs/adr/0059-configuration-by-its-hash.md). So the client of another service, which each of them has, lends
 * what it is made of - transport, hash, credentials, names of hosts - and these two calls are written out here.
 */
function s3Client(settings: AwsSettings): S3Client {
  const lender = new SecretsManagerClient(ownClientSettings(settings));
  const { requestHandler, sha256, streamCollector, credentials, region: regionOf, endpointProvider } = lender.config;
  return async ({ method, bucket, key, body }) => {
    const region = await regionOf();
    // S3 escapes a path once, other services twice.
    const signer = new SignatureV4({ service: 's3', region, sha256, credentials, uriEscapePath: false });
    const { url } = endpointProvider({ Region: region });
    const place = placeOf(settings.storageEndpoint, url.hostname, bucket);
    const signed = await signer.sign({
      method,
      protocol: place.protocol,
      hostname: place.hostname,
      ...(place.port === '' ? {} : { port: Number(place.port) }),
      path: `${place.pathname.replace(/\/$/u, '')}/${key}`,
      query: {},
      headers: { host: place.host, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
    });
    const { response } = AnswerSchema.parse(await requestHandler.handle(signed));
    // A transport may have all of it already: the SDK's own clients take both.
    const bytes = response.body instanceof Readable ? await streamCollector(response.body) : response.body;
    const said = Buffer.from(bytes ?? []).toString('utf8');
    if (response.statusCode >= 300) throw refusal(response.statusCode, said);
    return said;
  };
}

/**
 * @evidence documented AmazonS3/latest/userguide/VirtualHosting: a bucket is a part of the name of its host; an
 *   endpoint by address has it in the path
 */
const placeOf = (endpoint: string | undefined, hostname: string, bucket: string): URL =>
  endpoint === undefined
    ? new URL(`https://${bucket}.${hostname.replace(/^secretsmanager\./u, 's3.')}`)
    : new URL(`${endpoint.replace(/\/$/u, '')}/${bucket}`);

/** What a transport of the SDK gives back. */
const AnswerSchema = z.object({
  response: z.object({
    statusCode: z.number(),
    body: z.optional(z.custom<Uint8Array | Readable>((body) => body instanceof Uint8Array || body instanceof Readable)),
  }),
});

/**
 * In the shape of the SDK's errors, which `aws-error.ts` sorts.
 *
 * @evidence documented AmazonS3/latest/API/ErrorResponses: an error is XML with Code and Message
 */
function refusal(statusCode: number, said: string): Error {
  const text = (element: string): string | undefined =>
    new RegExp(`<${element}>([^<]*)</${element}>`, 'u').exec(said)?.[1];
  const error = new Error(text('Message') ?? said);
  return Object.assign(error, {
    name: text('Code') ?? 'UnknownError',
    $metadata: { httpStatusCode: statusCode },
  });
}
