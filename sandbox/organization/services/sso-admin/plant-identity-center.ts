import { createHash } from 'node:crypto';
import type { IdentityCenterSeed } from '../../organization-seed';
import { assignmentKey, emptyDirectory, groupCalled, type IdentityCenter } from './identity-center';

/** As the seed describes it. Ids follow from names, so that a richer seed changes no other random choice. */
export function plantIdentityCenter(seed: IdentityCenterSeed | undefined, now: number): IdentityCenter | null {
  if (seed === undefined) {
    return null;
  }
  const { region, instanceArn, identityStoreId } = seed;
  const center: IdentityCenter = {
    region,
    instanceArn,
    identityStoreId,
    createdAt: now,
    ...emptyDirectory(),
    permissionSets: new Map(),
    operations: new Map(),
    busyUntil: new Map(),
  };
  for (const { arn, name } of seed.permissionSets) {
    center.permissionSets.set(arn, { arn, name, description: null, sessionDuration: 'PT1H', createdAt: now });
  }
  for (const user of seed.users) {
    const id = idOf('user', user.userName);
    const { userName, givenName, familyName } = user;
    const displayName = `${givenName} ${familyName}`;
    center.users.set(id, { id, userName, givenName, familyName, displayName, email: user.email ?? null });
  }
  for (const { name, description = null, members = [] } of seed.groups ?? []) {
    const groupId = idOf('group', name);
    center.groups.set(groupId, { id: groupId, displayName: name, description, externalId: null, createdAt: 0 });
    for (const member of members) {
      const id = idOf('membership', `${name} ${member}`);
      center.memberships.set(id, { id, groupId, userId: idOf('user', member) });
    }
  }
  return center;
}

/**
 * What Control Tower gives its own groups in every account that it enrolls (Control Tower User Guide, "IAM Identity
 * Center groups for AWS Control Tower"). Nobody else may take it away.
 */
export function grantControlTower(
  center: IdentityCenter | null,
  seed: IdentityCenterSeed | undefined,
  accountId: string,
): void {
  for (const { group, permissionSetArn } of seed?.controlTowerAssignments ?? []) {
    const found = center === null ? undefined : groupCalled(center, group);
    if (found !== undefined) {
      const assignment = { accountId, permissionSetArn, principalType: 'GROUP', principalId: found.id } as const;
      center?.assignments.set(assignmentKey(assignment), assignment);
    }
  }
}

function idOf(kind: string, name: string): string {
  const hex = createHash('sha256').update(`${kind} ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
