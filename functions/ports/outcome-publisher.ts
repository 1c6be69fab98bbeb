import type { RolloutTold } from '../domain/rollout/rollout';
import type { RolloutEventType } from '../domain/rollout/told-rollout';
import type { AccountState } from '../domain/records/tenant-account';
import type { AskedFor } from '../domain/run/changes-of-run';
import type { PreviewedChange } from '../domain/run/preview';
import type { ShadowTold } from '../domain/run/shadow';

/** The `source` of all events that this application puts on the bus. */
export const OUTCOME_SOURCE = 'account-vending';

/** Of the fields of all events: rises when one is renamed, taken out or changes its meaning. New fields may come. */
export const EVENT_VERSION = 1;

/** What an event says, as it goes out on the bus. */
export const versioned = <Detail extends object>(
  detail: Detail,
): { readonly version: typeof EVENT_VERSION } & Detail => ({ version: EVENT_VERSION, ...detail });

/** The `detail-type` of those that tell how a run has ended. */
export const OUTCOME_TYPES = [
  'Account Vended',
  'Account Vending Failed',
  'Account Closed',
  'Account Closing Failed',
] as const satisfies readonly OutcomeEvent['type'][];

/**
 * Tells the world how a vending ended, and that a month's reports are final, on the bus that the desired states come
 * from. At least once.
 */
export interface OutcomePublisher {
  publish(event: OutcomeEvent | ShadowEvent | ApprovalEvent | DelayEvent | UsageEvent | RolloutEvent): Promise<void>;
}

export type OutcomeEvent =
  | { readonly type: 'Account Vended'; readonly detail: AccountVended }
  | { readonly type: 'Account Vending Failed' | 'Account Closing Failed'; readonly detail: AccountVendingFailed }
  | { readonly type: 'Account Closed'; readonly detail: AccountClosed };

/** A run that waits for somebody's decision. */
export interface ApprovalEvent {
  readonly type: 'Account Vending Awaits Approval' | 'Account Closing Awaits Approval';
  readonly detail: ApprovalAwaited;
}

/** A run that was not allowed to act has told what it would change. It is none of the outcomes: nothing was done. */
export interface ShadowEvent {
  readonly type: 'Account Vending Shadowed' | 'Account Closing Shadowed';
  readonly detail: RunOfTenant & AskedFor & ShadowTold;
}

/** A run that goes on, and takes longer than it may. */
export type DelayEvent =
  | { readonly type: 'Account Vending Delayed'; readonly detail: RunDelayed }
  | { readonly type: 'Account Closing Delayed'; readonly detail: RunDelayed };

/** What a person is to look at. Each tells tenant, error, cause, remedy and execution. */
export type TroubleType = Extract<OutcomeEvent, { detail: AccountVendingFailed }>['type'] | DelayEvent['type'];

/** What else is told on the bus: not of a vending, but of a month. */
export interface UsageEvent {
  readonly type: 'Usage Report Finalized';
  readonly detail: UsageReportFinalized;
}

/** How a rollout goes: it is told of all its tenants together. */
export interface RolloutEvent {
  readonly type: RolloutEventType;
  readonly detail: RolloutTold;
}

interface RunOfTenant {
  readonly tenantUuid: string;
  readonly replicationSequence: number;
  readonly run: number;
  readonly workspaceIdentifier: string;
  readonly projectIdentifier: string;
}

interface VendingReference extends RunOfTenant, AskedFor {
  /** What the run has changed in AWS, in the order of its states. */
  readonly changes: readonly PreviewedChange[];
  /** How many more there were than an event has room for; the timeline has them all. */
  readonly changesLeftOut: number;
}

interface AccountVended extends VendingReference {
  readonly accountId: string;
  readonly accountName: string;
  readonly email: string;
  readonly alias: string | null;
  readonly organizationalUnitId: string;
}

interface AccountClosed extends VendingReference {
  /** Null: the tenant never had one. */
  readonly accountId: string | null;
  readonly accountName: string | null;
  /** AWS keeps it for this account, which stays in the organization or can be reopened for 90 days. */
  readonly email: string | null;
  readonly accountState: AccountState;
}

interface AccountVendingFailed extends VendingReference {
  readonly accountId: string | null;
  /** The state that could not be carried out; null when the execution was stopped from outside. */
  readonly state: string | null;
  readonly error: string;
  readonly cause: string;
  /** What a person can do about it, where we know. */
  readonly remedy: string | null;
  readonly executionArn: string;
}

interface ApprovalAwaited extends RunOfTenant, AskedFor {
  readonly landingZone: string;
  /** The account that is to be taken out of use; null: one is to be made. */
  readonly accountId: string | null;
  readonly accountName: string;
  readonly email: string;
  readonly organizationalUnitId: string;
  /** Until when it is waited for; then the run ends without. */
  readonly expiresAt: string;
  readonly executionArn: string;
}

export interface RunDelayed extends RunOfTenant {
  /** The state in which it stands, or the lane in which it waits. */
  readonly where: string;
  readonly error: 'OverdueRun' | 'StarvedLane';
  readonly cause: string;
  readonly remedy: string;
  readonly executionArn: string;
}

/** The reports of a month are final, or were and have changed. The API shows them. */
interface UsageReportFinalized {
  readonly month: string;
  readonly state: 'FINALIZED' | 'UPDATED';
  readonly currency: string;
  readonly invoiceTotal: string;
  readonly finalizedAt: string;
  /** How many reports there are, and how many have changed since they were final. */
  readonly reports: number;
  readonly updatedReports: number;
}

/** Tells the world what a night's reconciliation has found, on the bus that outcomes go out on. At least once. */
export interface DriftReports {
  publish(report: DriftReport): Promise<void>;
}

/** `GET /drift-reports/{pass}` has the changes one by one. */
export interface DriftReport {
  readonly pass: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** How many tenants were given a run, and how many could not be. */
  readonly reconciled: number;
  readonly notBegun: number;
  /** How many were compared and need no run. */
  readonly unchanged: number;
  /** How many runs have changed something and not failed, how many have failed, how many had not ended. */
  readonly changed: number;
  readonly failed: number;
  readonly unfinished: number;
  readonly drifts: readonly {
    readonly tenantUuid: string;
    readonly accountId: string | null;
    readonly before: 'VENDED' | 'FAILED';
    readonly outcome: 'VENDED' | 'FAILED' | 'SUPERSEDED';
    /** How many things. */
    readonly changes: number;
  }[];
  /**
   * The number of tenants whose account has left the organization or is closed: a run has found it, and no other begins
   * until somebody replays it.
   */
  readonly lost: number;
  /** The first two hundred of them. */
  readonly lostAccounts: readonly { readonly tenantUuid: string; readonly accountId: string; readonly since: string }[];
  /** How many more there were than an event has room for. */
  readonly driftsLeftOut: number;
}
