import { type TenantRecord, TenantRecordSchema } from '../domain/records/ledger-records';
import { isToBeBrought, type RolloutRecord, type RolloutTenant } from '../domain/rollout/rollout';
import { waveOfLatecomers } from '../domain/rollout/waves';
import { contentOfStored } from '../ledger/base/decide';
import { TENANT_SORT } from '../ledger/base/keys';
import { readRolloutTenants, writeRolloutTenants } from '../ledger/rollout/rollout-tenants';
import type { LedgerStore } from '../ports/ledger-store';

const PAGE = 100;

/**
 * Gives a place in a last wave to tenants that have another configuration still: they were vended, or were busy, while
 * the rollout went on. When there are none the rollout has ended.
 */
export async function sweepLatecomers(
  { ledger, now }: { readonly ledger: LedgerStore; readonly now: () => Date },
  record: RolloutRecord,
): Promise<RolloutRecord> {
  const { items, cursor } = await ledger.list({
    label: record.list,
    limit: PAGE,
    ...(record.cursor === null ? {} : { cursor: record.cursor }),
  });
  const behind = items
    .filter(({ key }) => key.sort === TENANT_SORT)
    .map((item) => contentOfStored(TenantRecordSchema, item))
    .filter((tenant) => isToBeBrought(tenant, record));
  const uuids = behind.map(({ tenantUuid }) => tenantUuid);
  const known = await readRolloutTenants(ledger, record.id, uuids);
  const wave = waveOfLatecomers(record.limits);
  const late = behind
    .filter(({ tenantUuid }) => !hasHadItsTurn(known.find((one) => one.tenantUuid === tenantUuid)))
    .map((tenant) => latecomer(tenant, wave));
  await writeRolloutTenants(ledger, record.id, late);
  if (late.length > 0) return { ...record, wave, after: null, ...FROM_THE_BEGINNING };
  if (cursor !== null) return { ...record, wave, cursor };
  if (record.list === 'VENDED') return { ...record, wave, list: 'FAILED', cursor: null };
  return { ...record, status: 'ENDED', endedAt: now().toISOString() };
}

const FROM_THE_BEGINNING = { list: 'VENDED', cursor: null } as const;

/** One that could not be planned, or has failed, is a person's to look at. */
const hasHadItsTurn = (known: RolloutTenant | undefined): boolean =>
  known !== undefined && known.state !== 'OVERTAKEN' && known.state !== 'WAITING';

function latecomer(tenant: TenantRecord, wave: number): RolloutTenant {
  const { tenantUuid, workspaceIdentifier, projectIdentifier, landingZone = null, account } = tenant;
  return {
    ...{ tenantUuid, workspaceIdentifier, projectIdentifier, landingZone, accountId: account?.id ?? null, wave },
    ...{ changes: null, changesLeftOut: 0, refusal: null },
    ...{ state: 'WAITING', unexpected: false, run: null, reason: null },
  };
}
