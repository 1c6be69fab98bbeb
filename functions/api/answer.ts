import { type Fault, listed } from '../domain/base/fault';
import type { Problem } from './responses';

/** What API Gateway expects from a proxy function. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function answer(statusCode: number, body: object): Answer {
  return { statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** The kinds of problem, each with its status and title (RFC 9457). */
const PROBLEMS = {
  'invalid-request': { status: 400, title: 'Invalid request' },
  'signed-out': { status: 401, title: 'Not signed in' },
  'not-allowed': { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict with the current state' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'invalid-desired-state': { status: 422, title: 'Invalid desired state' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  internal: { status: 500, title: 'Internal error' },
} as const;

export type ProblemKind = keyof typeof PROBLEMS;

export function problem(kind: ProblemKind, detail: string, faults: readonly Fault[] = []): Answer {
  const { status, title } = PROBLEMS[kind];
  const errors = listed(faults).map(({ field, message, ...rest }) => ({ field, message, ...rest }));
  const body: Problem = { type: `urn:account-vending:problem:${kind}`, title, status, detail, errors };
  return {
    statusCode: status,
    headers: { 'Content-Type': 'application/problem+json' },
    body: JSON.stringify(body),
  };
}

export const tenantNotFound = (tenantUuid: string): Answer =>
  problem(
    'not-found',
    `Tenant '${tenantUuid}' not found: no desired state of it was ever received. Check the uuid, or send one.`,
  );
