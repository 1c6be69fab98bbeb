import * as z from 'zod/mini';

import { RejectedError, TransientError } from '../domain/errors';
import type { ScimEndpoint } from './scim-endpoint';

/** RFC 7644, section 3.12. AWS adds the name of the exception to its own form of it. */
const ScimErrorSchema = z.object({
  schemas: z.array(z.string()).check(z.refine((all) => all.includes('urn:ietf:params:scim:api:messages:2.0:Error'))),
  detail: z.optional(z.string()),
});

export const isScimError = (content: unknown): boolean => ScimErrorSchema.safeParse(content).success;

/** Sorts an answer that is no success by what should happen next. */
export function scimRefusal(scim: ScimEndpoint, doing: string, status: number, content: unknown): Error {
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
