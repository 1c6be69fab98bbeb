import { assignmentDifferences } from '../../domain/access/tenant-groups';
import { failuresOf, NO_PLACE_SECONDS, verdictOn, withoutAssignment } from '../../domain/access/assignment-verdict';
import { FACTORY_USER_CHANGE } from '../../domain/access/factory-user';
import type { AssignmentRecord } from '../../domain/records/account-records';
import type { Change } from '../../domain/records/ledger-records';
import { accountOf, type StepContext } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { AccountAssignments } from '../../ports/identity-center';
import type { FoundGroup } from './find-own-groups';

interface Ports {
  readonly canEnter?: boolean;
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly assignments: AccountAssignments;
}

export interface Deletion {
  /** How it is told. */
  readonly change: Change;
  readonly groupId: string;
  readonly permissionSetArn: string;
  readonly principalType?: 'USER';
}

/**
 * Looks at the request that an earlier pass, or an earlier run, has left.
 *
 * @returns for how many seconds to wait for it, or what is known once nothing is outstanding
 * @throws RejectedError when a deletion has failed several times
 */
export async function settleOutstanding(
  { repository, assignments, canEnter = true }: Ports,
  context: StepContext,
): Promise<{ readonly waitSeconds: number } | { readonly settled: StepContext }> {
  const record = context.tenant.assignment;
  if (record?.requestId === undefined || record.requestId === null) return { settled: context };
  const look = await assignments.describe(record.kind, record.requestId);
  // Whether the grant of an earlier run is still wanted is decided later; nothing can be taken away in an account that
  // is closed.
  const isVain = look.state === 'FAILED' && (record.kind === 'creation' || !canEnter);
  const verdict = isVain ? ({ kind: 'over' } as const) : verdictOn(record, look, context.now);
  if (verdict.kind === 'goes-on') return verdict;
  await repository.update('assignment', { before: record, after: 'record' in verdict ? verdict.record : null });
  if (verdict.kind === 'gives-up') throw verdict.error;
  return verdict.kind === 'again' ? verdict : { settled: withoutAssignment(context) };
}

/** The first assignment in this account that one of our groups has and should not have. */
export async function nextDeletion(
  assignments: AccountAssignments,
  accountId: string,
  groups: readonly FoundGroup[],
): Promise<Deletion | undefined> {
  for (const { record, groupId, planned } of groups) {
    // A role without permission sets: others assign its group.
    if (planned?.permissionSetArns.length === 0) continue;
    const actual = await assignments.listOfGroup(accountId, groupId);
    const [permissionSetArn] = assignmentDifferences(actual, planned?.permissionSetArns ?? []).delete;
    if (permissionSetArn !== undefined)
      return {
        change: { what: `assignment of ${record.name}`, from: permissionSetArn, to: null },
        groupId,
        permissionSetArn,
      };
  }
  return undefined;
}

/**
 * The first thing that the Account Factory has given its user itself in this account: it gives nothing else, and takes
 * nothing away.
 */
export async function nextOfFactoryUser(
  assignments: AccountAssignments,
  context: StepContext,
): Promise<Deletion | undefined> {
  const { factoryUser } = context.plan;
  if (factoryUser === undefined) return undefined;
  const [found] = await assignments.ofFactoryUser(accountOf(context).id, factoryUser);
  if (found === undefined) return undefined;
  const { userId: groupId, permissionSetArn } = found;
  return { change: FACTORY_USER_CHANGE, groupId, permissionSetArn, principalType: 'USER' };
}

/**
 * What cannot be written down is not lost: the next pass finds the assignment still there, and the same request already
 * at work.
 */
export async function startDeletion(
  { repository, assignments }: Ports,
  context: StepContext,
  { change, ...assignment }: Deletion,
): Promise<{ readonly waitSeconds: number; readonly changes: readonly Change[] }> {
  const started = await assignments.delete({ accountId: accountOf(context).id, ...assignment });
  if (started === 'busy') return { waitSeconds: NO_PLACE_SECONDS, changes: [] };
  // Somebody else has taken it away.
  if ('absent' in started) return { waitSeconds: 1, changes: [] };
  const before = context.tenant.assignment;
  const asked = { kind: 'deletion', ...assignment } as const;
  const askedAt = context.now.toISOString();
  const record: AssignmentRecord = { ...asked, ...started, askedAt, failures: failuresOf(before, asked) };
  await repository.update('assignment', { before, after: record });
  return { waitSeconds: 3, changes: [change] };
}
