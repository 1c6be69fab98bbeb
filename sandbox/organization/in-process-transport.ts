import { Readable } from 'node:stream';
import type { Organization } from './organization';
import { ConnectionLostError } from './service-error';
import type { WireRequest, WireResponse } from './wire/wire-message';

/** What an AWS SDK v3 client hands to its request handler, as far as it is needed here. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** Fits the `requestHandler` option of every AWS SDK v3 client. */
export interface RequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest): Promise<{ response: SdkResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/** Stands between a request and its answer. */
export type Interposed = (request: WireRequest, answer: () => Promise<WireResponse>) => Promise<WireResponse>;

/**
 * The organization without sockets: the SDK serialises its request and parses the answer as ever, only the wire is
 * missing. So it works in virtual time, and a broken connection has the error of a socket (`ECONNRESET`).
 */
export function inProcessRequestHandler(
  organization: Organization,
  interposed: Interposed = (_, answer) => answer(),
): RequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request) => {
      try {
        const wire = await wireRequest(request);
        return { response: sdkResponse(await interposed(wire, () => organization.answer(wire))) };
      } catch (error) {
        throw error instanceof ConnectionLostError ? asSocketError(error) : error;
      }
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

async function wireRequest(request: SdkRequest): Promise<WireRequest> {
  const query = Object.entries(request.query ?? {}).map(([key, value]) => [key, String(value ?? '')] as const);
  const headers = Object.entries(request.headers).map(([key, value]) => [key.toLowerCase(), value] as const);
  return {
    method: request.method,
    path: request.path,
    query: Object.fromEntries(query),
    headers: Object.fromEntries(headers),
    body: await bytesOf(request.body),
  };
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) {
    return new Uint8Array();
  }
  if (typeof body === 'string') {
    return Buffer.from(body, 'utf8');
  }
  if (body instanceof Uint8Array) {
    return body;
  }
  if (body instanceof Readable) {
    const chunks = await body.toArray();
    return Buffer.concat(chunks.map((chunk) => (chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk)))));
  }
  throw new TypeError('in-process transport: the SDK sent a body that is neither text nor bytes nor a stream.');
}

/** All of the body at once: streams would take longer than what is in them. */
function sdkResponse({ status, headers, body }: WireResponse): SdkResponse {
  return { statusCode: status, headers: { ...headers }, body };
}

/** What Node's HTTP client gives the SDK, and the name that the SDK's own handler then gives it. */
function asSocketError(error: ConnectionLostError): Error {
  return Object.assign(new Error('socket hang up', { cause: error }), { name: 'TimeoutError', code: 'ECONNRESET' });
}
