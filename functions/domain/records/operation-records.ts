import * as z from 'zod/mini';
import { AnyFlag, AnyNumber, AnyText, NullByDefault, TextOrNull } from '../base/plain-schemas';

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

/**
 * An operation of Control Tower's Account Factory for the account. Its token, and the name of a new provisioned
 * product, carry `attempt`, which rises only when an operation that was accepted is over: a repeated call of the same
 * attempt is answered with the same record.
 *
 * - `asked`: an operation has been, or is being, asked for.
 * - `waiting`: until it is asked again, after a failure or because Control Tower has no place, which is so since
 *   `busySince`.
 * - `ended`: the account is enrolled, in its OU.
 */
export const EnrollmentSchema = z.object({
  phase: z.enum(['asked', 'waiting', 'ended']),
  /**
   * `move`, `leave`: no operation of the Account Factory. Control Tower enrolls what is moved into its units, and lets
   * go what is moved out.
   */
  kind: z.enum(['provision', 'update', 'terminate', 'move', 'leave']),
  attempt: AnyNumber,
  /**
   * The Service Catalog record of the operation; null until it is accepted. Of a move: the unit that the account is to
   * be in, or where it has left to; null while Control Tower is at work on it where it is.
   */
  recordId: TextOrNull,
  /** Hash of what is asked for: under one token AWS takes one request. */
  requestHash: NullByDefault,
  /** Under this name we have provisioned last. A product whose first operation has failed may not know its account. */
  productName: NullByDefault,
  askedAt: Instant,
  /** Since when Control Tower has had no place; an operation that was accepted and then failed for that counts on. */
  busySince: TextOrNull,
  /** Whether the pause before the next attempt has been made. */
  hasPaused: AnyFlag,
  /** Operations that have failed since the last good end. */
  failures: AnyNumber,
});

export type Enrollment = Readonly<z.infer<typeof EnrollmentSchema>>;
