import {
  failuresOf,
  FIRST_POLL_SECONDS,
  NO_PLACE_SECONDS,
  verdictOn,
  withoutAssignment,
} from '../../domain/access/assignment-verdict';
import { RejectedError } from '../../domain/base/errors';
import { nextPoll } from '../../domain/base/poll-interval';
import type { VendingPlan } from '../../domain/plan/plan';
import { RECONCILIATION } from '../../domain/queue/lanes';
import type { AssignedGroup } from '../../domain/records/account-records';
import type { Change } from '../../domain/records/ledger-records';
import { accountOf, secondsBetween, type Step, type StepContext, type StepReport } from '../../domain/run/step-context';
import type { AccountAssignments, GroupDirectory } from '../../ports/identity-center';
import type { LaneTurns } from '../../ports/lane-queue';
import type { TenantRepository } from '../../ports/repositories';
import { outcomesOf } from '../outcome';

const { done, requeueAfter } = outcomesOf('CheckGroups');

export interface CheckGroupsPorts {
  readonly repository: Pick<TenantRepository, 'update'>;
  /** Reads by name, and nothing else: groups of others are neither made nor changed, and nobody's membership is. */
  readonly groupDirectory: Pick<GroupDirectory, 'findGroup'>;
  readonly assignments: Pick<AccountAssignments, 'listOfGroup' | 'create' | 'describe'>;
  readonly turns: Pick<LaneTurns, 'free'>;
}

/** A group that the identity provider brings, and what it is to have in the account. */
type ExistingGroup = NonNullable<VendingPlan['existingGroups']>['groups'][number];

/** Identity providers bring groups every forty minutes or so. */
const SCHEDULE = { minSeconds: 60, maxSeconds: 900 };
const ASSIGNING_SECONDS = 60 * 60;
const YOUNG_SECONDS = 10 * 60;
const NOT_KNOWN_SECONDS = 15;

/**
 * Gives groups that the identity provider brings their permission sets in this account, each as soon as it is there. It
 * comes last, when the account is as wanted and people in our groups can enter: a run may wait here for a day.
 * It waits in no lane, and ends where a newer desired state waits, whose run then goes on waiting. The ledger knows
 * what a group has been given before AWS is asked, so that RevokeAccess takes that away, and nothing else. A second run
 * finds every assignment and writes nothing.
 *
 * @throws RejectedError when a group has not come in time, or IAM Identity Center fails several times
 */
export function checkGroups(ports: CheckGroupsPorts): Step {
  return async (begun) => {
    const { existingGroups: wanted } = begun.plan;
    if (wanted === undefined) return done();
    const outstanding = await settle(ports, begun);
    if ('waitSeconds' in outstanding) return assigning(begun, outstanding.waitSeconds);
    const { found, absent } = await findAll(ports.groupDirectory, wanted.groups);
    const context = await remember(ports, outstanding.settled, found);
    for (const [planned, groupId] of found) {
      const actual = await ports.assignments.listOfGroup(accountOf(context).id, groupId);
      const permissionSetArn = planned.permissionSetArns.find((arn) => !actual.includes(arn));
      if (permissionSetArn !== undefined) return give(ports, context, { planned, groupId, permissionSetArn });
    }
    return absent.length === 0 ? done() : wait(ports, context, absent);
  };
}

async function settle(
  { repository, assignments }: CheckGroupsPorts,
  context: StepContext,
): Promise<{ readonly waitSeconds: number } | { readonly settled: StepContext }> {
  const record = context.tenant.assignment;
  if (record?.requestId === undefined || record.requestId === null) return { settled: context };
  const verdict = verdictOn(record, await assignments.describe(record.kind, record.requestId), context.now);
  if (verdict.kind === 'goes-on') {
    if (secondsBetween(record.askedAt, context.now) >= ASSIGNING_SECONDS) throw assignmentsHang();
    return verdict;
  }
  await repository.update('assignment', { before: record, after: 'record' in verdict ? verdict.record : null });
  if (verdict.kind === 'gives-up') throw verdict.error;
  return verdict.kind === 'again' ? verdict : { settled: withoutAssignment(context) };
}

/** Written before AWS is asked: what such a group has by a mapping is to be taken away again one day. */
async function remember(
  { repository }: CheckGroupsPorts,
  context: StepContext,
  found: ReadonlyMap<ExistingGroup, string>,
): Promise<StepContext> {
  const { tenant, plan, now } = context;
  const records = tenant.assignedGroups ?? [];
  const identityStoreId = plan.identityStore?.identityStoreId ?? '';
  const isOf = (record: AssignedGroup, groupId: string): boolean =>
    record.groupId === groupId && record.identityStoreId === identityStoreId;
  let after = records;
  for (const [{ name, permissionSetArns }, groupId] of found) {
    const known = after.find((record) => isOf(record, groupId));
    if (permissionSetArns.every((arn) => known?.permissionSetArns.includes(arn) === true)) continue;
    const all = [...new Set([...(known?.permissionSetArns ?? []), ...permissionSetArns])].toSorted();
    const knownSince = known?.knownSince ?? now.toISOString();
    const record = { identityStoreId, name, groupId, permissionSetArns: all, knownSince };
    after = [...after.filter((one) => !isOf(one, groupId)), record];
  }
  if (after === records) return context;
  await repository.update('assignedGroups', { before: tenant.assignedGroups, after });
  return { ...context, tenant: { ...tenant, assignedGroups: [...after] } };
}

interface Grant {
  readonly planned: ExistingGroup;
  readonly groupId: string;
  readonly permissionSetArn: string;
}

async function give(
  { repository, assignments }: CheckGroupsPorts,
  context: StepContext,
  grant: Grant,
): Promise<StepReport> {
  const { planned, groupId, permissionSetArn } = grant;
  const started = await assignments.create({ accountId: accountOf(context).id, groupId, permissionSetArn });
  if (started === 'busy') return assigning(context, NO_PLACE_SECONDS);
  if ('absent' in started) {
    if (isYoung(context, groupId)) return assigning(context, NOT_KNOWN_SECONDS);
    throw notKnown(context, grant, started.absent);
  }
  const before = context.tenant.assignment;
  const asked = { kind: 'creation', groupId, permissionSetArn } as const;
  const after = { ...asked, ...started, askedAt: context.now.toISOString(), failures: failuresOf(before, asked) };
  await repository.update('assignment', { before, after });
  return assigning(context, FIRST_POLL_SECONDS, [
    { what: `assignment of ${planned.name}`, from: null, to: permissionSetArn },
  ]);
}

/** IAM Identity Center may not know an account, or a group, that is some minutes old. */
function isYoung(context: StepContext, groupId: string): boolean {
  const { assignedGroups = [] } = context.tenant;
  const births = [accountOf(context), ...assignedGroups.filter((one) => one.groupId === groupId)];
  return births.some(({ knownSince }) => secondsBetween(knownSince, context.now) < YOUNG_SECONDS);
}

function assigning(context: StepContext, waitSeconds: number, changes: readonly Change[] = []): StepReport {
  const budget = (context.plan.existingGroups?.withinHours ?? 0) * 3600 + ASSIGNING_SECONDS;
  if (secondsBetween(context.stateEnteredAt, context.now) >= budget) throw assignmentsHang();
  return requeueAfter(waitSeconds, { changes, remark: 'Making account assignments, one at a time.' });
}

async function wait(
  { turns }: CheckGroupsPorts,
  { tenant, plan, now, stateEnteredAt }: StepContext,
  absent: readonly ExistingGroup[],
): Promise<StepReport> {
  const names = absent.map(({ name }) => `"${name}"`).join(', ');
  if (tenant.waitingSequence !== null) {
    return done(
      `The groups ${names} are not there yet. A newer desired state waits: its run goes on waiting for them.`,
    );
  }
  const withinHours = plan.existingGroups?.withinHours ?? 0;
  const waited = secondsBetween(stateEnteredAt, now);
  if (waited >= withinHours * 3600) throw groupsNotThere(plan, absent);
  // A run that waits here works on nothing, and lets the next one in.
  if (tenant.turns[RECONCILIATION.name] !== undefined) await turns.free(RECONCILIATION);
  return requeueAfter(nextPoll(waited, SCHEDULE), {
    remark: `Waits for the groups ${names}, which the identity provider brings, for at most ${withinHours} hours.`,
    facts: { groupsAwaited: absent.length },
  });
}

/** The ids of the groups that are there, and those that are not. */
async function findAll(
  directory: Pick<GroupDirectory, 'findGroup'>,
  groups: readonly ExistingGroup[],
): Promise<{ readonly found: ReadonlyMap<ExistingGroup, string>; readonly absent: readonly ExistingGroup[] }> {
  const found = new Map<ExistingGroup, string>();
  for (const group of groups) {
    const groupId = await directory.findGroup(group.name);
    if (groupId !== undefined) found.set(group, groupId);
  }
  return { found, absent: groups.filter((group) => !found.has(group)) };
}

function groupsNotThere({ existingGroups }: VendingPlan, absent: readonly ExistingGroup[]): RejectedError {
  const names = absent.map(({ name, awsRole }) => `"${name}" (role ${awsRole})`).join(' and no group ');
  return new RejectedError(
    `There is no group ${names} in IAM Identity Center after ${existingGroups?.withinHours ?? 0} hours.`,
    'Have your identity provider push the group under exactly this name, or correct existingGroupNamePattern of the role in awsRoleMappings and deploy; ' +
      'then replay this run. Where groups take longer, raise groupsWithinHours of awsIdentityStore or awsSso in platform.json.',
  );
}

const assignmentsHang = (): RejectedError =>
  new RejectedError(
    'IAM Identity Center had not finished with the assignments of this account after 60 minutes.',
    'Look in the IAM Identity Center console for assignments that hang or for somebody else who makes many; then replay this run.',
  );

function notKnown(context: StepContext, { planned, ...ids }: Grant, inWords: string): RejectedError {
  const { groupId, permissionSetArn } = ids;
  return new RejectedError(
    `IAM Identity Center does not know the permission set ${permissionSetArn} of the role "${planned.awsRole}", the group "${planned.name}" (${groupId}), ` +
      `or the account ${accountOf(context).id} (${inWords}).`,
    `If it is the permission set, correct those of "${planned.awsRole}" in awsRoleMappings of platform.json or landing-zones/${context.plan.landingZone}.json ` +
      'and deploy; then replay this run.',
  );
}
