import { httpsWebhook } from '../../../functions/notifications/webhook/https-webhook';

const URL = 'https://hooks.corp.example/vending?key=secret';
const REQUEST = { body: '{"type":"T"}', headers: { 'webhook-id': 'e-1', 'content-type': 'application/json' } };
const secrets = () => Promise.resolve(['AAAA']);

describe('the webhook', () => {
  it('gets the body byte by byte, with its headers', async () => {
    const requests: Request[] = [];
    const send = (request: Request) => {
      requests.push(request);
      return Promise.resolve(new Response('thanks'));
    };
    await httpsWebhook(URL, secrets, send).post(REQUEST);

    const [request] = requests;
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe(URL);
    expect(request?.headers.get('webhook-id')).toBe('e-1');
    expect(await request?.text()).toBe(REQUEST.body);
  });

  it.each([301, 400, 401, 410, 429, 500])('is tried again after %s, and sent nowhere else', async (status) => {
    const targets: string[] = [];
    const send = (request: Request) => {
      targets.push(`${request.url} ${request.redirect}`);
      return Promise.resolve(new Response(null, { status, headers: { location: 'https://elsewhere.example' } }));
    };

    await expect(httpsWebhook(URL, secrets, send).post(REQUEST)).rejects.toMatchObject({
      name: 'TransientError',
      message: `The webhook answered ${status}, not 2xx.`,
    });
    expect(targets).toEqual([`${URL} manual`]);
  });

  it('that cannot be reached does not tell its address in the message', async () => {
    const cause = new TypeError('fetch failed');
    const send = () => Promise.reject(cause);

    await expect(httpsWebhook(URL, secrets, send).post(REQUEST)).rejects.toMatchObject({
      name: 'TransientError',
      message: 'The webhook could not be reached.',
      cause,
    });
  });

  it('is given up so soon that ten, one after the other, end within the time-out of the function', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout');
    await httpsWebhook(URL, secrets, () => Promise.resolve(new Response())).post(REQUEST);

    expect(timeout.mock.calls).toEqual([[8000]]);
    timeout.mockRestore();
  });
});
