import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { type ConsoleAnswer, textAnswer } from './console-answer';

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Why a request is refused; null: it may come in. The host keeps out names that an attacker leads to this machine (DNS
 * rebinding), the origin keeps out other pages in the same browser, and the token keeps out everybody who was not given
 * the address.
 */
export function faultOfRequest(
  { method, url, headers }: Request,
  { token, origin }: { readonly token: string; readonly origin: string },
): ConsoleAnswer | null {
  if (headers.host !== new URL(origin).host) return textAnswer(403, 'Open the console at the address that it printed.');
  if (isForeign(method, headers, origin)) return textAnswer(403, 'Another page may not call the console.');
  if (!isSame(url.split('/')[1] ?? '', token)) {
    return textAnswer(404, 'There is nothing here. Open the console at the whole address that it printed.');
  }
  return null;
}

/** A browser says where a request comes from; one that writes has to say it. */
function isForeign(method: string, headers: IncomingHttpHeaders, origin: string): boolean {
  const { origin: from, 'sec-fetch-site': site } = headers;
  if (from !== undefined) return from !== origin;
  if (method !== 'GET') return true;
  // Typed or followed from a terminal: none; by the page itself: same-origin. Programs send none of these.
  return site !== undefined && site !== 'none' && site !== 'same-origin';
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
