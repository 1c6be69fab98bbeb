import { createServer, type IncomingMessage } from 'node:http';
import path from 'node:path';

import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { embeddedStage } from '../../sandbox/runtime/stage/embedded-stage';
import type { ApiAnswer } from '../../sandbox/runtime/stage/stage';

/*
 * The embedded application behind an API over HTTP, in virtual time: ten minutes go by with each call. A process of its
 * own, which prints its URL and lives until it is ended.
 */

const REGION = 'eu-central-1';
const CREDENTIALS = { accessKeyId: '000000000000', secretAccessKey: 'test' };
const MINUTES = 10;

const stage = await embeddedStage(loadConfiguration(path.join(projectRoot, 'sandbox/config')), 1);

let earlier: Promise<unknown> = Promise.resolve();

const server = createServer((request, response) => {
  const answer = earlier.then(() => answerTo(request));
  earlier = answer.then(
    ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});

async function answerTo(request: IncomingMessage): Promise<ApiAnswer> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  if (!(await isSigned(request, url, body))) return { status: 403, body: { message: 'Forbidden' } };
  const call = { path: url.pathname.replace(/^\/v1/u, ''), query: Object.fromEntries(url.searchParams) };
  for (let second = 0; second < MINUTES * 60; second += 1) await stage.pause();
  return request.method === 'POST'
    ? stage.callApi({ ...call, method: 'POST', body: JSON.parse(body) as unknown })
    : stage.callApi({ ...call, method: 'GET' });
}

/** As API Gateway does: what has arrived is signed again, and the signature has to be the one that came with it. */
async function isSigned(request: IncomingMessage, url: URL, body: string): Promise<boolean> {
  const given = request.headers.authorization ?? '';
  const names = /SignedHeaders=([^,]+)/u.exec(given)?.[1]?.split(';') ?? [];
  const date = /^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/u.exec(String(request.headers['x-amz-date']));
  if (date === null) return false;
  const signer = new SignatureV4({ service: 'execute-api', region: REGION, credentials: CREDENTIALS, sha256: Sha256 });
  const { headers } = await signer.sign(
    {
      method: request.method ?? '',
      protocol: 'http:',
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body,
      headers: Object.fromEntries(names.map((name) => [name, String(request.headers[name])])),
    },
    { signingDate: new Date(`${date[1]}-${date[2]}-${date[3]}:${date[4]}:${date[5]}`) },
  );
  return headers['authorization'] === given;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/v1\n`);
});
