import type { GroupRecord } from '../../domain/records/account-records';
import {
  groupMark,
  mayBeTakenOver,
  ownedGroups,
  plannedGroupOf,
  type PlannedGroup,
} from '../../domain/access/tenant-groups';
import type { StepContext } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { AccountAssignments, GroupDirectory } from '../../ports/identity-center';

/** One of our groups that is there, or was. */
export interface FoundGroup {
  readonly record: GroupRecord;
  readonly groupId: string;
  /** Undefined: it is not wanted any more. */
  readonly planned: PlannedGroup | undefined;
}

/**
 * Our groups, and whether they are wanted. One that somebody has renamed is not wanted: its name is planned,
 * and has to be another group. One whose id was lost is left to GrantAccess as long as it is planned.
 */
export async function findOwnGroups(directory: GroupDirectory, context: StepContext): Promise<readonly FoundGroup[]> {
  const found: FoundGroup[] = [];
  for (const record of ownedGroups(context)) {
    const planned = plannedGroupOf(context, record);
    if (record.groupId === null && planned !== undefined) continue;
    const named = await directory.findGroup(record.name);
    const groupId = record.groupId ?? (await ifOurs(directory, context, named));
    if (groupId === undefined) continue;
    found.push({ record, groupId, planned: named === groupId ? planned : undefined });
  }
  return found;
}

/**
 * Groups of planned names that the ledger does not know, and that are the tenant's all the same (`mayBeTakenOver`),
 * written down as its own. Looked for only where a planned group is not known: as a rule that is one which is still to
 * be made.
 *
 * @returns the tenant with them
 */
export async function takeOverGroups(
  { groupDirectory, assignments, repository }: TakeOverPorts,
  context: StepContext,
): Promise<{ readonly vending: StepContext; readonly names: readonly string[] }> {
  const { tenant, plan } = context;
  const found: GroupRecord[] = [];
  for (const { name } of plan.groups.filter((group) => !isKnown(context, group))) {
    const groupId = await groupDirectory.findGroup(name);
    if (groupId === undefined) continue;
    const accounts = await assignments.accountsOfGroup(groupId);
    if (!mayBeTakenOver(await groupDirectory.markOf(groupId), accounts, context)) continue;
    found.push({ identityStoreId: plan.identityStore?.identityStoreId ?? '', name, groupId });
  }
  if (found.length === 0) return { vending: context, names: [] };
  const groups = [...tenant.groups, ...found];
  await repository.update('groups', { before: tenant.groups, after: groups });
  return { vending: { ...context, tenant: { ...tenant, groups } }, names: found.map(({ name }) => name) };
}

interface TakeOverPorts {
  readonly groupDirectory: GroupDirectory;
  readonly assignments: Pick<AccountAssignments, 'accountsOfGroup'>;
  readonly repository: Pick<TenantRepository, 'update'>;
}

const isKnown = (context: StepContext, { name }: PlannedGroup): boolean =>
  ownedGroups(context).some((record) => record.name === name);

async function ifOurs(
  directory: GroupDirectory,
  { tenant }: StepContext,
  groupId: string | undefined,
): Promise<string | undefined> {
  if (groupId === undefined) return undefined;
  return (await directory.markOf(groupId)) === groupMark(tenant.tenantUuid) ? groupId : undefined;
}
