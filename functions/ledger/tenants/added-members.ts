import type { TenantRecord } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import type { AddedMembers } from '../../ports/identity-center';
import { updateTenant } from './tenant-repository';

/**
 * The members that were added to one tenant's groups: as its item said when the step began, and as the step has gone on
 * from there.
 */
export function ledgerAddedMembers(
  store: LedgerStore,
  { tenantUuid, addedMembers }: Pick<TenantRecord, 'addedMembers' | 'tenantUuid'>,
): AddedMembers {
  let known = addedMembers;
  return {
    membersOf: (groupId) => known.find((one) => one.groupId === groupId)?.userIds ?? [],
    record: async (groupId, userIds) => {
      const others = known.filter((one) => one.groupId !== groupId);
      const after = userIds.length === 0 ? others : [...others, { groupId, userIds: [...userIds] }];
      await updateTenant(store, tenantUuid, 'addedMembers', { before: known, after });
      known = after;
    },
  };
}
