import type { Fault } from '../../domain/base/fault';
import type { Rejection, TenantRecord } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { decide, replace } from '../base/decide';
import { rejectionKey, tenantKey } from '../base/keys';
import { filedRow } from '../tenants/desired-state-items';
import { expiryAfterUse, NOTHING_YET, replaceTenant, tenantOf } from '../tenants/tenant-items';

export interface RefusedDesiredState {
  readonly tenantUuid: string;
  readonly replicationSequence: number;
  readonly workspaceIdentifier: string | null;
  readonly projectIdentifier: string | null;
  readonly faults: readonly Fault[];
}

/**
 * Remembers that a desired state was refused, and why. The tenant's last good state, its account and its runs stay as
 * they are. A second call changes the time and nothing else.
 */
export async function rejectDesiredState(store: LedgerStore, refused: RefusedDesiredState, now: Date): Promise<void> {
  const { tenantUuid, replicationSequence, workspaceIdentifier, projectIdentifier } = refused;
  const at = now.toISOString();
  const rejection: Rejection = { replicationSequence, at, faults: [...refused.faults] };
  const keys = [tenantKey(tenantUuid), rejectionKey(tenantUuid, replicationSequence)];
  await decide(store, keys, (tenantItem, rejectionItem) => {
    const known = tenantOf(tenantItem);
    const tenant = known === undefined || known.status === 'REJECTED' ? rejectedTenant(refused, at) : known;
    const row = { tenantUuid, workspaceIdentifier, projectIdentifier, rejection };
    return {
      writes: [
        replaceTenant(tenantItem, { ...tenant, rejection }),
        // Faults quote what they refuse, people's names and addresses among it.
        replace(rejectionItem, row, {
          listing: { label: 'REJECTED', at },
          expiresAt: expiryAfterUse(now),
          ...filedRow(rejectionItem, row, at, true),
        }),
      ],
      result: undefined,
    };
  });
}

function rejectedTenant(refused: RefusedDesiredState, at: string): TenantRecord {
  return {
    ...NOTHING_YET,
    tenantUuid: refused.tenantUuid,
    workspaceIdentifier: refused.workspaceIdentifier ?? '',
    projectIdentifier: refused.projectIdentifier ?? '',
    status: 'REJECTED',
    statusChangedAt: at,
  };
}
