import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

import { parsedJson } from '../../functions/domain/parsed-json';
import type { ApiAnswer, ApiCall } from './stage';

interface Caller {
  readonly region: string;
  readonly accountId: string;
}

/** Calls the API as its users do: signed with IAM credentials (SigV4). */
export function signedApi(baseUrl: string, caller: Caller): (call: ApiCall) => Promise<ApiAnswer> {
  const signer = signerOf(caller);
  return async ({ method, path, query = {}, body }) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await signedFetch(signer, new URL(`${baseUrl}${path}`), {
      method,
      query,
      contentType: 'application/json',
      ...(text === undefined ? {} : { body: text }),
    });
    // The gateway's own answers may be plain text.
    return { status: answer.status, body: parsedJson(answer.text) ?? answer.text };
  };
}

/** The same with bytes that may be anything. */
export function signedBytes(
  baseUrl: string,
  caller: Caller,
): (
  path: string,
  sent: { readonly body: Uint8Array<ArrayBuffer>; readonly contentType: string },
) => Promise<RawAnswer> {
  const signer = signerOf(caller);
  return (path, sent) => signedFetch(signer, new URL(`${baseUrl}${path}`), { method: 'POST', query: {}, ...sent });
}

interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

const signerOf = ({ region, accountId }: Caller): SignatureV4 =>
  new SignatureV4({
    service: 'execute-api',
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: 'test' },
    sha256: Sha256,
  });

interface RawCall {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

async function signedFetch(
  signer: SignatureV4,
  url: URL,
  { method, query, contentType, ...body }: RawCall,
): Promise<RawAnswer> {
  const request = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    query: { ...query },
    headers: { host: url.host, 'content-type': contentType },
    ...body,
  };
  const signed = await signer.sign(request);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const answer = await fetch(url, { method, headers: signed.headers, ...body });
  return { status: answer.status, text: await answer.text() };
}
