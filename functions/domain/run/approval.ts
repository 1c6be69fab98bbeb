import type { DesiredState } from '../desired-state/desired-state';
import type { KnownAccounts } from '../records/tenant-account';
import type { LandingZone } from '../configuration/landing-zone';
import type { ApprovalRecord, RunRecord, StepError } from '../records/ledger-records';
import type { VendingPlan } from '../plan/plan';

const DAY = 24 * 60 * 60;

/** What a plan says of an approval that its landing zone asks for before an account is made, or taken out of use. */
export function plannedApproval(
  landingZone: LandingZone | undefined,
  act: 'create' | 'close',
): Pick<VendingPlan, 'approval'> {
  const approval = landingZone?.approval;
  return approval?.[act] === true ? { approval: { expiresAfterDays: approval.expiresAfterDays } } : {};
}

/** An account that is there already is changed, or imported, without one. */
export const creationApproval = (
  landingZone: LandingZone,
  { platformTenantId }: DesiredState['tenant']['spec'],
  { ofTenant }: KnownAccounts,
): Pick<VendingPlan, 'approval'> =>
  platformTenantId == null && ofTenant == null ? plannedApproval(landingZone, 'create') : {};

/** The same in words, for people. */
export const approvalRemarks = ({ approval }: Pick<VendingPlan, 'approval'>, what: string): readonly string[] =>
  approval === undefined
    ? []
    : [`Before ${what}, somebody has to approve it within ${approval.expiresAfterDays} days.`];

/** For the workflow: whether it waits for a decision, and for how long. */
export const approvalResult = (
  { approval }: Pick<VendingPlan, 'approval'>,
  mayBeNeeded: boolean,
): { readonly approvalNeeded: boolean; readonly approvalSeconds: number } => ({
  approvalNeeded: approval !== undefined && mayBeNeeded,
  approvalSeconds: (approval?.expiresAfterDays ?? 0) * DAY,
});

/** The state in which a run waits for a decision. */
export const APPROVAL_STATE = 'AwaitApproval';

/** The run has come no further than there. */
export const standsAtApproval = ({ steps }: Pick<RunRecord, 'steps'>): boolean =>
  steps.at(-1)?.state === APPROVAL_STATE;

export const isUndecided = (approval: ApprovalRecord | undefined): approval is ApprovalRecord =>
  approval?.decision === null;

/** The run waits for a decision that has not come. */
export const awaitsApproval = (run: Pick<RunRecord, 'approval' | 'steps'>): boolean =>
  isUndecided(run.approval) && standsAtApproval(run);

/** Nobody has decided in all the time that there was. */
export const hasExpired = (approval: ApprovalRecord | undefined, now: Date): boolean =>
  isUndecided(approval) && approval.expiresAt <= now.toISOString();

export const APPROVAL_REJECTED = 'ApprovalRejected';
export const APPROVAL_EXPIRED = 'ApprovalExpired';

/** Whether a run has ended because nobody has approved it: nothing was done, and nothing is to be kept for it. */
export const isNotApproved = ({ name }: Pick<StepError, 'name'>): boolean =>
  name === APPROVAL_REJECTED || name === APPROVAL_EXPIRED;

const REMEDY =
  'Nothing was done in AWS. To ask again, replay this run; to ask for something else, send a desired state with a higher replicationSequence.';

/** What the state says of an approval that has expired. */
export const expiryOf = ({
  expiresAt,
}: Pick<ApprovalRecord, 'expiresAt'>): { readonly message: string; readonly remedy: string } => ({
  message: `Nobody has approved this run by ${expiresAt}.`,
  remedy: REMEDY,
});

/** What Step Functions is told: an error that it never tries again. */
export const refusalOf = (
  approval: Pick<ApprovalRecord, 'decidedBy' | 'reason'>,
): { readonly name: string; readonly message: string } => ({
  name: 'RejectedError',
  message: inWords(approval),
});

const inWords = ({ decidedBy, reason }: Pick<ApprovalRecord, 'decidedBy' | 'reason'>): string =>
  `${decidedBy ?? 'Somebody'} has rejected this run: ${reason ?? ''}`;

/**
 * The error of a run whose execution has ended where it waited for a decision; undefined where it has ended for another
 * reason.
 *
 * @param execution as it has ended. Executions that a release before this one has started end with `States.Timeout`
 */
export function approvalError(
  { approval, ...run }: RunRecord,
  { error, stoppedAt }: { readonly error: string | null; readonly stoppedAt: Date | null },
): StepError | undefined {
  if (approval === undefined || !standsAtApproval(run)) return undefined;
  if (approval.decision === 'reject') return { name: APPROVAL_REJECTED, message: inWords(approval), remedy: REMEDY };
  const isOver = error === 'RejectedError' && stoppedAt !== null && hasExpired(approval, stoppedAt);
  return isOver || error === 'States.Timeout' ? { name: APPROVAL_EXPIRED, ...expiryOf(approval) } : undefined;
}
