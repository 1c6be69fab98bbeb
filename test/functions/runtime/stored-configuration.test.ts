import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Context } from 'aws-lambda';

import { configurationHash, configurationText } from '../../../functions/domain/configuration/configuration-hash';
import { onConfiguredLambda, storedConfiguration } from '../../../functions/runtime/stored-configuration';
import { configuration } from '../domain/examples';

const CONFIGURATION = configuration();
const HASH = configurationHash(CONFIGURATION);
const TEXT = configurationText(CONFIGURATION);

const holding = (text: string) => ({ read: () => Promise.resolve(text), keep: () => Promise.resolve() });

describe('a stored configuration', () => {
  it('is the one that was stored', async () => {
    expect(await storedConfiguration(holding(TEXT), HASH)).toEqual(JSON.parse(TEXT));
    expect(configurationHash(await storedConfiguration(holding(TEXT), HASH))).toBe(HASH);
  });

  it('has another hash with any other content, and the same for the same', () => {
    expect(configurationHash(configuration(['platform.accountAccessRole', 'AnotherRole']))).not.toBe(HASH);
    expect(configurationHash(configuration())).toBe(HASH);
  });

  it.each([
    ['one space more', `${TEXT} `],
    ['something else', '{"platform":{},"landingZones":{}}'],
    ['no JSON', '{'],
  ])('is not worked by where somebody has changed it: %s', async (_, text) => {
    const reading = storedConfiguration(holding(text), HASH);

    await expect(reading).rejects.toMatchObject({ name: 'ConfigurationError' });
    await expect(reading).rejects.toThrow(`The stored configuration ${HASH} was changed since`);
  });
});

describe('a function on Lambda that works by the configuration', () => {
  const before = { ...process.env };
  const context = { functionName: 'Intake', awsRequestId: '1' } as Context;
  let server: Server;
  let answers: (readonly [number, string])[];
  let paths: string[];

  beforeEach(async () => {
    answers = [[200, TEXT]];
    paths = [];
    server = createServer(({ url = '' }, response) => {
      const [status, text] = (answers.length > 1 ? answers.shift() : answers[0]) ?? [500, ''];
      paths.push(url);
      response.writeHead(status).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_LAMBDA_FUNCTION_NAME: 'Intake',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: '000000000000',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      LEDGER_TABLE_NAME: 'ledger',
      CONFIGURATION_BUCKET: 'the-bucket',
      CONFIGURATION_HASH: HASH,
    });
  });

  afterEach(async () => {
    process.env = { ...before };
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const handlerOf = () =>
    onConfiguredLambda(
      (_, { platform }) =>
        (input) =>
          Promise.resolve([input, platform.accountAccessRole]),
    );

  it('reads it once for all its events', async () => {
    const handler = handlerOf();
    const role = CONFIGURATION.platform.accountAccessRole;

    expect(await Promise.all([handler(1, context), handler(2, context)])).toEqual([
      [1, role],
      [2, role],
    ]);
    expect(await handler(3, context)).toEqual([3, role]);
    expect(paths).toEqual([`/the-bucket/configurations/${HASH}.json`]);
  });

  it('ends an event without it, and reads it again for the next one', async () => {
    answers = [
      [404, '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>'],
      [200, TEXT],
    ];
    const handler = handlerOf();

    await expect(handler(1, context)).rejects.toMatchObject({ name: 'ConfigurationError' });
    expect(await handler(2, context)).toEqual([2, CONFIGURATION.platform.accountAccessRole]);
  });

  it('reads another one when it is asked for, once, and again where it could not be read', async () => {
    const other = configuration(['platform.accountAccessRole', 'AnotherRole']);
    const handler = onConfiguredLambda((_, __, at) => async () => {
      const [one, two] = await Promise.all([at(configurationHash(other)), at(configurationHash(other))]);
      return [one.platform.accountAccessRole, two.platform.accountAccessRole];
    });
    answers = [
      [200, TEXT],
      [404, '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>'],
      [200, configurationText(other)],
    ];

    await expect(handler(1, context)).rejects.toMatchObject({ name: 'ConfigurationError' });
    expect(await handler(2, context)).toEqual(['AnotherRole', 'AnotherRole']);
    expect(await handler(3, context)).toEqual(['AnotherRole', 'AnotherRole']);
    const place = (hash: string) => `/the-bucket/configurations/${hash}.json`;
    expect(paths).toEqual([HASH, configurationHash(other), configurationHash(other)].map(place));
  });

  it.each(['CONFIGURATION_BUCKET', 'CONFIGURATION_HASH'])('stops its start without %s', (name) => {
    Reflect.deleteProperty(process.env, name);

    expect(handlerOf).toThrow(name);
  });
});
