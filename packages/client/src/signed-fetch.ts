import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { SignatureV4 } from '@smithy/signature-v4';

import { variable } from './environment';
import { Sha256 } from './sha256';

type Signer = ConstructorParameters<typeof SignatureV4>[0];

export interface SigningOptions {
  /** Absent: that of the URL, or AWS_REGION. A domain of your own does not name it. */
  readonly region?: string;
  /** Absent: what every SDK of AWS finds, such as variables, profiles, and the roles of Lambda and EC2. */
  readonly credentials?: Signer['credentials'];
}

/** Sends requests that are signed for API Gateway. */
export function signedFetch(
  apiUrl: string,
  { region = regionIn(apiUrl), credentials = fromNodeProviderChain() }: SigningOptions,
  send: typeof fetch = fetch,
): (request: Request) => Promise<Response> {
  if (region === undefined) {
    throw new TypeError(`${apiUrl} does not name a region. Give region, or set AWS_REGION.`);
  }
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  return async (request) => {
    const url = new URL(request.url);
    const body = request.body === null ? undefined : await request.text();
    const { headers } = await signer.sign({
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname,
      query: queryOf(url),
      headers: { ...Object.fromEntries(request.headers), host: url.host },
      ...(body === undefined ? {} : { body }),
    });
    const { method, signal } = request;
    return send(url, { method, signal, headers, ...(body === undefined ? {} : { body }) });
  };
}

/** As in `https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/v1`. */
const regionIn = (url: string): string | undefined =>
  /\.execute-api\.([a-z\d-]+)\./u.exec(url)?.[1] ?? variable('AWS_REGION') ?? variable('AWS_DEFAULT_REGION');

/** A name may have several values. */
const queryOf = ({ searchParams }: URL): Record<string, string[]> =>
  Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]));
