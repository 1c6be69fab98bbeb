import type { TenantRecord } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import type { MemberMemory } from '../../ports/member-memory';
import { recordProgress } from './record-progress';

/**
 * The members that one tenant's groups were given, as its item said when the step began, and as the step has changed it
 * since.
 */
export function ledgerMemberMemory(
  store: LedgerStore,
  { tenantUuid, addedMembers }: Pick<TenantRecord, 'addedMembers' | 'tenantUuid'>,
): MemberMemory {
  let known = addedMembers;
  return {
    membersOf: (groupId) => known.find((one) => one.groupId === groupId)?.userIds ?? [],
    record: async (groupId, userIds) => {
      const others = known.filter((one) => one.groupId !== groupId);
      const after = userIds.length === 0 ? others : [...others, { groupId, userIds: [...userIds] }];
      await recordProgress(store, tenantUuid, 'addedMembers', { before: known, after });
      known = after;
    },
  };
}
