import { TransientError } from '../../domain/base/errors';
import type { Webhook } from '../../ports/notifications';

/** Ten of a batch, one after the other, end within the function's time-out. */
const TIMEOUT_MILLISECONDS = 8000;

/** The webhook of an address. Neither address nor answer is logged: either may hold what is nobody's business. */
export const httpsWebhook = (
  url: string,
  secrets: Webhook['secrets'],
  send: (request: Request) => Promise<Response> = (request) => fetch(request),
): Webhook => ({
  secrets,
  post: async ({ body, headers }) => {
    const request = new Request(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const response = await send(request).catch((cause: unknown) => {
      throw new TransientError('The webhook could not be reached.', { cause });
    });
    await response.body?.cancel();
    if (!response.ok) throw new TransientError(`The webhook answered ${response.status}, not 2xx.`);
  },
});
