import type { NextFunction, Request, Response } from 'express';
import * as z from 'zod';

import { scimError } from './scim-error';

/*
 * What AWS's SCIM endpoint refuses although the specification has it ("IAM Identity Center SCIM Implementation":
 * "Limitations from SCIM specification", PatchGroup, ListGroups, ListUsers).
 */

const MAX_CHANGES = 100;

/** One comparison by `eq`, or two joined by `and`. */
const FILTER = /^\w+ eq "(?:[^"\\]|\\.)*"(?: and \w+ eq "(?:[^"\\]|\\.)*")?$/u;

const ManySchema = z.array(z.unknown());

const PatchSchema = z.object({
  Operations: z.array(z.object({ op: z.string(), path: z.string().optional(), value: z.unknown() })),
});

/** Expects a body that was read already. */
export function refuseAsAwsDoes(request: Request, response: Response, next: NextFunction): void {
  const refused = refusal(request);
  if (refused === undefined) next();
  else response.status(400).type('application/scim+json').send(scimError(400, refused));
}

function refusal({ method, path, query, body }: Request): string | undefined {
  if (/^\/(?:Bulk|Me)$|\/\.search$/u.test(path)) return `The endpoint ${path} is not supported.`;
  if (method === 'PUT' && path.startsWith('/Groups')) return 'PutGroup is not supported.';
  if (typeof query['filter'] === 'string' && !FILTER.test(query['filter'])) return 'The filter is not supported.';
  return method === 'PATCH' && path.startsWith('/Groups/') ? patchRefusal(body) : undefined;
}

function patchRefusal(body: unknown): string | undefined {
  const { data } = PatchSchema.safeParse(body);
  if (data === undefined) return 'Request violates the schema.';
  const ofMembers = data.Operations.filter(({ path }) => path === 'members');
  const isAllAtOnce = ofMembers.some(({ op, value }) => op === 'replace' || (op === 'remove' && !Array.isArray(value)));
  if (isAllAtOnce) return 'Replacing or removing all members is not supported.';
  const changes = ofMembers.flatMap(({ value }) => ManySchema.safeParse(value).data ?? [value]).length;
  return changes > MAX_CHANGES ? `${changes} membership changes are more than ${MAX_CHANGES}.` : undefined;
}
