import type { RebuiltTenant } from './rebuilt-tenants';
import { ClaimRecordSchema, type TenantRecord } from '../../functions/domain/records/ledger-records';
import type { GroupRecord } from '../../functions/domain/records/account-records';
import { type ItemWrite, type LedgerStore, MAX_ITEMS } from '../../functions/ports/ledger-store';
import {
  contentOf,
  decide,
  type Decision,
  inParts,
  replace,
  type Snapshot,
  snapshotsOf,
} from '../../functions/ledger/base/decide';
import { accountClaim, claimKey, emailClaim, groupClaim, tenantKey } from '../../functions/ledger/base/keys';
import { replaceTenant, tenantOf, unknownTenant } from '../../functions/ledger/tenants/tenant-items';

/**
 * What became of a tenant: `rebuilt`, there was nothing of it; `completed`, something was missing; `present`, nothing
 * was; `conflict`, the ledger says that another tenant has its account or its e-mail, or that it has another account,
 * and nothing was written.
 */
export interface TenantRebuilding {
  readonly outcome: 'rebuilt' | 'completed' | 'present' | 'conflict';
  /** Names that the ledger gives to somebody else. */
  readonly taken: readonly string[];
}

export interface RebuildOptions {
  readonly now: Date;
  /** Says what would be written, and writes nothing. */
  readonly dryRun: boolean;
  /** The ledger is a copy that begins again here: numbers which it gives out from then on may have been used. */
  readonly restoredAt: Date | null;
}

/**
 * Writes down what is missing of a tenant, in one transaction (another one for groups that it does not take), and
 * nothing that is there. Numbers of runs and operations continue behind all that the ledger before can have used. A
 * second call finds everything and writes nothing.
 */
export async function rebuildTenant(
  store: LedgerStore,
  found: RebuiltTenant,
  options: RebuildOptions,
): Promise<TenantRebuilding> {
  const [groups = [], ...others] = inParts(found.groups, MAX_GROUPS);
  let all = await rebuildPart(store, { ...found, groups }, options);
  for (const part of others) {
    if (all.outcome === 'conflict') return all;
    const { outcome, taken } = await rebuildPart(store, { ...found, groups: part }, options);
    all = { outcome: all.outcome === 'present' ? outcome : all.outcome, taken: [...all.taken, ...taken] };
  }
  return all;
}

/** Beside the tenant, its account and its e-mail. */
const MAX_GROUPS = MAX_ITEMS - 3;

async function rebuildPart(
  store: LedgerStore,
  found: RebuiltTenant,
  options: RebuildOptions,
): Promise<TenantRebuilding> {
  const keys = [tenantKey(found.tenantUuid), ...claimsOf(found).map(claimKey)];
  if (!options.dryRun) return decide(store, keys, (...items) => rebuilding(found, options, items));
  return rebuilding(found, options, await snapshotsOf(store, keys)).result;
}

/** The same of a tenant that the ledger alone knows: only its numbers can be behind. */
export async function renumberTenant(store: LedgerStore, tenantUuid: string, options: RebuildOptions): Promise<void> {
  if (options.dryRun) return;
  await decide(store, [tenantKey(tenantUuid)], (item) => {
    const tenant = tenantOf(item);
    const numbered = tenant === undefined ? undefined : withNumbers(tenant, options);
    const writes = numbered === undefined || numbered === tenant ? [] : [replaceTenant(item, numbered)];
    return { writes, result: undefined };
  });
}

function claimsOf({ account, groups }: RebuiltTenant): readonly string[] {
  return [
    ...new Set([accountClaim(account.id), emailClaim(account.email), ...groups.map(({ name }) => groupClaim(name))]),
  ];
}

function rebuilding(
  found: RebuiltTenant,
  options: RebuildOptions,
  [tenantItem, ...claimItems]: readonly Snapshot[],
): Decision<TenantRebuilding> {
  const { tenantUuid } = found;
  const before = tenantOf(tenantItem);
  const taken = claimItems.filter((item) => (holderOf(item) ?? tenantUuid) !== tenantUuid).map(nameOf);
  const hasAnother = before?.account != null && before.account.id !== found.account.id;
  if (tenantItem === undefined || hasAnother || taken.some((name) => !name.startsWith(groupClaim('')))) {
    return { writes: [], result: { outcome: 'conflict', taken } };
  }
  const free = claimItems.filter((item) => !taken.includes(nameOf(item)));
  const known = before ?? newTenant(found, options.now);
  const groups = found.groups.filter(({ name }) => !taken.includes(groupClaim(name)));
  const after = withNumbers(completed(known, { ...found, groups }, free.map(nameOf)), options);
  const writes: ItemWrite[] = [
    ...(after === before ? [] : [replaceTenant(tenantItem, after)]),
    ...free.filter((item) => item.version === 0).map((item) => replace(item, { tenantUuid })),
  ];
  const outcome = before === undefined ? 'rebuilt' : writes.length === 0 ? 'present' : 'completed';
  return { writes, result: { outcome, taken } };
}

const holderOf = (item: Snapshot): string | undefined => contentOf(ClaimRecordSchema, item)?.tenantUuid;

const nameOf = ({ key }: Snapshot): string => key.partition;

/** Nothing is wanted of it until its sender says so again. */
const newTenant = ({ tenantUuid, closure }: RebuiltTenant, now: Date): TenantRecord => ({
  ...unknownTenant(tenantUuid, now),
  status: closure === null ? 'VENDED' : 'CLOSED',
  numbersFrom: numbersAt(now),
});

/** More than anybody can have counted to by then. */
const numbersAt = (now: Date): number => Math.floor(now.getTime() / 1000);

/** The very same record where nothing is missing. Of an account that is known, its runs know better how it stands. */
function completed(known: TenantRecord, found: RebuiltTenant, claims: readonly string[]): TenantRecord {
  const missing = claims.filter((claim) => !known.claims.includes(claim));
  const groups = found.groups.filter((group) => !knows(known.groups, group));
  if (known.account !== null && missing.length === 0 && groups.length === 0) return known;
  const { account, enrollment, closure } = known.account === null ? found : known;
  return {
    ...known,
    account,
    enrollment,
    closure,
    groups: [...known.groups, ...groups],
    claims: [...known.claims, ...missing],
  };
}

/** One that was about to be made is found by its name, by the next run. */
const knows = (groups: readonly GroupRecord[], { identityStoreId, name, groupId }: GroupRecord): boolean =>
  groups.some(
    (one) =>
      one.groupId === groupId || (one.groupId === null && one.name === name && one.identityStoreId === identityStoreId),
  );

function withNumbers(tenant: TenantRecord, { now, restoredAt }: RebuildOptions): TenantRecord {
  const isBehind = restoredAt !== null && (tenant.numbersFrom ?? 0) < numbersAt(restoredAt);
  return isBehind ? { ...tenant, numbersFrom: numbersAt(now) } : tenant;
}
