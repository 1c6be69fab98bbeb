import { VendingApiError } from '../src/errors';
import type { DesiredState } from '../src/schemas';
import { vendingClient, type VendingClient, type VendingClientOptions } from '../src/vending-client';
import { vending } from './vending';

const API = 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/v1';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const desiredState = { replicationSequence: 17 } as DesiredState;

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function answering(status: number, body: unknown, options: Partial<VendingClientOptions> = {}) {
  const sent: Sent[] = [];
  const send: typeof fetch = (url, init) => {
    const headers = init?.headers as Record<string, string>;
    sent.push({ url: new Request(url).url, method: init?.method, headers, body: init?.body });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve(new Response(text, { status, headers: { 'content-type': 'application/json' } }));
  };
  const client: VendingClient = vendingClient({ apiUrl: API, credentials, fetch: send, ...options });
  return { client, sent };
}

const ACCEPTED = { tenantUuid: 'a', replicationSequence: 17, executionArn: null, status: 'ACCEPTED' };

describe('the client', () => {
  it('orders by a signed request', async () => {
    const { client, sent } = answering(202, ACCEPTED);

    await expect(client.order(desiredState)).resolves.toEqual(ACCEPTED);
    expect(sent).toMatchObject([
      {
        url: `${API}/vendings`,
        method: 'POST',
        body: JSON.stringify(desiredState),
        headers: {
          'content-type': 'application/json',
          'x-amz-security-token': 'token',
          authorization: expect.stringMatching(
            /Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/execute-api\/aws4_request/u,
          ) as string,
        },
      },
    ]);
  });

  it('overrules a newer order when it is told to', async () => {
    const { client, sent } = answering(202, ACCEPTED);
    await client.order(desiredState, { force: true });

    expect(sent[0]?.url).toBe(`${API}/vendings?force=true`);
  });

  it('reads a vending, by the uuid of its tenant', async () => {
    const { client, sent } = answering(200, vending({ status: 'VENDED' }));

    await expect(client.waitFor('a-b')).resolves.toMatchObject({ status: 'VENDED' });
    expect(sent).toMatchObject([{ url: `${API}/vendings/a-b`, method: 'GET', body: undefined }]);
  });

  it('throws what the API says, with every fault', async () => {
    const errors = [{ field: 'tenant.metadata.uuid', message: 'is missing.' }];
    const type = 'urn:account-vending:problem:invalid-desired-state';
    const { client } = answering(422, { type, title: 'Refused', status: 422, detail: 'One fault.', errors });

    const refused = client.order(desiredState);

    await expect(refused).rejects.toThrow(VendingApiError);
    await expect(refused).rejects.toMatchObject({ status: 422, type, title: 'Refused', faults: errors });
    await expect(refused).rejects.toThrow('One fault.\n  tenant.metadata.uuid: is missing.');
  });

  it.each([
    ['of API Gateway', { message: 'Forbidden' }, 'Forbidden'],
    ['of something else', '<html>', 'has answered with 403. Check apiUrl.'],
  ])('throws an answer %s as well', async (_, body, message) => {
    await expect(answering(403, body).client.order(desiredState)).rejects.toThrow(message);
  });

  it('needs a region, from the URL or given', () => {
    const before = { ...process.env };
    delete process.env['AWS_REGION'];
    delete process.env['AWS_DEFAULT_REGION'];
    const apiUrl = 'https://vending.corp.example';

    expect(() => vendingClient({ apiUrl, credentials })).toThrow('Give region, or set AWS_REGION.');
    expect(() => vendingClient({ apiUrl, credentials, region: 'eu-west-1' })).not.toThrow();

    process.env = before;
  });
});
