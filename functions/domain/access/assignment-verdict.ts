import { RejectedError } from '../base/errors';
import type { AssignmentRecord } from '../records/account-records';
import type { Change } from '../records/ledger-records';
import { nextPoll } from '../base/poll-interval';
import { accountOf, secondsBetween, type StepContext } from '../run/step-context';
import type { PlannedGroup } from './tenant-groups';

/** What a look at a request has shown. */
export interface AssignmentReading {
  readonly state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN';
  readonly reason: string | null;
}

/**
 * `over`: nothing is outstanding any more. `goes-on`: look again. `again`: it has failed; ask for it again after a
 * pause. `gives-up`: it has failed several times; write the record, so that a replay asks again, and throw the error.
 */
export type AssignmentVerdict =
  | { readonly kind: 'over' }
  | { readonly kind: 'goes-on'; readonly waitSeconds: number }
  | { readonly kind: 'again'; readonly waitSeconds: number; readonly record: AssignmentRecord }
  | { readonly kind: 'gives-up'; readonly error: RejectedError; readonly record: AssignmentRecord };

/** An assignment takes some seconds to half a minute. */
export const FIRST_POLL_SECONDS = 8;

const SCHEDULE = { minSeconds: 5, maxSeconds: 15, firstDelays: [FIRST_POLL_SECONDS] };
const PAUSE_SECONDS = 20;
const MAX_FAILURES = 3;
const BUDGET_SECONDS = 60 * 60;

/** Until the next look while IAM Identity Center has no place. */
export const NO_PLACE_SECONDS = 10;

/** What follows from a look at the account's one outstanding request. */
export function verdictOn(record: AssignmentRecord, look: AssignmentReading, now: Date): AssignmentVerdict {
  switch (look.state) {
    case 'SUCCEEDED':
    case 'UNKNOWN':
      return { kind: 'over' };
    case 'IN_PROGRESS':
      return { kind: 'goes-on', waitSeconds: nextPoll(secondsBetween(record.askedAt, now), SCHEDULE) };
    case 'FAILED': {
      const failures = record.failures + 1;
      const settled = { ...record, requestId: null };
      return failures < MAX_FAILURES
        ? { kind: 'again', waitSeconds: PAUSE_SECONDS, record: { ...settled, failures } }
        : { kind: 'gives-up', error: failed(record, failures, look.reason), record: { ...settled, failures: 0 } };
    }
  }
}

/** The failures so far of what is asked for again; another assignment begins with none. */
export function failuresOf(
  record: AssignmentRecord | null,
  asked: Pick<AssignmentRecord, 'kind' | 'groupId' | 'permissionSetArn'>,
): number {
  const isSame =
    record?.kind === asked.kind &&
    record.groupId === asked.groupId &&
    record.permissionSetArn === asked.permissionSetArn;
  return isSame ? record.failures : 0;
}

/** An assignment that was asked for, as the timeline has it. */
export const assignmentAsked = ({ name }: Pick<PlannedGroup, 'name'>, permissionSetArn: string): Change => ({
  what: `assignment of ${name}`,
  from: null,
  to: permissionSetArn,
});

/**
 * Whether a run has asked for every permission set of every planned group, and has seen each request succeed: the next
 * one is asked for after that alone, and one that has failed, or is at work, stays known.
 */
export const areGiven = ({ plan, tenant }: StepContext, changedAt: (change: Change) => Date | null): boolean =>
  tenant.assignment === null &&
  plan.groups.every((group) => group.permissionSetArns.every((arn) => changedAt(assignmentAsked(group, arn)) !== null));

/** The same once nothing is outstanding any more. */
export const withoutAssignment = (context: StepContext): StepContext => ({
  ...context,
  tenant: { ...context.tenant, assignment: null },
});

/** @throws RejectedError when this state has waited for IAM Identity Center too long */
export function checkBudget({ now, stateEnteredAt }: StepContext): void {
  if (secondsBetween(stateEnteredAt, now) < BUDGET_SECONDS) return;
  throw new RejectedError(
    `IAM Identity Center had not finished with the assignments of this account after ${BUDGET_SECONDS / 60} minutes.`,
    'Look in the IAM Identity Center console for assignments that hang or for somebody else who makes many; then replay this run.',
  );
}

function failed({ kind, permissionSetArn }: AssignmentRecord, failures: number, reason: string | null): RejectedError {
  const doing = kind === 'creation' ? 'give' : 'take away';
  return new RejectedError(
    `IAM Identity Center could not ${doing} ${permissionSetArn}, ${failures} times: ${reason ?? 'it gave no reason'}.`,
    reason?.includes('Access denied by IAM') === true ? IN_MANAGEMENT : MEND,
  );
}

const MEND =
  'Mend what it names (nothing may keep it from its roles in the account, and the permission set has to be valid), and replay this run.';

/** It works by the rights of its caller in the management account alone. */
const IN_MANAGEMENT =
  'See that managementAccountAccess of platform.json is deployed in all stacks. Ours only look in IAM of the management account: let an administrator of the ' +
  'organization give this permission set there once, or take it away for the last time (docs/access.md), and replay this run.';

/** An assignment of a planned group that is missing. */
export interface Grant {
  readonly planned: PlannedGroup;
  readonly groupId: string;
  readonly permissionSetArn: string;
}

/** What is not there is named with what may be mended, in AWS's words. */
export function notKnownThere(
  context: StepContext,
  { planned, groupId, permissionSetArn }: Grant,
  inWords: string,
): RejectedError {
  const { plan } = context;
  const { awsRole } = planned;
  return new RejectedError(
    `IAM Identity Center does not know the permission set ${permissionSetArn} of the role "${awsRole}" (instance ${plan.identityStore?.instanceArn ?? ''}), ` +
      `the group ${groupId}, or the account ${accountOf(context).id} (${inWords}).`,
    `If it is the permission set, correct those of "${awsRole}" in awsRoleMappings of platform.json or landing-zones/${plan.landingZone}.json, or arn of ` +
      'awsIdentityStore or awsSso, and deploy; then replay this run.',
  );
}
