import { Readable } from 'node:stream';

import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod/mini';

import { parsedJson } from '../../domain/base/json';
import type { AwsSession, CallerCredentials } from './aws-session';
import { clientSettings } from './aws-settings';

interface SignedService {
  /** As the signature names it; the host begins with it, too. */
  readonly service: string;
  readonly region: string;
  readonly credentials: CallerCredentials;
  /** Absent: AWS's own. */
  readonly endpoint: string | undefined;
}

/** A POST of JSON. */
interface SignedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Calls a service without a client of the SDK. The SDK gives what its clients are made of: transport, hash, signer.
 *
 * @returns sends a request, and reads the answer
 */
export function signedClient(
  session: AwsSession,
  signedService: SignedService,
): (request: SignedRequest) => Promise<unknown> {
  // Many functions have such a client, and call nothing by it in most of their runs.
  let known: Parts | undefined;
  return async ({ path, headers, body: asked }) => {
    const { signer, endpoint, requestHandler, streamCollector } = (known ??= partsOf(session, signedService));
    const signed = await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      ...(endpoint.port === '' ? {} : { port: Number(endpoint.port) }),
      path,
      query: {},
      headers: { host: endpoint.host, ...headers, 'user-agent': `app/${session.functionName}` },
      body: asked,
    });
    const { response } = AnswerSchema.parse(await requestHandler.handle(signed));
    const { body } = response;
    // A transport may have all of it already: the SDK's own clients take both.
    const said = Buffer.from(body instanceof Uint8Array ? body : await streamCollector(body)).toString('utf8');
    if (response.statusCode >= 300) throw refusal(response, said);
    return parsedJson(said);
  };
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(
  { settings, functionName }: AwsSession,
  { service, region, credentials, endpoint }: SignedService,
): Pick<STSClient['config'], 'requestHandler' | 'streamCollector'> & {
  readonly signer: SignatureV4;
  readonly endpoint: URL;
} {
  const lender = new STSClient({ ...clientSettings(settings, functionName), region });
  const { requestHandler, sha256, streamCollector } = lender.config;
  return {
    signer: new SignatureV4({ service, region, sha256, credentials }),
    endpoint: new URL(endpoint ?? `https://${hostKnownTo(lender, service, region)}`),
    requestHandler,
    streamCollector,
  };
}

/** What a transport of the SDK gives back. */
const AnswerSchema = z.object({
  response: z.object({
    statusCode: z.number(),
    headers: z.record(z.string(), z.string()),
    body: z.custom<Uint8Array | Readable>((body) => body instanceof Uint8Array || body instanceof Readable),
  }),
});

type Refused = Pick<z.infer<typeof AnswerSchema>['response'], 'statusCode' | 'headers'>;

/** Protocols differ in where the name of an error stands, and in how its message is called. */
const RefusalSchema = z.object({
  __type: z.optional(z.string()),
  message: z.optional(z.string()),
  Message: z.optional(z.string()),
});

/** In the shape of the SDK's errors, which `aws-error.ts` sorts. A name may stand between a URI and a colon. */
function refusal({ statusCode, headers }: Refused, said: string): Error {
  const { __type: type, message, Message } = RefusalSchema.safeParse(parsedJson(said)).data ?? {};
  const told = headers['x-amzn-errortype'] ?? type ?? 'UnknownError';
  const name = told.split(':')[0]?.split('#').at(-1) ?? '';
  const error = new Error(type === undefined ? said : (message ?? Message ?? said));
  return Object.assign(error, { name, $metadata: { httpStatusCode: statusCode } });
}

/**
 * The host of a service in a region. The SDK knows the suffix of the region's hosts from STS, also for services that
 * have no client here.
 */
export const hostOf = (service: string, region: string): string =>
  hostKnownTo(new STSClient({ region }), service, region);

const hostKnownTo = ({ config }: STSClient, service: string, region: string): string =>
  config.endpointProvider({ Region: region }).url.hostname.replace(/^sts\./u, `${service}.`);
