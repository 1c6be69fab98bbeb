import type { GroupRecord } from '../../domain/ledger-records';
import { groupMark, ownedGroups, plannedGroupOf, type PlannedGroup } from '../../domain/owned-groups';
import type { Vending } from '../../domain/vending';
import type { GroupDirectory } from '../../ports/group-directory';

/** A group of ours that is there, or was. */
export interface FoundGroup {
  readonly record: GroupRecord;
  readonly groupId: string;
  /** Undefined: it is not wanted any more. */
  readonly planned: PlannedGroup | undefined;
}

/**
 * The groups of ours, and whether they are wanted. One that somebody has renamed is not wanted: its name is planned, and has to be another
 * group. One whose id was lost is left to GrantAccess as long as it is planned.
 */
export async function findOwnGroups(directory: GroupDirectory, vending: Vending): Promise<readonly FoundGroup[]> {
  const found: FoundGroup[] = [];
  for (const record of ownedGroups(vending)) {
    const planned = plannedGroupOf(vending, record);
    if (record.groupId === null && planned !== undefined) continue;
    const named = await directory.findGroup(record.name);
    const groupId = record.groupId ?? (await ifOurs(directory, vending, named));
    if (groupId === undefined) continue;
    found.push({ record, groupId, planned: named === groupId ? planned : undefined });
  }
  return found;
}

async function ifOurs(
  directory: GroupDirectory,
  { tenant }: Vending,
  groupId: string | undefined,
): Promise<string | undefined> {
  if (groupId === undefined) return undefined;
  return (await directory.markOf(groupId)) === groupMark(tenant.tenantUuid) ? groupId : undefined;
}
