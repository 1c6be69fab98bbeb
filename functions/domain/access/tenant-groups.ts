import type { GroupRecord } from '../records/account-records';
import { type VendingPlan, TENANT_TAG_KEY } from '../plan/plan';
import type { StepContext } from '../run/step-context';

export type PlannedGroup = VendingPlan['groups'][number];

/** The groups that the ledger knows as this tenant's in the plan's identity store. No other group is ever changed. */
export function ownedGroups({ tenant, plan }: StepContext): readonly GroupRecord[] {
  return tenant.groups.filter(({ identityStoreId }) => identityStoreId === plan.identityStore?.identityStoreId);
}

export function plannedGroupOf({ plan }: StepContext, { name }: GroupRecord): PlannedGroup | undefined {
  return plan.groups.find((group) => group.name === name);
}

/** Marks a group as ours. By it we recognize a group whose creation AWS has not answered. */
export const groupMark = (tenantUuid: string): string => `${TENANT_TAG_KEY}=${tenantUuid}`;

/**
 * Whether a group of a planned name that the ledger does not know is the tenant's: it has lost its ledger, or the group
 * was made before it was vended here. One that gives access elsewhere never is: a member of it would get in there, too.
 * Of another one the mark tells it, or that it gives access to the tenant's account and to nothing else. One that gives
 * access to nothing might be anybody's, and taking it over gives access to everybody in it: it is only where the
 * configuration says that groups of these names are the tenants', the account comes from the tool that has made them,
 * and those who are not to be in it are seen and taken out first.
 *
 * @param accounts to which it gives access
 */
export function mayBeTakenOver(
  mark: string | null,
  accounts: readonly string[],
  { tenant: { tenantUuid, account }, plan }: TakenOverFor,
): boolean {
  if (accounts.some((id) => id !== account?.id)) return false;
  if (mark === groupMark(tenantUuid)) return true;
  if (mark?.startsWith(groupMark('')) === true) return false;
  return accounts.length > 0 || (account?.imported === true && mayAdoptUnassigned(plan));
}

/** SCIM does not tell who is in a group. */
const mayAdoptUnassigned = (plan: TakenOverFor['plan']): boolean =>
  plan.adoptGroups === true &&
  plan.membersKnown &&
  !plan.skipUserGroupPermissionCleanup &&
  plan.identityStore?.scim == null;

interface TakenOverFor {
  readonly tenant: Pick<StepContext['tenant'], 'tenantUuid' | 'account'>;
  readonly plan: Pick<VendingPlan, 'adoptGroups' | 'membersKnown' | 'skipUserGroupPermissionCleanup' | 'identityStore'>;
}

/** Compares members: who is one and should not be, and who should be one and is not. */
export function memberDifferences<Member extends { readonly userId: string }>(
  actual: readonly Member[],
  wanted: ReadonlySet<string>,
): { readonly add: readonly string[]; readonly remove: readonly Member[] } {
  const present = new Set(actual.map(({ userId }) => userId));
  return {
    add: [...wanted].filter((userId) => !present.has(userId)),
    remove: actual.filter(({ userId }) => !wanted.has(userId)),
  };
}

/** Which permission sets a group should have in the account and has not, and the other way round. */
export function assignmentDifferences(
  actual: readonly string[],
  wanted: readonly string[],
): { readonly create: readonly string[]; readonly delete: readonly string[] } {
  return {
    create: wanted.filter((arn) => !actual.includes(arn)),
    delete: actual.filter((arn) => !wanted.includes(arn)),
  };
}

/** The ids of a planned group's members, as far as the directory knows these people. */
export function wantedMembers({ members }: PlannedGroup, users: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set(members.flatMap((member) => users.get(member) ?? []));
}

/** Everybody who is planned to be in any group, once. */
export function plannedPeople(groups: readonly PlannedGroup[]): readonly string[] {
  return [...new Set(groups.flatMap(({ members }) => members))].toSorted();
}
