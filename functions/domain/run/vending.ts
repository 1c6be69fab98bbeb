import { RejectedError } from '../base/errors';
import type { Account, Change, TenantRecord } from '../records/ledger-records';
import type { VendingPlan } from '../plan/plan';

/** What a step works with: the plan of its run, and what the ledger knows about the tenant. */
export interface Vending {
  readonly tenant: TenantRecord;
  readonly plan: VendingPlan;
  readonly now: Date;
  /**
   * Since when this state has been trying: its first pass in this run, or the redrive of the run. Wait budgets count
   * from here.
   */
  readonly stateEnteredAt: Date;
}

/** What a step has to say. */
export interface StepReport {
  /** For the workflow: becomes `$.results.<StateName>`. `ready: false` says that the state will be entered again. */
  readonly result: Readonly<Record<string, string | number | boolean | null | string[]>>;
  /** For people: a sentence in the timeline. */
  readonly remark?: string;
  readonly changes?: readonly Change[];
}

export type Step = (vending: Vending) => Promise<StepReport>;

/**
 * The account of the tenant.
 *
 * @throws RejectedError where a state runs before the account is known
 */
export function accountOf({ tenant }: Vending): Account {
  if (tenant.account === null) {
    throw new RejectedError(
      'The ledger knows no account of this tenant yet.',
      'Replay this run: a new one looks for the account before it comes to this state.',
    );
  }
  return tenant.account;
}

/** The partition in the account's own ARN: `aws`, `aws-cn` or `aws-us-gov`. */
export const partitionOfAccount = (vending: Vending): string => accountOf(vending).arn.split(':')[1] ?? 'aws';

/** How long this run has waited for what was asked for at an instant, in seconds: a replay begins to count again. */
export const waitedFor = ({ now, stateEnteredAt }: Vending, since: string): number =>
  Math.min(secondsBetween(since, now), secondsBetween(stateEnteredAt, now));

/** The seconds between two instants. */
export function secondsBetween(earlier: Date | string, later: Date): number {
  return (later.getTime() - new Date(earlier).getTime()) / 1000;
}
