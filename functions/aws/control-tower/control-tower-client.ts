import { Readable } from 'node:stream';

import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod/mini';

import { parsedJson } from '../../domain/base/json';
import { type AwsSession, managementCredentials } from '../base/assumed-role';
import { clientSettings } from '../base/aws-settings';

/** The operations that are called. */
export type ControlTowerOperation =
  'ListLandingZones' | 'GetLandingZone' | 'ListBaselines' | 'ListEnabledBaselines' | 'ListEnabledControls';

/** Each is a POST to a path of its own, JSON in and JSON out: "AWS Control Tower API Reference". */
const PATHS: Readonly<Record<ControlTowerOperation, string>> = {
  ListLandingZones: '/list-landingzones',
  GetLandingZone: '/get-landingzone',
  ListBaselines: '/list-baselines',
  ListEnabledBaselines: '/list-enabled-baselines',
  ListEnabledControls: '/list-enabled-controls',
};

/** @throws an error with the name that AWS gives it, as clients of the SDK do */
export type ControlTowerCall = (operation: ControlTowerOperation, input: object) => Promise<unknown>;

/**
 * Calls Control Tower by the function's role in the management account. The SDK's own client is not used: what npm has
 * under its name (`client-controltower`) is older than these operations. So the SDK gives what it is made of -
 * transport, hash, signer - and these calls are written out here.
 */
export function controlTowerClient(session: AwsSession, region: string): ControlTowerCall {
  const lender = new STSClient({ ...clientSettings(session.settings, session.functionName), region });
  const { requestHandler, sha256, streamCollector } = lender.config;
  const credentials = managementCredentials(session);
  const signer = new SignatureV4({ service: 'controltower', region, sha256, credentials });
  const endpoint = new URL(session.settings.controlTowerEndpoint ?? `https://${hostOf('controltower', region)}`);
  return async (operation, input) => {
    const signed = await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      ...(endpoint.port === '' ? {} : { port: Number(endpoint.port) }),
      path: PATHS[operation],
      query: {},
      headers: {
        host: endpoint.host,
        'content-type': 'application/json',
        'user-agent': `app/${session.functionName}`,
      },
      body: JSON.stringify(input),
    });
    const { response } = AnswerSchema.parse(await requestHandler.handle(signed));
    const { body } = response;
    // A transport may have all of it already: the SDK's own clients take both.
    const said = Buffer.from(body instanceof Uint8Array ? body : await streamCollector(body)).toString('utf8');
    if (response.statusCode >= 300) throw refusal(response, said);
    return parsedJson(said);
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

/** In the shape of the SDK's errors, which `aws-error.ts` sorts. The name may be followed by a colon and a URL. */
function refusal({ statusCode, headers }: Refused, said: string): Error {
  const name = (headers['x-amzn-errortype'] ?? 'UnknownError').split(':')[0] ?? '';
  const error = new Error(said, { cause: { statusCode } });
  return Object.assign(error, { name, $metadata: { httpStatusCode: statusCode } });
}

/**
 * The host of a service in a region. The SDK knows the suffix of the region's hosts from STS, also for services that
 * have no client here.
 */
export function hostOf(service: string, region: string): string {
  const { hostname } = new STSClient({ region }).config.endpointProvider({ Region: region }).url;
  return hostname.replace(/^sts\./u, `${service}.`);
}
