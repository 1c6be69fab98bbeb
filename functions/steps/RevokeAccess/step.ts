import { checkBudget } from '../../domain/access/assignment-verdict';
import { memberDifferences, plannedPeople, wantedMembers } from '../../domain/access/tenant-groups';
import { identityCenterIn } from '../../domain/access/factory-user';
import type { Change } from '../../domain/records/ledger-records';
import type { GroupRecord } from '../../domain/records/account-records';
import { accountOf, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { AccountAssignments, GroupDirectory } from '../../ports/identity-center';
import type { SamlAccess } from '../../ports/iam';
import { outcomesOf } from '../outcome';
import { revokeSamlAccess } from './revoke-saml-access';
import { nextOfAssignedGroups } from './assigned-groups';
import { type FoundGroup, findOwnGroups, takeOverGroups } from './find-own-groups';
import { type Deletion, nextDeletion, nextOfFactoryUser, settleOutstanding, startDeletion } from './delete-assignments';

const { done, requeueAfter } = outcomesOf('RevokeAccess');

export interface RevokeAccessPorts {
  /**
   * Not into an account that is closed, or has left the organization: nobody gets in by what is left there, and we do
   * not either. Absent: it is open.
   */
  readonly canEnter?: boolean;
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly groupDirectory: GroupDirectory;
  readonly assignments: AccountAssignments;
  readonly saml: SamlAccess;
}

/**
 * Takes away what is no longer wanted, before anything else is done: members, account assignments (one at a time: the
 * workflow comes back until the last is gone), and groups. Touches our groups alone, and their assignments in this
 * account; Control Tower's and everybody else's stay. A group of a planned name that gives access to this account alone
 * becomes ours. Of members that the sender did not speak about, none is removed; and none of all that where
 * `skipUserGroupPermissionCleanup` is set. What the Account Factory has given its user in this account goes in any
 * case, unless it is configured to stay. A second run finds nothing and writes nothing.
 *
 * @throws RejectedError when IAM Identity Center cannot take an assignment away
 */
export function revokeAccess(ports: RevokeAccessPorts): Step {
  return async (begun) => {
    const revokesSaml = ports.canEnter !== false && !begun.plan.skipUserGroupPermissionCleanup;
    const ofSaml = revokesSaml ? await revokeSamlAccess(ports, begun) : [];
    if (identityCenterIn(begun.plan) === null) return finish(ofSaml, remarkOn(ports, begun));
    const outstanding = await settleOutstanding(ports, begun);
    if ('waitSeconds' in outstanding) return wait(begun, outstanding.waitSeconds, ofSaml);
    const { vending: context, names } = await takeOverGroups(ports, outstanding.settled);
    const isSkipped = context.plan.skipUserGroupPermissionCleanup;
    const groups = isSkipped ? [] : await findOwnGroups(ports.groupDirectory, context);
    const removed = [...ofSaml, ...(await removeMembers(ports.groupDirectory, context, groups))];
    const deletion = (await nextDeletionIn(ports, context, groups)) ?? (await nextOfAssignedGroups(ports, context));
    if (deletion === undefined) {
      const remarks = [remarkOn(ports, context), takenOver(names)].filter((remark) => remark !== undefined);
      const remark = remarks.length === 0 ? undefined : remarks.join(' ');
      return finish([...removed, ...(await deleteGroups(ports, context, groups))], remark);
    }
    const { waitSeconds, changes } = await startDeletion(ports, context, deletion);
    return wait(context, waitSeconds, [...removed, ...changes]);
  };
}

/**
 * IAM Identity Center takes no role out of an account that is closed, or elsewhere: without its group, an assignment
 * gives nobody anything.
 */
async function nextDeletionIn(
  { canEnter = true, assignments }: RevokeAccessPorts,
  context: StepContext,
  groups: readonly FoundGroup[],
): Promise<Deletion | undefined> {
  if (!canEnter) return undefined;
  return (
    (await nextDeletion(assignments, accountOf(context).id, groups)) ?? (await nextOfFactoryUser(assignments, context))
  );
}

function wait(context: StepContext, waitSeconds: number, changes: readonly Change[]): StepReport {
  checkBudget(context);
  return requeueAfter(waitSeconds, { changes, remark: 'Taking away account assignments, one at a time.' });
}

const finish = (changes: readonly Change[], remark: string | undefined): StepReport =>
  done({ changes, ...(remark === undefined ? {} : { remark }) });

const SKIPPED =
  'skipUserGroupPermissionCleanup is set: groups, members and assignments that are no longer wanted stay.';

/** Without an identity store in the configuration nobody could say where, and with which rights. */
function remarkOn(ports: RevokeAccessPorts, context: StepContext): string | undefined {
  const { plan, tenant } = context;
  const { groups } = tenant;
  if (plan.identityStore !== null) {
    return plan.skipUserGroupPermissionCleanup ? SKIPPED : leftInside(ports, context);
  }
  return groups.length === 0
    ? leftInside(ports, context)
    : `IAM Identity Center is no longer configured (awsIdentityStore or awsSso): ${groups.length} groups of this tenant stay there.`;
}

const takenOver = (names: readonly string[]): string | undefined =>
  names.length === 0
    ? undefined
    : `The groups ${names.join(', ')} were there, and give access to no other account: they are the tenant's from now on.`;

function leftInside(
  { canEnter = true }: RevokeAccessPorts,
  { tenant: { samlAccess } }: StepContext,
): string | undefined {
  const isLeft = !canEnter && (samlAccess.roles.length > 0 || samlAccess.provider !== null);
  return isLeft
    ? "meshIdB's roles and SAML provider stay in the account, which nobody can enter any more: it is closed, or in the organization no more."
    : undefined;
}

async function removeMembers(
  directory: GroupDirectory,
  { plan }: StepContext,
  groups: readonly FoundGroup[],
): Promise<readonly Change[]> {
  const kept = groups.flatMap(({ planned }) => planned ?? []);
  const users =
    plan.membersKnown && kept.length > 0 ? await directory.findUsers(plannedPeople(kept)) : new Map<string, string>();
  const changes: Change[] = [];
  for (const { record, groupId, planned } of groups) {
    // Nothing is known about people: nobody leaves a group that stays.
    if (planned !== undefined && !plan.membersKnown) continue;
    const wanted = planned === undefined ? new Set<string>() : wantedMembers(planned, users);
    const { remove } = memberDifferences((await directory.listMembers(groupId)) ?? [], wanted);
    if (remove.length > 0) await directory.removeMembers(groupId, remove);
    changes.push(...remove.map(({ userId }) => ({ what: `member of ${record.name}`, from: userId, to: null })));
  }
  return changes;
}

/** The last thing that goes: its assignments would stay behind, and it is the ledger that knows them as ours. */
async function deleteGroups(
  { repository, groupDirectory }: RevokeAccessPorts,
  { tenant }: StepContext,
  groups: readonly FoundGroup[],
): Promise<readonly Change[]> {
  const unwanted = groups.filter(({ planned }) => planned === undefined);
  let records: readonly GroupRecord[] = tenant.groups;
  for (const { record, groupId } of unwanted) {
    await groupDirectory.deleteGroup(groupId);
    const left = records.filter((other) => other !== record);
    await repository.update('groups', { before: records, after: left });
    records = left;
  }
  return unwanted.map(({ record, groupId }) => ({ what: `group ${record.name}`, from: groupId, to: null }));
}
