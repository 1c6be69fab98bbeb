import type { Call } from '../sandbox/organization/call-log';
import type { OrganizationState } from '../sandbox/organization/organization-state';
import { OperationWatch, type WatchedOperation } from './operation-watch';

/** What is seen of one flow in one scenario, whoever it is. */
export interface Observation {
  /** Seconds until each request was ready; null for those that never were. */
  readonly readySeconds: readonly (number | null)[];
  readonly operations: readonly WatchedOperation[];
  readonly calls: CallCounts;
  /** Of the state machine; null where there is none. */
  readonly transitions: number | null;
  /** Looks at operations, by request. */
  readonly polls: readonly number[];
  /** By what each request was lost that never was ready, where an error tells. */
  readonly lost: readonly string[];
  /** When the requests were made, in milliseconds of the clock. */
  readonly startedAt: number;
}

export interface CallCounts {
  /** All but those of STS. */
  aws: number;
  sts: number;
  /** Reads and writes of the ledger; what a peer remembers is not counted. */
  ledger: number;
  /** Calls that AWS turned away as too fast, those aside that it turns away whoever makes them. */
  throttled: number;
}

/** How AWS says that somebody is too fast. */
export const THROTTLES = new Set(['TooManyRequestsException', 'ThrottlingException', 'Throttling']);

/** Looks on while somebody works. */
export class Observer {
  readonly watch = new OperationWatch();
  readonly calls: CallCounts = { aws: 0, sts: 0, ledger: 0, throttled: 0 };

  called(call: Call, state: OrganizationState): void {
    // Whoever has no function looks on as well.
    if (call.callerFunction === null) return;
    if (call.service === 'sts') this.calls.sts += 1;
    else this.calls.aws += 1;
    if (!call.injected && THROTTLES.has(call.outcome)) this.calls.throttled += 1;
    this.watch.look(call, state);
  }
}
