import {
  assignmentDifferences,
  ownedGroups,
  plannedGroupOf,
  type PlannedGroup,
} from '../../domain/access/tenant-groups';
import {
  checkBudget,
  FIRST_LOOK_SECONDS,
  failuresOf,
  NO_PLACE_SECONDS,
  verdictOn,
  withoutAssignment,
} from '../../domain/access/assignment-verdict';
import { RejectedError } from '../../domain/base/errors';
import { FACTORY_USER_CHANGE, identityCenterIn } from '../../domain/access/factory-user';
import type { AssignmentRecord, GroupRecord } from '../../domain/records/account-records';
import type { Change } from '../../domain/records/ledger-records';
import { accountOf, secondsBetween, type Step, type StepReport, type Vending } from '../../domain/run/vending';
import type { TenantRepository } from '../../ports/repositories';
import type { AccountAssignments, FactoryUserAssignment } from '../../ports/identity-center';
import { outcomesOf } from '../outcome';

const { done, requeueAfter } = outcomesOf('CheckGrants');

export interface CheckGrantsPorts {
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly assignments: AccountAssignments;
}

/** An assignment of a planned group that is missing. */
interface Grant {
  readonly planned: PlannedGroup;
  readonly groupId: string;
  readonly permissionSetArn: string;
}

/**
 * Gives the groups of this account their permission sets, one at a time, and says when all are there: IAM Identity
 * Center works on one role of an account at a time, and takes a limited number of requests for all accounts together. A
 * request whose answer was lost is found at work, and waited for. Before that, what the Account Factory has given its
 * user in this account is taken away. What is younger than ten minutes may not be known there yet, and is waited for as
 * well. A second run finds every assignment as wanted and writes nothing.
 *
 * @throws RejectedError when a permission set, the group or the account is not there any more, or IAM Identity Center
 * fails several times
 */
export function checkGrants(ports: CheckGrantsPorts): Step {
  return async (begun) => {
    if (identityCenterIn(begun.plan) === null) return done();
    const outstanding = await settleOutstanding(ports, begun);
    if ('waitSeconds' in outstanding) return wait(begun, outstanding.waitSeconds);
    const vending = outstanding.settled;
    const unwanted = outstanding.given === null ? await nextOfFactoryUser(ports.assignments, vending) : undefined;
    if (unwanted !== undefined) return takeAway(ports, vending, unwanted);
    const missing = await nextGrant(ports.assignments, vending, outstanding.given);
    if (missing !== undefined) return start(ports, vending, missing);
    // Somebody else has given what failed before.
    if (vending.tenant.assignment !== null)
      await ports.repository.update('assignment', { before: vending.tenant.assignment, after: null });
    return done();
  };
}

interface Settled {
  readonly settled: Vending;
  /** What IAM Identity Center has just said to have given. */
  readonly given: Pick<AssignmentRecord, 'groupId' | 'permissionSetArn'> | null;
}

async function settleOutstanding(
  { repository, assignments }: CheckGrantsPorts,
  vending: Vending,
): Promise<{ readonly waitSeconds: number } | Settled> {
  const record = vending.tenant.assignment;
  if (record?.requestId === undefined || record.requestId === null) return { settled: vending, given: null };
  const look = await assignments.describe(record.kind, record.requestId);
  const verdict = verdictOn(record, look, vending.now);
  if (verdict.kind === 'goes-on') return verdict;
  await repository.update('assignment', { before: record, after: verdict.kind === 'again' ? verdict.record : null });
  if (verdict.kind === 'again') return verdict;
  const isGiven = record.kind === 'creation' && look.state === 'SUCCEEDED';
  return { settled: withoutAssignment(vending), given: isGiven ? record : null };
}

function wait(vending: Vending, waitSeconds: number, changes: readonly Change[] = []): StepReport {
  checkBudget(vending);
  return requeueAfter(waitSeconds, { changes, remark: 'Making account assignments, one at a time.' });
}

/**
 * In the order of the groups: those before the one that was given something had nothing missing when it was asked for.
 */
async function nextGrant(
  assignments: AccountAssignments,
  vending: Vending,
  given: Settled['given'],
): Promise<Grant | undefined> {
  const groups = ownedGroups(vending);
  const isDone = (record: GroupRecord): boolean =>
    plannedGroupOf(vending, record)?.permissionSetArns.every((arn) => arn === given?.permissionSetArn) === true;
  const last = groups.findIndex(({ groupId }) => given !== null && groupId === given.groupId);
  const left = groups.filter((record, index) => index > last || (index === last && !isDone(record)));
  for (const record of left) {
    const planned = plannedGroupOf(vending, record);
    if (planned === undefined || record.groupId === null) continue;
    const actual = await assignments.listOfGroup(accountOf(vending).id, record.groupId);
    const [permissionSetArn] = assignmentDifferences(actual, planned.permissionSetArns).create;
    if (permissionSetArn !== undefined) return { planned, groupId: record.groupId, permissionSetArn };
  }
  return undefined;
}

async function start(
  { repository, assignments }: CheckGrantsPorts,
  vending: Vending,
  { planned, groupId, permissionSetArn }: Grant,
): Promise<StepReport> {
  const started = await assignments.create({ accountId: accountOf(vending).id, groupId, permissionSetArn });
  if (started === 'busy') return wait(vending, NO_PLACE_SECONDS);
  if ('absent' in started) {
    if (isYoung(vending, groupId)) return wait(vending, NOT_KNOWN_SECONDS);
    throw vanished(vending, { planned, groupId, permissionSetArn }, started.absent);
  }
  const before = vending.tenant.assignment;
  const asked = { kind: 'creation', groupId, permissionSetArn } as const;
  const askedAt = vending.now.toISOString();
  await repository.update('assignment', {
    before,
    after: { ...asked, ...started, askedAt, failures: failuresOf(before, asked) },
  });
  return wait(vending, FIRST_LOOK_SECONDS, [
    { what: `assignment of ${planned.name}`, from: null, to: permissionSetArn },
  ]);
}

/** Looked for before anything is given in this pass: what follows a grant is another grant. */
async function nextOfFactoryUser(
  assignments: AccountAssignments,
  vending: Vending,
): Promise<FactoryUserAssignment | undefined> {
  const { factoryUser } = vending.plan;
  if (factoryUser === undefined) return undefined;
  return (await assignments.ofFactoryUser(accountOf(vending).id, factoryUser))[0];
}

async function takeAway(
  { repository, assignments }: CheckGrantsPorts,
  vending: Vending,
  { accountId, userId: groupId, permissionSetArn }: FactoryUserAssignment,
): Promise<StepReport> {
  const ofUser = { groupId, permissionSetArn, principalType: 'USER' } as const;
  const started = await assignments.delete({ accountId, ...ofUser });
  if (started === 'busy') return wait(vending, NO_PLACE_SECONDS);
  // Somebody else has taken it away.
  if ('absent' in started) return wait(vending, 1);
  const before = vending.tenant.assignment;
  const asked = { kind: 'deletion', ...ofUser } as const;
  const askedAt = vending.now.toISOString();
  await repository.update('assignment', {
    before,
    after: { ...asked, ...started, askedAt, failures: failuresOf(before, asked) },
  });
  return wait(vending, FIRST_LOOK_SECONDS, [FACTORY_USER_CHANGE]);
}

/**
 * Whether IAM Identity Center may not know the account or the group yet.
 *
 * @evidence assumed none: CreateAccountAssignment does not know what is some minutes old (decided by: one right after
 *   CreateGroup)
 */
function isYoung(vending: Vending, groupId: string): boolean {
  const group = ownedGroups(vending).find((record) => record.groupId === groupId);
  const births = [accountOf(vending).knownSince, ...(group?.madeAt === undefined ? [] : [group.madeAt])];
  return births.some((since) => secondsBetween(since, vending.now) < YOUNG_SECONDS);
}

const YOUNG_SECONDS = 10 * 60;
const NOT_KNOWN_SECONDS = 15;

function vanished(vending: Vending, { planned, groupId, permissionSetArn }: Grant, inWords: string): RejectedError {
  const { plan } = vending;
  const { awsRole } = planned;
  return new RejectedError(
    `IAM Identity Center does not know the permission set ${permissionSetArn} of the role "${awsRole}" (instance ${plan.identityStore?.instanceArn ?? ''}), ` +
      `the group ${groupId}, or the account ${accountOf(vending).id} (${inWords}).`,
    `If it is the permission set, correct those of "${awsRole}" in awsRoleMappings of platform.json or landing-zones/${plan.landingZone}.json, or arn of ` +
      'awsIdentityStore or awsSso, and deploy; then replay this run.',
  );
}
