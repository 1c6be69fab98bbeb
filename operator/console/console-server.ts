import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type ApiAccess, type SignedRequest, signedRequest } from '../api/signed-request';
import { errorMessage } from '../error-message';
import { answerApi } from './answer-api';
import { bundledFile } from './bundled-file';
import { faultOfRequest } from './request-fault';
import { type ConsoleAnswer, problem, textAnswer } from './console-answer';

export interface ConsoleOptions {
  /** The folder that `npm run build:console` has written. */
  readonly bundle: string;
  readonly apiUrl: string;
  /** Absent: the credentials that every AWS command finds. */
  readonly access?: ApiAccess;
  /** The release, for links to its documents. */
  readonly version: string;
}

export interface RunningConsole {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * The console, on this machine alone: the page, and behind it the API, signed with the caller's own credentials. Only a
 * browser that knows the random path comes in, and only from the page itself: another page in the same browser reaches
 * neither.
 */
export async function serveConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const token = randomBytes(16).toString('base64url');
  const call = signedRequest(options.apiUrl, options.access);
  const server = createServer((request, response) => {
    answerTo(request, { ...options, token, call, origin: originOf(server) }).then(
      (answer) => {
        send(response, answer);
      },
      (error: unknown) => {
        send(response, problem(500, 'The console has failed', errorMessage(error)));
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `${originOf(server)}/${token}/`, stop: () => stopped(server) };
}

const originOf = (server: Server): string => `http://127.0.0.1:${portOf(server.address())}`;

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

type Context = ConsoleOptions & { readonly token: string; readonly call: SignedRequest; readonly origin: string };

async function answerTo(request: IncomingMessage, context: Context): Promise<ConsoleAnswer> {
  const { bundle, apiUrl, version, token, call, origin } = context;
  const fault = faultOfRequest(
    { method: request.method ?? 'GET', url: request.url ?? '/', headers: request.headers },
    { token, origin },
  );
  if (fault !== null) return fault;
  const url = new URL(request.url ?? '/', origin);
  const path = url.pathname.slice(token.length + 1);
  if (path.startsWith('/api/')) return answerApi(request, url, path.slice('/api'.length), call);
  if (request.method !== 'GET') return textAnswer(405, 'Only GET is answered here.');
  if (path === '/installation.json') return textAnswer(200, JSON.stringify({ apiUrl, version }), 'application/json');
  return bundledFile(bundle, path);
}

function send(response: ServerResponse, { status, headers, body }: ConsoleAnswer): void {
  response.writeHead(status, { ...SAFE_HEADERS, ...headers });
  response.end(body);
}

/** The page loads nothing from elsewhere, and no other page may frame it or learn its address. */
const SAFE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
