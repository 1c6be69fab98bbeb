import * as z from 'zod/mini';

import { type Answer, problem } from './answer';
import type { ApiRequest } from './api-request';

/** Resources of people begin with it. Those of machines, which IAM judges, do not. */
const CONSOLE = '/console/';

/** What ConsoleStack's API adds to a call: the claims of the person who has signed in, and the groups that count. */
const ConsoleCallSchema = z.object({
  requestContext: z.nullish(
    z.object({ authorizer: z.nullish(z.object({ claims: z.nullish(z.record(z.string(), z.unknown())) })) }),
  ),
  stageVariables: z.nullish(z.record(z.string(), z.string())),
});

export type Admission =
  | { readonly ok: true; readonly request: ApiRequest }
  | { readonly ok: false; readonly answer: Answer };

/**
 * A call of the console as the same call of the API, with the person in the place of the principal. Viewers read,
 * operators do everything, and everybody else is refused. A call of a machine stays as it is.
 *
 * API Gateway has verified the token, and refuses calls without one itself; that is checked once more.
 */
export function admitted(request: ApiRequest, event: unknown): Admission {
  if (!request.resource.startsWith(CONSOLE)) return { ok: true, request };
  const { requestContext, stageVariables } = ConsoleCallSchema.parse(event);
  const claims = requestContext?.authorizer?.claims;
  if (claims == null) return refused('signed-out', 'Sign in to the console, and send the request again.');
  const groups = groupsIn(claims['custom:groups']);
  const isIn = (variable: string): boolean => groups.includes(stageVariables?.[variable] ?? NOBODY);
  if (!isIn('operatorGroup')) {
    if (!isIn('viewerGroup')) return refused('not-allowed', NEITHER);
    if (request.method !== 'GET') return refused('not-allowed', VIEWER);
  }
  const resource = request.resource.slice(CONSOLE.length - 1);
  return { ok: true, request: { ...request, resource, caller: nameIn(claims) } };
}

/** No group has it as its id: a stage without the variable lets nobody in. */
const NOBODY = '';

const NEITHER =
  'You are in neither of the two groups that may use this console. Ask to be added to one of them, then sign in again.';

const VIEWER = 'Your group may look at everything and change nothing. Ask somebody of the group of operators to do it.';

const refused = (kind: 'signed-out' | 'not-allowed', detail: string): Admission => ({
  ok: false,
  answer: problem(kind, detail),
});

/**
 * Ids of groups.
 *
 * @evidence documented cognito/developerguide/cognito-user-pools-specifying-attribute-mapping: several values become
 *   one text in square brackets with commas between them; a hyphen stays as it is
 */
const groupsIn = (claim: unknown): readonly string[] =>
  (typeof claim === 'string' ? claim : '')
    .replaceAll(/^\[|\]$/gu, '')
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '');

/** As IAM Identity Center knows the person; without an e-mail address, as Cognito does. */
function nameIn({ email, 'cognito:username': username }: Readonly<Record<string, unknown>>): string | null {
  const name = [email, username].find((one) => typeof one === 'string' && one !== '');
  return typeof name === 'string' ? name : null;
}
