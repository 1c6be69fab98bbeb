import type { Fault } from './fault';

/*
 * The errors of the project, sorted by what should happen next. Step Functions matches `name` in its retriers, and
 * esbuild's minifier renames classes: every name is a literal.
 */

/** Options that every error here takes: the underlying error, kept for the log. */
interface Cause {
  readonly cause?: unknown;
}

/** The request itself is at fault; the sender has to change it. Never retried. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ field, message }) => `${field}: ${message}`).join('\n'));
    this.faults = faults;
  }
}

/**
 * AWS or one of our rules says no, and would say so again: never retried. `remedy` is one sentence that tells a person
 * what to change and how to go on; it is part of the message too, so that the Step Functions console shows it.
 * `denied`: a right is missing. `accountLost`: the account has left the organization, or is closed: nobody here can
 * bring it back, and no other try will.
 */
export class RejectedError extends Error {
  override readonly name: string = 'RejectedError';
  readonly reason: string;
  readonly remedy: string;
  readonly denied: boolean;
  readonly accountLost: boolean;

  constructor(
    reason: string,
    remedy: string,
    {
      denied = false,
      accountLost = false,
      ...options
    }: Cause & { readonly denied?: boolean; readonly accountLost?: boolean } = {},
  ) {
    super(`${reason} ${remedy}`, options);
    this.reason = reason;
    this.remedy = remedy;
    this.denied = denied;
    this.accountLost = accountLost;
  }
}

/**
 * A customization has failed: its own commands, or what they were given. Never retried by itself; a replay plans again,
 * and runs it once more.
 */
export class CustomizationError extends RejectedError {
  override readonly name = 'CustomizationError';
}

/**
 * A throttle, a conflict or a fault of AWS that passes: retried with backoff and jitter. `nothingDone` says that AWS
 * has refused the call before it did anything; otherwise the answer may have been lost, and a write that must not
 * happen twice is looked for first. `throttled`: because it came too fast. `retryAfterSeconds`: when the other side
 * wants to be asked again.
 */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  readonly nothingDone: boolean;
  readonly throttled: boolean;
  readonly retryAfterSeconds: number | null;

  constructor(
    message: string,
    {
      nothingDone = false,
      throttled = false,
      retryAfterSeconds = null,
      ...options
    }: Cause & {
      readonly nothingDone?: boolean;
      readonly throttled?: boolean;
      readonly retryAfterSeconds?: number | null;
    } = {},
  ) {
    super(message, options);
    this.nothingDone = nothingDone;
    this.throttled = throttled;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * AWS does not know it: what was just made is not shown yet. Of what has long been there, the same answer means that
 * it has gone.
 */
export class NotVisibleError extends TransientError {}

/**
 * Ends a state that waits for a turn so that it is entered once more at once, in its place of the line: somebody has to
 * check slots whose lease has run out, and the function of that state may. Never thrown.
 */
export class LookAgainError extends Error {
  override readonly name = 'LookAgainError';
}

/** What the operator configured cannot work: stops the synth, or a function at its start. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
