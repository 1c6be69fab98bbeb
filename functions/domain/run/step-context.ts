import { RejectedError } from '../base/errors';
import type { Account } from '../records/account-records';
import type { Change, RunRecord, TenantRecord } from '../records/ledger-records';
import type { VendingPlan } from '../plan/plan';

/** What a step works with: the plan of its run, and what the ledger knows about the tenant. */
export interface StepContext {
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
  /** Of the configuration that the run was planned with: stays in the run's record. */
  readonly configurationHash?: string;
}

export type Step = (context: StepContext) => Promise<StepReport>;

/**
 * The account of the tenant.
 *
 * @throws RejectedError where a state runs before the account is known
 */
export function accountOf({ tenant }: StepContext): Account {
  if (tenant.account === null) {
    throw new RejectedError(
      'The ledger knows no account of this tenant yet.',
      'Replay this run: a new one looks for the account before it comes to this state.',
    );
  }
  return tenant.account;
}

/** The partition in the account's own ARN: `aws`, `aws-cn` or `aws-us-gov`. */
export const partitionOfAccount = (context: StepContext): string => accountOf(context).arn.split(':')[1] ?? 'aws';

/** How long this run has waited for what was asked for at an instant, in seconds: a replay begins to count again. */
export const waitedFor = ({ now, stateEnteredAt }: StepContext, since: string): number =>
  Math.min(secondsBetween(since, now), secondsBetween(stateEnteredAt, now));

/** The seconds between two instants. */
export function secondsBetween(earlier: Date | string, later: Date): number {
  return (later.getTime() - new Date(earlier).getTime()) / 1000;
}

/** States before the first call of AWS: planning, and waiting for a turn. */
const isBeforeTheFirstCall = (state: string): boolean => state.startsWith('Plan') || state.startsWith('Await');

/** Whether a run takes the account out of use, instead of bringing it to a desired state. */
export const isClosing = ({ workflow }: Pick<RunRecord, 'workflow'>): boolean => workflow === 'close-account';

/**
 * Whether a run has started no operation in AWS and may simply end. Of a tenant without an account that is so until AWS
 * is asked for one (an account that AWS is making has to be seen to its end, or nobody would know whose it is); of one
 * with an account, until its first look at it.
 */
export function hasStartedNothing({ account, creation }: TenantRecord, { steps }: RunRecord): boolean {
  if (account === null) return creation === null || creation.phase === 'cleared';
  return steps.every(({ state }) => isBeforeTheFirstCall(state));
}

/**
 * Words that functions of the release before do not say. The workflow asks whether each is there, not what it is, so
 * that an execution goes on when a rollback has brought those functions back.
 */
export const saidWhereTrue = (words: Readonly<Record<string, boolean>>): StepReport['result'] =>
  Object.fromEntries(Object.entries(words).filter(([, isTrue]) => isTrue));
