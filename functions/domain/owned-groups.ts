import type { GroupRecord } from './ledger-records';
import type { VendingPlan } from './plan';
import { TENANT_TAG_KEY } from './tenant-tag';
import type { Vending } from './vending';

export type PlannedGroup = VendingPlan['groups'][number];

/** The groups that the ledger knows as this tenant's in the plan's identity store. No other group is ever changed. */
export function ownedGroups({ tenant, plan }: Vending): readonly GroupRecord[] {
  return tenant.groups.filter(({ identityStoreId }) => identityStoreId === plan.identityStore?.identityStoreId);
}

export function plannedGroupOf({ plan }: Vending, { name }: GroupRecord): PlannedGroup | undefined {
  return plan.groups.find((group) => group.name === name);
}

/** What a group of ours carries, so that it is known again when the answer to its creation was lost. */
export const groupMark = (tenantUuid: string): string => `${TENANT_TAG_KEY}=${tenantUuid}`;
