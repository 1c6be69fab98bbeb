import { s3Configurations } from '../../../../functions/aws/s3/s3-configurations';
import type { SdkRequestHandler } from '../../../../functions/aws/base/aws-settings';

const HASH = 'ab'.repeat(32);

interface Sent {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Answers with these, one after the other; the last one stays. */
function storage(...answers: readonly (readonly [status: number, text: string])[]) {
  const requests: Sent[] = [];
  const left = [...answers];
  const handler = {
    handle: (request: Sent) => {
      requests.push(request);
      const [statusCode, text] = (left.length > 1 ? left.shift() : left[0]) ?? [500, ''];
      return Promise.resolve({ response: { statusCode, headers: {}, body: Buffer.from(text) } });
    },
  };
  const waits: number[] = [];
  const wait = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  const settings = {
    region: 'eu-central-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
    requestHandler: handler as unknown as SdkRequestHandler,
  };
  const place = { bucket: 'the-bucket', prefix: 'configurations/' };
  const store = s3Configurations(settings, place, wait);
  const local = s3Configurations({ ...settings, storageEndpoint: 'http://127.0.0.1:4566/' }, place, wait);
  return { requests, waits, store, local };
}

const refused = (code: string): string =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>As a test has it.</Message></Error>`;

describe('configurations in S3', () => {
  it('are read under their hash, by a signed call of the bucket', async () => {
    const { requests, store } = storage([200, '{"platform":{}}']);

    expect(await store.read(HASH)).toBe('{"platform":{}}');
    expect(requests).toMatchObject([
      {
        method: 'GET',
        protocol: 'https:',
        hostname: 'the-bucket.s3.eu-central-1.amazonaws.com',
        path: `/configurations/${HASH}.json`,
      },
    ]);
    expect(requests[0]?.headers['authorization']).toContain('/eu-central-1/s3/aws4_request');
    expect(requests[0]?.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/u);
    expect(requests[0]?.headers['host']).toBe('the-bucket.s3.eu-central-1.amazonaws.com');
    expect([requests[0]?.port, requests[0]?.body, requests[0]?.headers['content-type']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are read at another endpoint by its path', async () => {
    const { requests, local } = storage([200, '{}']);
    await local.read(HASH);

    expect(requests).toMatchObject([
      { protocol: 'http:', hostname: '127.0.0.1', port: 4566, path: `/the-bucket/configurations/${HASH}.json` },
    ]);
    expect(requests[0]?.headers).toMatchObject({ host: '127.0.0.1:4566' });
  });

  it('are written under their hash', async () => {
    const { requests, store } = storage([200, '']);
    await store.keep(HASH, '{"a":1}');

    expect(requests).toMatchObject([{ method: 'PUT', path: `/configurations/${HASH}.json`, body: '{"a":1}' }]);
    expect(requests[0]?.headers['content-type']).toBe('application/json');
  });

  it.each([
    [404, 'NoSuchKey'],
    [404, 'NoSuchBucket'],
    [403, 'AccessDenied'],
  ])('that are missing are told with hash, bucket and remedy, once: %d %s', async (status, code) => {
    const { requests, store } = storage([status, refused(code)]);

    await expect(store.read(HASH)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message:
        `The configuration ${HASH} cannot be read from the bucket the-bucket (${code}: As a test has it.). ` +
        'S3 says AccessDenied of an object that is not there, too. Deploy the app again: that stores it.',
    });
    expect(requests).toHaveLength(1);
  });

  it('are asked for again where S3 is too busy, three times in all', async () => {
    const passing = storage([503, refused('SlowDown')], [500, refused('InternalError')], [200, '{}']);
    const lasting = storage([503, refused('SlowDown')]);

    expect(await passing.store.read(HASH)).toBe('{}');
    expect(passing.waits).toEqual([200, 400]);
    await expect(lasting.store.read(HASH)).rejects.toMatchObject({ name: 'TransientError' });
    expect(lasting.requests).toHaveLength(3);
  });

  it('that may not be written are a refusal with a remedy', async () => {
    const { store } = storage([403, refused('AccessDenied')]);

    await expect(store.keep(HASH, '{}')).rejects.toMatchObject({
      name: 'RejectedError',
      denied: true,
      reason: expect.stringContaining('refused to store the configuration in the bucket the-bucket (') as unknown,
    });
  });

  it('are not read from an answer that is none, and the words of S3 are kept', async () => {
    await expect(storage([300, 'Moved']).store.read(HASH)).rejects.toMatchObject({
      name: 'UnknownError',
      message: 'Moved',
    });
    await expect(storage([500, '<Code>Odd</Code>']).store.read(HASH)).rejects.toThrow(
      'AWS could not read the configuration just now (Odd: <Code>Odd</Code>).',
    );
  });
});
