import * as z from 'zod/mini';

import { AnyFlag, AnyNumber, AnyText, NullByDefault, TextOrNull } from '../base/plain-schemas';

const Instant = AnyText;

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
