import * as z from 'zod/mini';

import { AnyNumber, AnyText, NullByDefault, TextOrNull } from '../base/plain-schemas';

const Instant = AnyText;

/**
 * A request for an account. It is written before AWS is asked and pins what AWS is asked for: recovery looks for
 * exactly this, never for what a newer plan would say.
 *
 * - `intended`: AWS is being asked. Found by a later run, it means that the answer was lost: look before asking again.
 * - `requested`: AWS has answered with `requestId`.
 * - `cleared`: it is certain that AWS has not made the account: ask (again).
 */
export const CreationSchema = z.object({
  phase: z.enum(['intended', 'requested', 'cleared']),
  email: AnyText,
  accountName: AnyText,
  roleName: AnyText,
  intendedAt: Instant,
  /** The `car-…` id of AWS's CreateAccountStatus. */
  requestId: TextOrNull,
  /**
   * How many times AWS has been asked; more than once only after it was looked up or AWS reported a fault of its own.
   */
  attempt: AnyNumber,
  /** AWS takes no requests for now: until when not to ask. */
  notBefore: NullByDefault,
  /** The account that AWS has made by this request; its lists may not show it yet. */
  madeAccountId: NullByDefault,
  /** AWS has said that this request has failed, and why: it is not asked for that again. */
  failure: z._default(z.nullable(z.object({ reason: TextOrNull })), null),
});

export type Creation = Readonly<z.infer<typeof CreationSchema>>;

/**
 * What the account of this tenant has been asked for with; null while AWS has taken no request, so that a newer plan
 * decides.
 */
export function pinnedCreation({ creation }: { readonly creation: Creation | null }): Creation | null {
  return creation === null || creation.attempt === 0 ? null : creation;
}
