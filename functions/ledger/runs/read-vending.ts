import type * as z from 'zod';

import {
  type DesiredStateRecord,
  DesiredStateRecordSchema,
  RejectionRecordSchema,
  type RunRecord,
  type TenantRecord,
  TenantRecordSchema,
  type VendingStatus,
} from '../../domain/records/ledger-records';
import type { LedgerStore, StoredItem } from '../../ports/ledger-store';
import { contentOfStored } from '../base/decide';
import { DESIRED_STATE_SORT, errorOf, TENANT_SORT, tenantUuidOf } from '../base/keys';
import { readRun, readTenant } from '../tenants/tenant-items';
import { stopOf } from './run-stop';

/** A tenant and its newest run. */
export interface VendingView {
  readonly tenant: TenantRecord;
  readonly run: RunRecord | null;
}

/** One row of the list: a tenant's newest vending, or a desired state that was refused or never ran. */
export interface VendingRow {
  readonly tenantUuid: string;
  readonly replicationSequence: number;
  readonly status: VendingStatus;
  readonly statusChangedAt: string;
  readonly workspaceIdentifier: string | null;
  readonly projectIdentifier: string | null;
  readonly accountId: string | null;
  /** Of the newest desired state; null where that is not known. */
  readonly landingZone: string | null;
  /** The name of the error by which its last run has failed; null where it has not. */
  readonly error: string | null;
  /** The sequence that took its place; null where none has. */
  readonly supersededBy: number | null;
  /** Its run was stopped then, and its end is not recorded yet. */
  readonly stoppedAt: string | null;
  readonly settlesAt: string | null;
}

/** A desired state that never ran has no account. */
const NOTHING_KNOWN = { accountId: null, landingZone: null, error: null } as const;

export const NOT_STOPPED = { stoppedAt: null, settlesAt: null } as const;

export async function readVending(store: LedgerStore, tenantUuid: string): Promise<VendingView | undefined> {
  const tenant = await readTenant(store, tenantUuid);
  if (tenant === undefined) return undefined;
  if (tenant.lastRun === null) return { tenant, run: null };
  return { tenant, run: (await readRun(store, { tenantUuid, ...tenant.lastRun })) ?? null };
}

export function rowOf(item: StoredItem): VendingRow {
  if (item.key.sort === TENANT_SORT) return tenantRow(contentOfStored(TenantRecordSchema, item));
  return item.key.sort.startsWith(DESIRED_STATE_SORT)
    ? supersededRow(tenantUuidOf(item.key), contentOfStored(DesiredStateRecordSchema, item))
    : rejectionRow(contentOfStored(RejectionRecordSchema, item));
}

function tenantRow(tenant: TenantRecord): VendingRow {
  return {
    tenantUuid: tenant.tenantUuid,
    replicationSequence: tenant.lastRun?.replicationSequence ?? tenant.latestSequence,
    status: tenant.status,
    statusChangedAt: tenant.statusChangedAt,
    workspaceIdentifier: tenant.workspaceIdentifier,
    projectIdentifier: tenant.projectIdentifier,
    accountId: tenant.account?.id ?? null,
    landingZone: tenant.landingZone ?? null,
    error: errorOf(tenant),
    // For a tenant, only a deletion ends a run this way.
    supersededBy: tenant.status === 'SUPERSEDED' ? (tenant.deletion?.replicationSequence ?? null) : null,
    ...(stopOf(tenant) ?? NOT_STOPPED),
  };
}

function supersededRow(tenantUuid: string, { replicationSequence, superseded }: DesiredStateRecord): VendingRow {
  return {
    tenantUuid,
    replicationSequence,
    status: 'SUPERSEDED',
    statusChangedAt: superseded?.at ?? '',
    workspaceIdentifier: superseded?.workspaceIdentifier ?? null,
    projectIdentifier: superseded?.projectIdentifier ?? null,
    ...NOTHING_KNOWN,
    supersededBy: superseded?.by ?? null,
    ...NOT_STOPPED,
  };
}

function rejectionRow(record: z.infer<typeof RejectionRecordSchema>): VendingRow {
  return {
    tenantUuid: record.tenantUuid,
    replicationSequence: record.rejection.replicationSequence,
    status: 'REJECTED',
    statusChangedAt: record.rejection.at,
    workspaceIdentifier: record.workspaceIdentifier,
    projectIdentifier: record.projectIdentifier,
    ...NOTHING_KNOWN,
    supersededBy: null,
    ...NOT_STOPPED,
  };
}
