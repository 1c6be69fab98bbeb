import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type RunningConsole, serveConsole } from '../../../operator/console/console-server';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** fetch would send no Host of ours. */
const call = (url: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        resolve({ status, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

describe('the server of the console', () => {
  const received: Received[] = [];
  let api: Server;
  let folder: string;
  let served: RunningConsole;
  let origin: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'console-'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
    api = createServer((asked, response) => {
      const chunks: Buffer[] = [];
      asked.on('data', (chunk: Buffer) => chunks.push(chunk));
      asked.on('end', () => {
        const { method, url, headers } = asked;
        received.push({ method, url, authorization: headers.authorization, body: Buffer.concat(chunks).toString() });
        response.writeHead(409, { 'content-type': 'application/problem+json' });
        response.end('{"title":"Busy"}');
      });
    });
    await new Promise<void>((resolve) => {
      api.listen(0, '127.0.0.1', resolve);
    });
    served = await serveConsole({
      bundle: folder,
      apiUrl: `http://127.0.0.1:${(api.address() as AddressInfo).port}/v1`,
      access: { region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } },
      version: '1.2.3',
    });
    ({ origin } = new URL(served.url));
  });

  beforeEach(() => {
    received.length = 0;
  });

  afterAll(async () => {
    await served.stop();
    api.close();
    rmSync(folder, { recursive: true });
  });

  it('listens on this machine alone, below a path that nobody guesses', () => {
    const { hostname, pathname } = new URL(served.url);

    expect(hostname).toBe('127.0.0.1');
    expect(pathname).toMatch(/^\/[\w-]{22}\/$/u);
  });

  it('gives the page, which may load nothing from elsewhere', async () => {
    const { status, headers, body } = await call(served.url);

    expect([status, body]).toEqual([200, '<!doctype html>']);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  it('signs calls of the API with the credentials of the caller, and answers what it answers', async () => {
    const headers = { origin, 'content-type': 'application/json' };
    const answer = await call(`${served.url}api/vendings?dryRun=true`, { method: 'POST', headers, body: '{"a":1}' });

    expect([answer.status, answer.body]).toEqual([409, '{"title":"Busy"}']);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(received).toEqual([
      {
        method: 'POST',
        url: '/v1/vendings?dryRun=true',
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/execute-api/u,
        ) as string,
        body: '{"a":1}',
      },
    ]);
  });

  it('says which API it calls, and of which release it is', async () => {
    const { body } = await call(`${served.url}installation.json`);

    expect(JSON.parse(body)).toMatchObject({ version: '1.2.3' });
  });

  const vendings = (): string => `${served.url}api/vendings`;

  it.each<readonly [string, number, () => string, Call]>([
    ['without the token', 404, () => `${origin}/api/vendings`, {}],
    ['with another token', 404, () => `${origin}/${'x'.repeat(22)}/api/vendings`, {}],
    ['for a name that was led to this machine', 403, vendings, { headers: { host: 'evil.example' } }],
    ['for another name of this machine', 403, vendings, { headers: { host: 'localhost:1' } }],
    ['from another page', 403, vendings, { headers: { origin: 'https://evil.example' } }],
    ['from a page without an origin', 403, vendings, { headers: { origin: 'null' } }],
    ['by an element of another page', 403, vendings, { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['by another port of this machine', 403, vendings, { headers: { 'sec-fetch-site': 'same-site' } }],
    ['to write, by who does not say from where', 403, vendings, { method: 'POST', body: '{}' }],
  ])('refuses a request %s', async (_, status, url, given) => {
    expect((await call(url(), given)).status).toBe(status);
    expect(received).toEqual([]);
  });

  it('lets the page itself in', async () => {
    const headers = { origin, 'sec-fetch-site': 'same-origin' };

    expect((await call(served.url, { headers: { 'sec-fetch-site': 'none' } })).status).toBe(200);
    expect((await call(vendings(), { headers })).status).toBe(409);
    expect((await call(`${vendings()}/a/replay`, { method: 'POST', headers })).status).toBe(409);
  });

  it.each([
    '../package.json',
    '%2e%2e/package.json',
    'assets/../index.html/x',
    'assets/a/b.js',
    '.vite/manifest.json',
    'x.js',
  ])('gives no file but those of the page: %s', async (file) => {
    expect((await call(`${served.url}${file}`)).status).toBe(404);
  });

  it('takes no file from the page', async () => {
    expect((await call(served.url, { method: 'PUT', headers: { origin } })).status).toBe(405);
    expect((await call(vendings(), { method: 'PATCH', headers: { origin } })).status).toBe(405);
  });

  it('refuses what is too large before it calls the API', async () => {
    const answer = await call(vendings(), { method: 'POST', headers: { origin }, body: 'x'.repeat(1_000_001) });

    expect(answer.status).toBe(413);
    expect(received).toEqual([]);
  });
});

describe('the server of the console, without an API', () => {
  it('says why the API cannot be called', async () => {
    const access = { region: 'eu-central-1', credentials: { accessKeyId: 'A', secretAccessKey: 'B' } };
    const served = await serveConsole({ bundle: '/nowhere', apiUrl: 'http://127.0.0.1:1/v1', access, version: '1' });
    const { status, body } = await call(`${served.url}api/vendings`);
    const page = await call(served.url);
    await served.stop();

    expect(status).toBe(502);
    expect(JSON.parse(body)).toMatchObject({
      status: 502,
      detail: expect.stringContaining('cannot be reached') as string,
    });
    expect(page.status).toBe(404);
  });
});
