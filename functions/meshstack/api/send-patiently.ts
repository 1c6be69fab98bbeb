import * as z from 'zod/mini';

import { TransientError } from '../../domain/base/errors';
import type { Log } from '../../ports/log';

export interface MeshStackRequest {
  /** What is being done, as the rest of "meshStack refused to …". */
  readonly doing: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** With its query, behind the endpoint. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether it does no harm a second time, after an answer was lost. */
  readonly mayRepeat: boolean;
}

/** A page of a thousand events takes its time. */
const TIMEOUT_MILLISECONDS = 30_000;
const TRIES = 4;
/** Longer than this is not waited for within one poll. */
const LONGEST_PAUSE_SECONDS = 30;
const PASSING = new Set([502, 503, 504]);

/**
 * One request, repeated as long as that is worth waiting for: when meshStack is busy (429, in the rhythm of its
 * `Retry-After`), and, where a second time does no harm, when it cannot be reached or has a fault that passes.
 *
 * @throws TransientError with the seconds that meshStack has asked for
 */
export async function sendPatiently(access: MeshStackAccess, request: MeshStackRequest): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await answerOf(access, request);
    const isBusy = response?.status === 429;
    const mayPass = isBusy || (request.mayRepeat && (response === null || PASSING.has(response.status)));
    if (response !== null && !isBusy && !PASSING.has(response.status)) return response;
    const seconds = pauseSeconds(response, tries, access.now());
    if (!mayPass || tries === TRIES || seconds > LONGEST_PAUSE_SECONDS)
      throw passing(access, request, response, seconds);
    await access.wait(seconds * 1000);
  }
}

/** Null when there was none. */
async function answerOf(access: MeshStackAccess, request: MeshStackRequest): Promise<Response | null> {
  const { doing, method, path, headers, body } = request;
  try {
    return await (access.send ?? fetch)(
      new Request(`${access.endpoint}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        // A redirect would take the token elsewhere.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      }),
    );
  } catch (cause) {
    access.log.warn('meshStack could not be reached', { doing, cause: String(cause) });
    return null;
  }
}

/** `Retry-After` is seconds or a date (RFC 9110); without one, longer each time. */
function pauseSeconds(response: Response | null, tries: number, now: Date): number {
  const wanted = response?.headers.get('retry-after') ?? null;
  if (wanted === null) return 2 ** (tries - 1);
  const seconds = Number(wanted);
  if (Number.isFinite(seconds)) return Math.max(seconds, 0);
  const until = Date.parse(wanted);
  return Number.isNaN(until) ? 1 : Math.max(Math.ceil((until - now.getTime()) / 1000), 0);
}

function passing(
  { endpoint }: MeshStackAccess,
  { doing }: MeshStackRequest,
  response: Response | null,
  seconds: number,
): TransientError {
  const answered = response === null ? 'could not be reached' : `answered ${response.status}`;
  return new TransientError(`meshStack (${endpoint}) ${answered} when it was asked to ${doing}.`, {
    nothingDone: response?.status === 429,
    retryAfterSeconds: response?.headers.has('retry-after') === true ? seconds : null,
  });
}

/** Undefined where there is none, or it is no JSON: then the status alone speaks. */
export async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The address of meshStack's API, and its credentials. */
export interface MeshStackAccess {
  readonly endpoint: string;
  /** What a person is told to look at when the key is refused. */
  readonly secretArn: string;
  /** The secret's text: `{ "clientId", "clientSecret" }`. */
  readonly apiKey: (fresh: boolean) => Promise<string>;
  readonly now: () => Date;
  /** Lets time pass, in milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: Log;
  /** Carries a request there; absent: over the network. */
  readonly send?: (request: Request) => Promise<Response>;
}
