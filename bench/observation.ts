import type { Call } from '../sandbox/organization/call-log';
import type { OrganizationState } from '../sandbox/organization/organization-state';
import { OperationWatch, type WatchedOperation } from './operation-watch';

/** The measurements of one flow, ours or a peer's, in one scenario. */
export interface Observation {
  /** Seconds until each request was ready; null for those that never were. */
  readonly readySeconds: readonly (number | null)[];
  readonly operations: readonly WatchedOperation[];
  readonly calls: CallCounts;
  /** Transitions of the state machine; null if the flow has none. */
  readonly transitions: number | null;
  /** Polls of operations, by request. */
  readonly polls: readonly number[];
  /** How often a function began with a cold start; null where the flow has none that are counted. */
  readonly coldStarts: number | null;
  /** When the requests were made, in milliseconds of the clock. */
  readonly startedAt: number;
}

export interface CallCounts {
  /** All but those of STS. */
  aws: number;
  sts: number;
  /** Reads and writes of the ledger; what a peer remembers is not counted. */
  ledger: number;
  /** Writes of the ledger that another one came before: AWS charges them all the same. */
  conflicts: number;
  /** Calls that AWS throttled, except those that it throttles at random. */
  throttled: number;
}

/** How AWS says that somebody is too fast. */
export const THROTTLES = new Set(['TooManyRequestsException', 'ThrottlingException', 'Throttling']);

/** Counts the calls of a flow. */
export class Observer {
  readonly watch = new OperationWatch();
  readonly calls: CallCounts = { aws: 0, sts: 0, ledger: 0, conflicts: 0, throttled: 0 };

  called(call: Call, state: OrganizationState): void {
    // A caller without a function is the benchmark itself.
    if (call.callerFunction === null) return;
    if (call.service === 'sts') this.calls.sts += 1;
    else this.calls.aws += 1;
    if (!call.injected && THROTTLES.has(call.outcome)) this.calls.throttled += 1;
    this.watch.look(call, state);
  }
}
