import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readCaller } from './caller';
import { forwardRequest } from './forward-request';
import type { Organization } from './organization';
import { serviceCalled } from './services/all-services';
import { ConnectionLostError } from './service-error';
import type { WireRequest } from './wire/wire-message';

export interface ServedOrganization {
  /** `http://127.0.0.1:…`, for `AWS_ENDPOINT_URL_ORGANIZATIONS` and its siblings. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Comes before a call, and may let in its caller. */
export type Admitting = (request: WireRequest) => Promise<void>;

export interface ServingOptions {
  /** Default: a free one. */
  readonly port?: number;
  readonly admitting?: Admitting;
  /** Another emulator, which answers for the services that are not modelled. Default: they are refused. */
  readonly others?: URL;
}

/**
 * Serves the organization on 127.0.0.1 only; port 0 (the default) takes a free one. A lost connection is a closed
 * socket. Rejects with the system's error where the port is in use.
 */
export async function serveOrganization(
  organization: Organization,
  { port = 0, admitting, others }: ServingOptions = {},
): Promise<ServedOrganization> {
  const server = createServer((incoming, outgoing) => {
    if (others !== undefined && isOfOthers(incoming)) {
      forwardRequest(incoming, outgoing, others);
      return;
    }
    answer(organization, admitting, incoming, outgoing).catch((error: unknown) => {
      fail(outgoing, error);
    });
  });
  // A caller whose process has stalled for some seconds meets a connection that is still open.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Signed for a service that is not modelled. */
function isOfOthers({ headers: { authorization = '' } }: IncomingMessage): boolean {
  const caller = readCaller({ method: '', path: '', query: {}, headers: { authorization }, body: Buffer.of() });
  return caller !== undefined && serviceCalled(caller.service) === undefined;
}

async function answer(
  organization: Organization,
  admitting: Admitting | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = await wireRequest(incoming);
  await admitting?.(request);
  const response = await organization.answer(request);
  outgoing.writeHead(response.status, { ...response.headers, 'content-length': response.body.byteLength });
  outgoing.end(response.body);
}

async function wireRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) {
    chunks.push(Buffer.from(chunk));
  }
  const headers = Object.entries(incoming.headers).map(([key, value]) => [key, String(value ?? '')] as const);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}

/** A fault of the model itself is answered as such, so that it is seen where it happens and not as a hanging call. */
function fail(outgoing: ServerResponse, error: unknown): void {
  if (error instanceof ConnectionLostError) {
    outgoing.destroy();
    return;
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  outgoing.writeHead(500, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ __type: 'ModelFault', message }));
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') {
    throw new TypeError('The organization server has no TCP address.');
  }
  return address.port;
}
