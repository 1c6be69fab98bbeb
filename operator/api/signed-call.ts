import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';

import { ProblemSchema } from '../../functions/api/responses';
import { parsedJson } from '../../functions/domain/base/json';
import { OperatorError } from '../operator-error';
import { asSentence, errorMessage } from '../error-message';

export interface ApiCall {
  readonly method: 'GET' | 'POST';
  /** Behind the stage: `/preflight`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
}

/** @throws OperatorError when the API is not reached, or answers with a problem */
export type SignedCall = (call: ApiCall) => Promise<unknown>;

/** Calls the API with the credentials and the region that every AWS command finds. */
export function signedCall(apiUrl: string): SignedCall {
  const base = apiUrl.replace(/\/+$/u, '');
  // A client of the SDK knows where credentials and region come from.
  const { credentials, region, sha256 } = new STSClient({}).config;
  const signer = new SignatureV4({ service: 'execute-api', credentials, region: regionOf(base) ?? region, sha256 });
  return async ({ method, path, query = {}, body: given }) => {
    const url = new URL(`${base}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const sent = given === undefined ? {} : { body: JSON.stringify(given) };
    const { headers } = await signed(signer, method, url, query, sent);
    const answer = await fetch(url, { method, headers, ...sent }).catch((cause: unknown) => {
      throw new OperatorError(
        `${url.href} cannot be reached: ${asSentence(errorMessage(cause))} Check --api and the network.`,
      );
    });
    const body = parsedJson(await answer.text());
    if (!answer.ok) throw problemOf(answer.status, body, url);
    return body;
  };
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

function problemOf(status: number, body: unknown, { href }: URL): OperatorError {
  const { data } = ProblemSchema.safeParse(body);
  const detail =
    data === undefined ? 'The response is not from this API: check --api.' : `${data.title}. ${data.detail}`;
  const faults = (data?.errors ?? []).map(({ field, message }) => `\n  ${field} ${message}`);
  return new OperatorError(`${href} answers ${status}. ${detail}${faults.join('')}`);
}
