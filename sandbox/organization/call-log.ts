import type { Principal } from './principal';

/** One call as the organization saw it. */
export interface Call {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** As read from the wire, before any validation. */
  readonly input: unknown;
  /** The function named by the user agent's `app/…`, kept through every assumed role. */
  readonly callerFunction: string | null;
  /** Null where the credentials were refused. */
  readonly principal: Principal | null;
  readonly write: boolean;
  /** `ok`, an error code, or what the fault injector did to the connection. */
  readonly outcome: string;
  /** Whether the fault injector has decided the outcome. */
  readonly injected: boolean;
  /** Refused only because something had not propagated yet. */
  readonly notYet: boolean;
  /**
   * What IAM was asked about, as IAM spells it: the operation's own action, and whatever else it takes. AssumeRole asks
   * by itself.
   */
  readonly actions: readonly string[];
  /** Which of them, or AssumeRole, the caller may not perform. Null where that is not why the call was refused. */
  readonly deniedAction: string | null;
  /** Undefined where the call was refused. */
  readonly output: object | undefined;
}

/** Whether somebody has deployed a stack by it, as the administrator of an account. */
export const isOfDeployment = ({ service, principal }: Call): boolean =>
  service === 'cloudformation' && principal?.kind === 'administrator';
