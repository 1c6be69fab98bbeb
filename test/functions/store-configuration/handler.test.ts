import fs from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import timers from 'node:timers/promises';

import { contentHash } from '../../../functions/domain/base/json';
import { handler } from '../../../functions/store-configuration/handler';

const TEXT = '{"landingZones":{},"platform":{}}';
/** Beside the bundled handler. */
const FILE = path.resolve('functions/store-configuration/configuration.json');

interface Got extends Pick<IncomingMessage, 'method' | 'url' | 'headers'> {
  readonly body: string;
}

describe('the function that stores the configuration of a deployment', () => {
  const before = { ...process.env };
  const { readFileSync } = fs;
  const waits: unknown[] = [];
  let server: Server;
  let spies: readonly { readonly mockRestore: () => void }[];
  let got: Got[];
  /** One after the other; then all is well. */
  let statuses: number[];

  beforeEach(async () => {
    [got, statuses, waits.length] = [[], [], 0];
    server = createServer((request, response) => {
      const { method, url, headers } = request;
      void text(request).then((body) => {
        got.push({ method, url, headers, body });
        response.writeHead(statuses.shift() ?? 200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env = {
      ...before,
      AWS_REGION: 'eu-west-3',
      AWS_ACCESS_KEY_ID: '000000000000',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_S3: address(),
      CONFIGURATION_BUCKET: 'the-bucket',
    };
    const wait = (milliseconds?: number) => Promise.resolve(void waits.push(milliseconds));
    const read = (file: string, options: unknown) =>
      file === FILE && options === 'utf8' ? TEXT : readFileSync(file, options as never);
    spies = [
      jest.spyOn(timers, 'setTimeout').mockImplementation(wait),
      jest.spyOn(fs, 'readFileSync').mockImplementation(read as never),
    ];
  });

  afterEach(async () => {
    for (const spy of spies) spy.mockRestore();
    process.env = { ...before };
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const call = () =>
    handler({
      RequestType: 'Create',
      ResponseURL: `${address()}/answer?signed=1`,
      StackId: 'stack',
      RequestId: 'r-1',
      LogicalResourceId: 'Stored',
    });

  it('puts it into its bucket, and tells CloudFormation as that wants to be told', async () => {
    await call();
    expect(got).toMatchObject([
      { method: 'PUT', url: `/the-bucket/configurations/${contentHash(JSON.parse(TEXT))}.json`, body: TEXT },
      { method: 'PUT', url: '/answer?signed=1', headers: { 'content-type': '' } },
    ]);
    expect(got[0]?.headers.authorization).toContain('/eu-west-3/s3/');
    expect(JSON.parse(got[1]?.body ?? '')).toMatchObject({ Status: 'SUCCESS', RequestId: 'r-1' });
  });

  it('waits before it asks S3 again', async () => {
    statuses = [503];
    await call();
    expect(got.map(({ url }) => url?.slice(0, 7))).toEqual(['/the-bu', '/the-bu', '/answer']);
    expect(waits).toEqual([200]);
  });

  it('fails where CloudFormation does not take the answer: its deployment would wait for an hour', async () => {
    statuses = [200, 403];
    await expect(call()).rejects.toThrow('CloudFormation did not take the answer (403).');
  });
});
