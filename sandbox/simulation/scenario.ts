import type { Latencies } from '../organization/latencies';
import type { OnEffect } from '../runtime/embedded/invocation';
import type { EmbeddedApplication } from '../runtime/embedded/embedded-application';
import type { LedgerMirror } from './ledger-mirror';
import type { SimulatedTenant } from './simulated-tenants';

/** What somebody who approves runs sees of a simulation. */
export interface ApprovedSimulation {
  readonly application: EmbeddedApplication;
  readonly mirror: LedgerMirror;
}

/** What a test may have otherwise than chance decides. */
export interface Scenario {
  readonly tenants?: readonly SimulatedTenant[];
  readonly onEffect?: OnEffect;
  /** Until this second no operator handles failed runs. */
  readonly operatorAwayUntil?: number;
  /** The simulation ends after so many seconds without an end; the time restarts with each round. */
  readonly longestSeconds?: number;
  readonly latencies?: Latencies;
  /** Whether the organization keeps every call. */
  readonly keepsCalls?: boolean;
  /** Another workflow than the one that is deployed. */
  readonly definition?: object;
  /** Decides about approvals; checks when the operator does. */
  readonly approver?: (simulation: ApprovedSimulation) => { look(): void };
}
