import { assignmentDifferences, ownedGroups, plannedGroupOf } from '../domain/access/tenant-groups';
import {
  assignmentAsked,
  FIRST_POLL_SECONDS,
  failuresOf,
  type Grant,
  NO_PLACE_SECONDS,
  notKnownThere,
  verdictOn,
  withoutAssignment,
} from '../domain/access/assignment-verdict';
import { FACTORY_USER_CHANGE } from '../domain/access/factory-user';
import type { AssignmentRecord, GroupRecord } from '../domain/records/account-records';
import type { Change } from '../domain/records/ledger-records';
import { accountOf, secondsBetween, type StepContext, type StepReport } from '../domain/run/step-context';
import type { AccountAssignments, FactoryUserAssignment } from '../ports/identity-center';
import type { TenantRepository } from '../ports/repositories';
import type { Outcomes } from './outcome';

export interface GivingPorts {
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly assignments: AccountAssignments;
  /** The words of the state in which this happens. */
  readonly outcomes: Pick<Outcomes<'CheckGrants' | 'PrepareAccess'>, 'done' | 'requeueAfter'>;
  /** Whether a group that lacks a permission set may be given it now. Absent: each may. */
  readonly mayBeGiven?: (groupId: string) => boolean | Promise<boolean>;
}

/**
 * Gives the groups of this account their permission sets while stacks are at work on a new account, and in every run
 * before people come, one at a time, and says when all are there: IAM Identity Center works on one role of an account
 * at a time, and takes a limited number of requests for all accounts together. A request whose answer was lost is found
 * at work, and waited for. Before that, what the Account Factory has given its user in this account is taken away. What
 * is younger than ten minutes may not be known there yet, and is waited for as well.
 *
 * @throws RejectedError when a permission set, the group or the account is not there any more, or IAM Identity Center
 * fails several times
 */
export async function givePermissionSets(ports: GivingPorts, begun: StepContext): Promise<StepReport> {
  const outstanding = await settleOutstanding(ports, begun);
  if ('waitSeconds' in outstanding) return wait(ports, outstanding.waitSeconds);
  const context = outstanding.settled;
  const unwanted = outstanding.given === null ? await nextOfFactoryUser(ports.assignments, context) : undefined;
  if (unwanted !== undefined) return takeAway(ports, context, unwanted);
  const missing = await nextGrant(ports, context, outstanding.given);
  if (missing !== undefined) return start(ports, context, missing);
  // Somebody else has given what failed before.
  if (context.tenant.assignment !== null)
    await ports.repository.update('assignment', { before: context.tenant.assignment, after: null });
  return ports.outcomes.done();
}

interface Settled {
  readonly settled: StepContext;
  /** What IAM Identity Center has just said to have given. */
  readonly given: Pick<AssignmentRecord, 'groupId' | 'permissionSetArn'> | null;
}

async function settleOutstanding(
  { repository, assignments }: GivingPorts,
  context: StepContext,
): Promise<{ readonly waitSeconds: number } | Settled> {
  const record = context.tenant.assignment;
  if (record?.requestId === undefined || record.requestId === null) return { settled: context, given: null };
  const look = await assignments.describe(record.kind, record.requestId);
  const verdict = verdictOn(record, look, context.now);
  if (verdict.kind === 'goes-on') return verdict;
  await repository.update('assignment', { before: record, after: 'record' in verdict ? verdict.record : null });
  if (verdict.kind === 'gives-up') throw verdict.error;
  if (verdict.kind === 'again') return verdict;
  const isGiven = record.kind === 'creation' && look.state === 'SUCCEEDED';
  return { settled: withoutAssignment(context), given: isGiven ? record : null };
}

const wait = ({ outcomes }: GivingPorts, waitSeconds: number, changes: readonly Change[] = []): StepReport =>
  outcomes.requeueAfter(waitSeconds, { changes, remark: 'Making account assignments, one at a time.' });

/**
 * In the order of the groups: those before the one that was given something had nothing missing when it was asked for.
 */
async function nextGrant(
  { assignments, mayBeGiven = () => true }: GivingPorts,
  context: StepContext,
  given: Settled['given'],
): Promise<Grant | undefined> {
  const groups = ownedGroups(context);
  const isDone = (record: GroupRecord): boolean =>
    plannedGroupOf(context, record)?.permissionSetArns.every((arn) => arn === given?.permissionSetArn) === true;
  const last = groups.findIndex(({ groupId }) => groupId === given?.groupId);
  const left = groups.filter((record, index) => index > last || (index === last && !isDone(record)));
  for (const record of left) {
    const planned = plannedGroupOf(context, record);
    if (planned === undefined || record.groupId === null) continue;
    const actual = await assignments.listOfGroup(accountOf(context).id, record.groupId);
    const [permissionSetArn] = assignmentDifferences(actual, planned.permissionSetArns).create;
    if (permissionSetArn === undefined || !(await mayBeGiven(record.groupId))) continue;
    return { planned, groupId: record.groupId, permissionSetArn };
  }
  return undefined;
}

async function start(
  ports: GivingPorts,
  context: StepContext,
  { planned, groupId, permissionSetArn }: Grant,
): Promise<StepReport> {
  const { repository, assignments } = ports;
  const started = await assignments.create({ accountId: accountOf(context).id, groupId, permissionSetArn });
  if (started === 'busy') return wait(ports, NO_PLACE_SECONDS);
  if ('absent' in started) {
    if (isYoung(context, groupId)) return wait(ports, NOT_KNOWN_SECONDS);
    throw notKnownThere(context, { planned, groupId, permissionSetArn }, started.absent);
  }
  const before = context.tenant.assignment;
  const asked = { kind: 'creation', groupId, permissionSetArn } as const;
  const askedAt = context.now.toISOString();
  await repository.update('assignment', {
    before,
    after: { ...asked, ...started, askedAt, failures: failuresOf(before, asked) },
  });
  return wait(ports, FIRST_POLL_SECONDS, [assignmentAsked(planned, permissionSetArn)]);
}

/** Looked for before anything is given in this pass: what follows a grant is another grant. */
async function nextOfFactoryUser(
  assignments: AccountAssignments,
  context: StepContext,
): Promise<FactoryUserAssignment | undefined> {
  const { factoryUser } = context.plan;
  if (factoryUser === undefined) return undefined;
  return (await assignments.ofFactoryUser(accountOf(context).id, factoryUser))[0];
}

async function takeAway(
  ports: GivingPorts,
  context: StepContext,
  { accountId, userId: groupId, permissionSetArn }: FactoryUserAssignment,
): Promise<StepReport> {
  const { repository, assignments } = ports;
  const ofUser = { groupId, permissionSetArn, principalType: 'USER' } as const;
  const started = await assignments.delete({ accountId, ...ofUser });
  if (started === 'busy') return wait(ports, NO_PLACE_SECONDS);
  // Somebody else has taken it away.
  if ('absent' in started) return wait(ports, 1);
  const before = context.tenant.assignment;
  const asked = { kind: 'deletion', ...ofUser } as const;
  const askedAt = context.now.toISOString();
  await repository.update('assignment', {
    before,
    after: { ...asked, ...started, askedAt, failures: failuresOf(before, asked) },
  });
  return wait(ports, FIRST_POLL_SECONDS, [FACTORY_USER_CHANGE]);
}

/**
 * Whether IAM Identity Center may not know the account or the group yet.
 *
 * @evidence documented "botocore sso-admin.ConflictException": a write may not have had time to reach the host that
 *   answers; it is to be tried again, later each time
 */
function isYoung(context: StepContext, groupId: string): boolean {
  const group = ownedGroups(context).find((record) => record.groupId === groupId);
  const births = [accountOf(context).knownSince, ...(group?.madeAt === undefined ? [] : [group.madeAt])];
  return births.some((since) => secondsBetween(since, context.now) < YOUNG_SECONDS);
}

const YOUNG_SECONDS = 10 * 60;
const NOT_KNOWN_SECONDS = 15;
