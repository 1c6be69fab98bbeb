import * as z from 'zod/mini';

import { InvalidRequestError, RejectedError } from '../../domain/base/errors';
import { type Checked, type Fault, refused } from '../../domain/base/fault';
import { parsedJson } from '../../domain/base/json';
import { faultsOf } from '../../domain/base/schema-faults';
import { contentOf, type MeshStackAccess, type MeshStackRequest, sendPatiently } from './send-patiently';

export type UnversionedQuestion = Pick<MeshStackRequest, 'doing' | 'method' | 'path' | 'mayRepeat'> & {
  readonly body?: unknown;
};

export type Question = UnversionedQuestion & {
  /** The version of the object that is asked for; meshStack takes no request without one. */
  readonly mediaType: string;
};

interface Answer {
  readonly status: number;
  readonly content: unknown;
}

/** Asks meshStack: `tolerated` answers come back, all others that are no success are errors. */
export type MeshStackSession<Asked = Question> = (question: Asked, tolerated?: readonly number[]) => Promise<Answer>;

/** One login for many requests. A token that is refused is renewed once for each request. */
export function meshStackSession(access: MeshStackAccess): MeshStackSession {
  const token = accessToken(access);
  const ask = async ({ mediaType, body, ...request }: Question, renew: boolean): Promise<Response> =>
    sendPatiently(access, {
      ...request,
      headers: {
        authorization: `Bearer ${await token(renew)}`,
        accept: mediaType,
        ...(request.method === 'GET' ? {} : { 'content-type': mediaType }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return async (question, tolerated = []) => {
    const first = await ask(question, false);
    const response = first.status === 401 ? await ask(question, true) : first;
    if (!response.ok && !tolerated.includes(response.status)) throw refusal(access, question, response.status);
    return { status: response.status, content: await contentOf(response) };
  };
}

function refusal({ endpoint, secretArn }: MeshStackAccess, { doing, method }: Question, status: number): Error {
  const reason = `meshStack (${endpoint}) refused to ${doing} (${status}).`;
  if (status === 401 || status === 403) {
    const remedy =
      `Give the API key in ${secretArn} the admin permissions to list tenants, projects, workspaces, payment methods, users, bindings and ` +
      'event logs, and to update building block runs; docs/meshstack.md has the list.';
    return new RejectedError(reason, remedy, { denied: true });
  }
  if (status === 404 || status === 410) {
    return unreadable(doing, 'is not there any more. Look for it in meshStack; it is asked for again within an hour.');
  }
  // A fault of meshStack's own with one object stops nobody else.
  if (method === 'GET')
    return unreadable(doing, `cannot be read: meshStack (${endpoint}) answered ${status}. ${CHECK_VERSION}`);
  return new RejectedError(reason, CHECK_VERSION);
}

const CHECK_VERSION = 'Check meshStack.endpoint in platform.json, and which versions this meshStack offers.';

const unreadable = (doing: string, message: string): InvalidRequestError =>
  new InvalidRequestError([{ field: doing.replace(/^read /u, ''), message }]);

/** An object of meshStack, or every field of it that we cannot read, each behind the object's name. */
export function readObject<Schema extends z.ZodMiniType>(
  schema: Schema,
  content: unknown,
  name: string,
): Checked<z.infer<Schema>> {
  const parsed = schema.safeParse(content, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  const named = ({ field, ...fault }: Fault): Fault => ({ ...fault, field: `${name}: ${field}` });
  return refused(...faultsOf(parsed.error, schema, 'content').map(named));
}

/** @throws InvalidRequestError when it cannot be read */
export function objectOf<Schema extends z.ZodMiniType>(
  schema: Schema,
  content: unknown,
  name: string,
): z.infer<Schema> {
  const checked = readObject(schema, content, name);
  if (!checked.ok) throw new InvalidRequestError(checked.faults);
  return checked.value;
}

/** Each kind of object has its own versions; the path has the kind in lower case, in the plural. */
export const mediaType = (kind: string, version: string): string =>
  `application/vnd.meshcloud.api.${kind.toLowerCase()}.${version}.hal+json`;

export const pathTo = (kind: string): string => `/api/meshobjects/${kind.toLowerCase()}s`;

/** A token that is about to end would end on its way. */
const RESERVE_SECONDS = 30;

const ApiKeySchema = z.object({
  clientId: z.string().check(z.minLength(1)),
  clientSecret: z.string().check(z.minLength(1)),
});
const LoginSchema = z.object({ access_token: z.string(), expires_in: z.number() });

/** @param renew the token that was given out last is refused */
export type AccessToken = (renew?: boolean) => Promise<string>;

/**
 * Logs in with the API key (`POST /api/login`, JSON) and keeps the token for as long as it lasts, five minutes usually.
 * A key that is refused is read once more: somebody may have put a new one there.
 */
function accessToken(access: MeshStackAccess): AccessToken {
  let kept: { readonly token: string; readonly endsAt: number } | undefined;
  return async (renew = false) => {
    if (!renew && kept !== undefined && kept.endsAt > access.now().getTime()) return kept.token;
    const login = (await logIn(access, false)) ?? (await logIn(access, true));
    if (login === undefined) throw refusedKey(access);
    kept = {
      token: login.access_token,
      endsAt: access.now().getTime() + (login.expires_in - RESERVE_SECONDS) * 1000,
    };
    return kept.token;
  };
}

/** @returns undefined when the key is refused */
async function logIn(access: MeshStackAccess, fresh: boolean): Promise<z.infer<typeof LoginSchema> | undefined> {
  const key = ApiKeySchema.safeParse(parsedJson(await access.apiKey(fresh))).data;
  if (key === undefined) return undefined;
  const request = {
    doing: 'log in',
    method: 'POST',
    path: '/api/login',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(key),
    // A second token is no harm.
    mayRepeat: true,
  } as const;
  const response = await sendPatiently(access, request);
  if (response.ok) return LoginSchema.parse(await contentOf(response));
  // 400 is what an OAuth server says to an unknown client.
  if ([400, 401, 403].includes(response.status)) return undefined;
  throw new RejectedError(`meshStack (${access.endpoint}) answered ${response.status} to the login.`, CHECK_ENDPOINT);
}

const CHECK_ENDPOINT = 'Check meshStack.endpoint in platform.json: it is the address before /api.';

const refusedKey = ({ endpoint, secretArn }: MeshStackAccess): RejectedError =>
  new RejectedError(
    `meshStack (${endpoint}) does not take the API key.`,
    `Put a valid one into the secret ${secretArn}, as {"clientId": "…", "clientSecret": "…"}: meshStack is asked again within five minutes.`,
    { denied: true },
  );
