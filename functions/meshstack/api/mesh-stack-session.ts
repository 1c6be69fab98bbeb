import type * as z from 'zod/mini';
import { InvalidRequestError, RejectedError } from '../../domain/base/errors';
import { type Checked, type Fault, refused } from '../../domain/base/fault';
import { faultsOf } from '../../domain/base/schema-faults';
import { accessToken } from './access-token';
import type { MeshStackAccess } from './mesh-stack-access';
import { type MeshStackRequest, contentOf, sendPatiently } from './send-patiently';

export type Question = Pick<MeshStackRequest, 'doing' | 'method' | 'path' | 'mayRepeat'> & {
  /** The version of the object that is asked for; meshStack takes no request without one. */
  readonly mediaType: string;
  readonly body?: unknown;
};

interface Answer {
  readonly status: number;
  readonly content: unknown;
}

/** Asks meshStack: `tolerated` answers come back, all others that are no success are errors. */
export type MeshStackSession = (question: Question, tolerated?: readonly number[]) => Promise<Answer>;

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
