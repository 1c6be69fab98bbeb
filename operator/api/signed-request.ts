import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';

import { recordedApi } from '../deploy/recorded-api';
import { variable } from '../environment';
import { OperatorError } from '../operator-error';
import { asSentence, errorMessage } from '../error-message';

export interface ApiRequest {
  readonly method: string;
  /** Behind the stage: `/preflight`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** JSON, as it is sent. */
  readonly body?: string;
}

/** Credentials other than those that every AWS command finds. */
export interface ApiAccess {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** @throws OperatorError when there are no credentials, or the API is not reached */
export type SignedRequest = (request: ApiRequest) => Promise<Response>;

/** Sends requests to the API, signed with the credentials and region that every AWS command finds, or with these. */
export function signedRequest(apiUrl: string, access: Partial<ApiAccess> = {}): SignedRequest {
  const base = apiUrl.replace(/\/+$/u, '');
  // A client of the SDK knows where credentials and region come from.
  const { credentials, region, sha256 } = new STSClient({ ...profileFor(apiUrl), ...access }).config;
  const signer = new SignatureV4({ service: 'execute-api', credentials, region: regionOf(base) ?? region, sha256 });
  return async ({ method, path, query, body }) => {
    const url = new URL(`${base}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const sent = body === undefined ? {} : { body };
    const { headers } = await signed(signer, method, url, query, sent);
    return fetch(url, { method, headers, ...sent }).catch((cause: unknown) => {
      throw new OperatorError(
        `${url.href} cannot be reached: ${asSentence(errorMessage(cause))} Check --api and the network.`,
      );
    });
  };
}

/** Who has deployed from here may call from here; what the shell says counts more. */
function profileFor(apiUrl: string): { readonly profile?: string } {
  if (variable('AWS_PROFILE') !== undefined || variable('AWS_ACCESS_KEY_ID') !== undefined) return {};
  const recorded = recordedApi();
  return recorded?.url === apiUrl && recorded.profile !== undefined ? { profile: recorded.profile } : {};
}

/** As in `https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/v1`. */
const regionOf = (url: string): string | undefined => /\.execute-api\.([a-z0-9-]+)\./u.exec(url)?.[1];

async function signed(
  signer: SignatureV4,
  method: string,
  url: URL,
  query: Readonly<Record<string, string>>,
  sent: { readonly body?: string },
): Promise<{ readonly headers: Record<string, string> }> {
  try {
    return await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname,
      query: { ...query },
      headers: { host: url.host, ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...sent,
    });
  } catch (cause) {
    throw new OperatorError(
      `There are no credentials, or no region, to sign with: ${asSentence(errorMessage(cause))} Set them as for the AWS CLI (aws sts get-caller-identity shows them).`,
    );
  }
}
