import { createHash, createHmac } from 'node:crypto';

import {
  defaultProvider,
  EventStreamSerde,
  Md5,
  NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS,
  resolveEndpointDiscoveryConfig,
  Sha256,
} from '../../../../functions/aws/base/sdk-parts';

const NAMES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

describe('the credentials of a function', () => {
  const before = { ...process.env };

  afterEach(() => {
    process.env = { ...before };
  });

  const given = (values: readonly (string | undefined)[]): void => {
    NAMES.forEach((name, index) => {
      const value = values[index];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    });
  };

  it('are those of its environment', async () => {
    given(['id', 'secret', 'token']);
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' });
    given(['id', 'secret', undefined]);
    expect(await defaultProvider()()).toStrictEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
  });

  it('are missed by name', async () => {
    given(['id', undefined, 'token']);
    await expect(defaultProvider()()).rejects.toThrow('AWS_SECRET_ACCESS_KEY is not set');
    given(['', 'secret', 'token']);
    await expect(defaultProvider()()).rejects.toThrow('AWS_ACCESS_KEY_ID is not set. Lambda sets it');
  });
});

const TEXT = 'account vending';
const BYTES = new TextEncoder().encode(`..${TEXT}..`);

describe('hashes', () => {
  const inHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

  it.each([
    { kind: 'text', data: TEXT },
    { kind: 'a view of bytes', data: BYTES.subarray(2, -2) },
    { kind: 'a buffer', data: BYTES.slice(2, -2).buffer },
  ])('are those of Node: of $kind', async ({ data }) => {
    for (const [Hash, algorithm] of [
      [Sha256, 'sha256'],
      [Md5, 'md5'],
    ] as const) {
      const plain = new Hash();
      plain.update(data);
      const keyed = new Hash(data);
      keyed.update(TEXT);

      expect(inHex(await plain.digest())).toBe(createHash(algorithm).update(TEXT).digest('hex'));
      expect(inHex(await keyed.digest())).toBe(createHmac(algorithm, TEXT).update(TEXT).digest('hex'));
    }
  });

  it('go on after a digest, and begin again after a reset', async () => {
    const hash = new Sha256();
    hash.update('account ');
    await hash.digest();
    hash.update('vending');
    expect(inHex(await hash.digest())).toBe(createHash('sha256').update(TEXT).digest('hex'));
    hash.reset();
    expect(inHex(await hash.digest())).toBe(createHash('sha256').digest('hex'));
  });

  it('keep their secret over a reset', async () => {
    const hash = new Sha256('key');
    hash.update('something else');
    await hash.digest();
    hash.reset();
    hash.update(TEXT);
    expect(inHex(await hash.digest())).toBe(createHmac('sha256', 'key').update(TEXT).digest('hex'));
  });
});

describe('what no call needs', () => {
  it('leaves a client as it is configured', () => {
    const given = { region: 'eu-central-1' };
    expect(resolveEndpointDiscoveryConfig(given)).toBe(given);
    expect(NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS.default).toBe(false);
  });

  it('is missed by name where a stream of events is to be read', () => {
    expect(() => EventStreamSerde()).toThrow('take @smithy/core/event-streams out of INSTEAD');
  });
});
