import * as z from 'zod/mini';
import { setTimeout as pause } from 'node:timers/promises';
import { RejectedError, TransientError } from '../../domain/base/errors';

/** A SCIM endpoint, and how to get in. */
export interface ScimEndpoint {
  /** `https://scim.<region>.amazonaws.com/<tenant>/scim/v2/`, with or without the last slash. */
  readonly endpoint: string;
  /** The secret that holds the access token: a person is told to renew it. */
  readonly tokenSecretArn: string;
  /** @param fresh read it again: the endpoint has refused the one that we had */
  readonly accessToken: (fresh: boolean) => Promise<string>;
  /** Waits until AWS answers one more call. */
  readonly pace?: (kind: 'read' | 'write') => Promise<void>;
  /** Lets time pass, in milliseconds; absent: real time. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** RFC 7644, section 3.12. AWS adds the name of the exception to its own form of it. */
const ScimErrorSchema = z.object({
  schemas: z.array(z.string()).check(z.refine((all) => all.includes('urn:ietf:params:scim:api:messages:2.0:Error'))),
  detail: z.optional(z.string()),
});

const isScimError = (content: unknown): boolean => ScimErrorSchema.safeParse(content).success;

/** Sorts an answer that is no success by what should happen next. */
function scimRefusal(scim: ScimEndpoint, doing: string, status: number, content: unknown): Error {
  const detail = `${status}: ${ScimErrorSchema.safeParse(content).data?.detail ?? 'no details given'}`;
  const refused = `The SCIM endpoint ${scim.endpoint} refused to ${doing} (${detail}).`;
  if (status === 429) return new TransientError(refused, { nothingDone: true });
  if (status >= 500 || status === 409 || status === 408) return new TransientError(refused);
  if (status === 401 || status === 403) return new RejectedError(refused, renew(scim), { denied: true });
  if (status === 404) return new RejectedError(refused, GONE);
  return new RejectedError(refused, CORRECT);
}

const renew = ({ tokenSecretArn }: ScimEndpoint): string =>
  'Generate an access token in IAM Identity Center (Settings, Automatic provisioning), put it as plain text into the secret ' +
  `${tokenSecretArn}, check scimEndpoint of awsSso in platform.json, and replay this run.`;

const GONE =
  'Check scimEndpoint of awsSso in platform.json, and whether somebody has just deleted what is named; then replay this run.';
const CORRECT =
  'Change what the endpoint names, in platform.json (awsSso) or in IAM Identity Center, and replay this run.';

interface ScimRequest {
  /** What is being done, as the rest of "SCIM refused to …". */
  readonly doing: string;
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST';
  readonly path: string;
  readonly body?: unknown;
}

/** `absent`: the endpoint says that what the path or the filter names is not there. */
type ScimAnswer = { readonly content: unknown } | 'absent';

/** AWS answers within a second or two; a function has a minute. */
const TIMEOUT_MILLISECONDS = 10_000;
/** As often as it is worth waiting within one invocation; the workflow's retriers do the rest. */
const TRIES = 3;
const LONGEST_PAUSE_SECONDS = 10;

/**
 * One call of a SCIM endpoint. Calls that AWS turns away (429) are repeated here as often as is worth waiting for, in
 * its own rhythm (`Retry-After`). A token that is refused is read once more.
 *
 * @throws TransientError when the endpoint cannot be reached, is throttled or has a fault of its own
 * @throws RejectedError when it says no
 */
export async function callScim(scim: ScimEndpoint, request: ScimRequest): Promise<ScimAnswer> {
  let isFresh = false;
  for (let tries = 1; ; tries += 1) {
    await scim.pace?.(request.method === 'GET' ? 'read' : 'write');
    const response = await send(scim, request, await scim.accessToken(isFresh));
    const content = await contentOf(response);
    if (response.ok) return { content };
    // Anybody between us and the endpoint can answer 404; only the endpoint itself says what is not there.
    if (response.status === 404 && isScimError(content)) return 'absent';
    if (response.status === 401 && !isFresh) {
      isFresh = true;
      continue;
    }
    if (response.status !== 429 || tries === TRIES) throw scimRefusal(scim, request.doing, response.status, content);
    await (scim.pause ?? pause)(retryAfterSeconds(response) * 1000);
  }
}

async function send(
  { endpoint }: ScimEndpoint,
  { doing, method, path, body }: ScimRequest,
  token: string,
): Promise<Response> {
  try {
    return await fetch(`${endpoint.replace(/\/$/u, '')}${path}`, {
      method,
      headers: { authorization: `Bearer ${token.trim()}`, accept: TYPE, ...(body === undefined ? {} : typed) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A redirect would take the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
  } catch (error) {
    throw new TransientError(`The SCIM endpoint ${endpoint} could not be reached to ${doing} (${reasonOf(error)}).`, {
      cause: error,
    });
  }
}

const TYPE = 'application/scim+json';
const typed = { 'content-type': TYPE };

/** Node's fetch hides why in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** Undefined where there is none, or it is no JSON: then the status alone speaks. */
async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** In seconds: the only form that AWS uses. */
function retryAfterSeconds({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? '1');
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), LONGEST_PAUSE_SECONDS) : 1;
}
