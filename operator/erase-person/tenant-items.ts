import * as z from 'zod';

import { type TenantRecord, TenantRecordSchema } from '../../functions/domain/records/ledger-records';
import { valueAt, contentOfStored } from '../../functions/ledger/base/decide';
import { driftKey } from '../../functions/ledger/fleet/reconciliation-run';
import {
  contentKey,
  planKey,
  runKey,
  tenantKey,
  tenantPartition,
  tenantUuidOf,
} from '../../functions/ledger/base/keys';
import { type LedgerStore, MAX_ITEMS, type StoredItem } from '../../functions/ports/ledger-store';
import type { Entry } from './person';

/** A tenant and its items, as they were read. */
export interface TenantItems {
  readonly tenantUuid: string;
  readonly tenant: TenantRecord | undefined;
  readonly items: readonly StoredItem[];
}

/** The kinds of a tenant's items that can name people. */
const KINDS = ['TENANT', 'DESIRED#', 'CONTENT#', 'PLAN#', 'REJECTION#', 'RUN#'];

const PAGE = 200;

/** Every tenant has an item that is listed: its own, or that of a refusal. */
export async function allTenants(ledger: LedgerStore): Promise<readonly string[]> {
  const found = new Set<string>();
  let cursor: string | null = null;
  do {
    const page = await ledger.list({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });
    for (const { key } of page.items) {
      const tenantUuid = tenantUuidOf(key);
      if (key.partition === tenantPartition(tenantUuid)) found.add(tenantUuid);
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return [...found].toSorted();
}

/** All items of a tenant that can name people, and what nights have found of it. */
export async function itemsOf(ledger: LedgerStore, tenantUuid: string, now: Date): Promise<TenantItems> {
  const { tenant, items } = await itemsOfKinds(ledger, tenantUuid, KINDS);
  return { tenantUuid, tenant, items: [...items, ...(await driftsOf(ledger, tenantUuid, items, now))] };
}

/** The people of a tenant: all that a kept desired state names, and those that the current one names. */
export interface TenantPeople {
  readonly tenantUuid: string;
  readonly all: readonly Entry[];
  readonly wanted: readonly Entry[];
}

export async function peopleOf(ledger: LedgerStore, tenantUuid: string): Promise<TenantPeople> {
  const found = await itemsOfKinds(ledger, tenantUuid, ['TENANT', 'CONTENT#']);
  const wanted = found.items.filter((item) => isWanted(found, item));
  return { tenantUuid, all: found.items.flatMap(peopleIn), wanted: wanted.flatMap(peopleIn) };
}

async function itemsOfKinds(ledger: LedgerStore, tenantUuid: string, kinds: readonly string[]): Promise<TenantItems> {
  const items: StoredItem[] = [];
  for (const kind of kinds) items.push(...(await ofKind(ledger, tenantPartition(tenantUuid), kind)));
  const own = items.find(({ key }) => key.sort === tenantKey(tenantUuid).sort);
  const tenant = own === undefined ? undefined : contentOfStored(TenantRecordSchema, own);
  return { tenantUuid, tenant, items };
}

async function ofKind(ledger: LedgerStore, partition: string, prefix: string): Promise<readonly StoredItem[]> {
  const found: StoredItem[] = [];
  for (;;) {
    const after = found.at(-1)?.key.sort;
    const query = { partition, prefix, limit: PAGE, ...(after === undefined ? {} : { after }) };
    const page = await ledger.readPartition(query);
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}

/** Reports of nights are kept for 30 days, each in a partition that the day names. */
const DAYS_OF_REPORTS = 32;

async function driftsOf(
  ledger: LedgerStore,
  tenantUuid: string,
  items: readonly StoredItem[],
  now: Date,
): Promise<readonly StoredItem[]> {
  const oldest = new Date(now.getTime() - DAYS_OF_REPORTS * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const passes = new Set(items.flatMap(({ data }) => textOf(data, 'reconciledIn') ?? []));
  const keys = [...passes].filter((pass) => pass >= oldest).map((pass) => driftKey(pass, tenantUuid));
  const drifts = keys.length === 0 ? [] : await ledger.read(keys.slice(-MAX_ITEMS));
  return drifts.filter((item) => item !== undefined);
}

const textOf = (data: unknown, field: string): string | undefined => {
  const value = valueAt(data, [field]);
  return typeof value === 'string' ? value : undefined;
};

const Name = z.nullish(z.string());
const EntrySchema = z.object({
  meshIdentifier: z.optional(z.string()),
  username: z.optional(z.string()),
  euid: Name,
  email: Name,
});
const PeopleSchema = z.object({ desiredState: z.object({ userPermissions: z.optional(z.array(EntrySchema)) }) });

/** The entries of people in a desired state, their names alone. An item of another kind has none. */
function peopleIn({ data }: StoredItem): readonly Entry[] {
  const { data: content } = PeopleSchema.safeParse(data);
  return content?.desiredState.userPermissions ?? [];
}

/** Whether an item is the desired state that counts: the newest one of a tenant that stays. */
export const isWanted = ({ tenant }: TenantItems, { key }: StoredItem): boolean =>
  tenant?.deletion === null && key.sort === contentKey(tenant.tenantUuid, tenant.latestSequence).sort;

/** Whether an item is the plan of a run that has failed and may go on: a changed plan makes that impossible. */
export function isOfResumableRun({ tenant, items }: TenantItems, { key }: StoredItem): boolean {
  if (tenant?.lastRun == null) return false;
  const { replicationSequence, run } = tenant.lastRun;
  const [plan, last] = [planKey, runKey].map((keyOf) => keyOf(tenant.tenantUuid, replicationSequence, run).sort);
  const status = textOf(items.find((item) => item.key.sort === last)?.data, 'status');
  return key.sort === plan && status === 'FAILED';
}
