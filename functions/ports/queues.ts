/**
 * Has somebody look after a tenant's run, later: whatever is interrupted between the ledger and the workflow, and every
 * end that no event tells of, is found by that look. It is asked for before the ledger is written, so that nothing can
 * be written down that nobody looks after.
 */
export interface RunWatch {
  watch(watched: WatchedRun): Promise<void>;
}

export interface WatchedRun {
  readonly tenantUuid: string;
  /**
   * The desired state that is the newest one of the tenant from now on. Once there is a newer one, that one is watched
   * instead.
   */
  readonly replicationSequence: number;
  /** How many looks there were in the same chain of messages before; absent: none. */
  readonly looks?: number;
  /** No other look follows: somebody makes sure that there was one. Absent: looks follow while the run is active. */
  readonly once?: boolean;
}

/** Has a pass over all tenants go on, a little later. */
export interface PassMessages {
  send(part: { readonly pass: string; readonly part: number }, delaySeconds: number): Promise<void>;
}

/** Preflights that are to be carried out, one after the other. */
export interface PreflightRequests {
  /** Asks for one. The same id again is the same preflight. */
  send(id: string): Promise<void>;
}

/** Keeps events that cannot be read for a person, with what is wrong with them. */
export interface DeadLetters {
  send(letter: DeadLetter): Promise<void>;
}

export interface DeadLetter {
  /** The message as it came. */
  readonly body: string;
  readonly reason: string;
  /** The field that is at fault; `detail` when the whole is. */
  readonly field: string;
}

/** Has a work that takes many parts go on, at once or a little later: an adoption of accounts, or a rollout. */
export interface PartMessages {
  send(part: { readonly id: string; readonly part: number }, delaySeconds: number): Promise<void>;
}
