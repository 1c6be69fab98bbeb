import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

import { parsedJson } from '../../../functions/domain/base/json';
import type { ApiAnswer, ApiCall } from './stage';

/** Calls the API as its users do: signed with IAM credentials (SigV4). */
export function signedApi(
  baseUrl: string,
  { region, accountId }: { readonly region: string; readonly accountId: string },
): (call: ApiCall) => Promise<ApiAnswer> {
  const signer = new SignatureV4({
    service: 'execute-api',
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: 'test' },
    sha256: Sha256,
  });
  return async ({ method, path, query = {}, body, contentType = 'application/json' }) => {
    const url = new URL(`${baseUrl}${path}`);
    const sent = body === undefined ? undefined : bytesOf(body);
    const request = {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      query: { ...query },
      headers: { host: url.host, 'content-type': contentType },
      ...(sent === undefined ? {} : { body: sent }),
    };
    const signed = await signer.sign(request);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const answer = await fetch(url, { method, headers: signed.headers, ...(sent === undefined ? {} : { body: sent }) });
    const said = await answer.text();
    // The gateway's own answers may be plain text.
    return { status: answer.status, body: parsedJson(said) ?? said };
  };
}

const bytesOf = (body: unknown): Buffer<ArrayBuffer> =>
  Buffer.from(body instanceof Uint8Array ? body : JSON.stringify(body));
