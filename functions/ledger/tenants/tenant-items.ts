import * as z from 'zod/mini';

import { contentHash } from '../../domain/base/json';
import {
  PlanRecordSchema,
  type RunKey,
  type RunRecord,
  RunRecordSchema,
  type TenantRecord,
  TenantRecordSchema,
} from '../../domain/records/ledger-records';
import type { VendingPlan } from '../../domain/plan/plan';
import type { ItemKey, ItemWrite, LedgerStore } from '../../ports/ledger-store';
import { type Decision, type Snapshot, contentReader, decide, filed, replace, snapshotsOf } from '../base/decide';
import { runKey, tenantFilters, tenantKey } from '../base/keys';

/** Which execution of the workflow: its input, and nothing else. */
export const RunReferenceSchema = z.object({
  tenantUuid: z.string(),
  replicationSequence: z.int(),
  run: z.int(),
});

export type RunReference = Readonly<z.infer<typeof RunReferenceSchema>>;

/** What a tenant has before its first run. */
export const NOTHING_YET = {
  latestSequence: -1,
  activeRun: null,
  lastRun: null,
  waitingSequence: null,
  creation: null,
  account: null,
  enrollment: null,
  stackInstances: [],
  seal: null,
  groups: [],
  addedMembers: [],
  samlAccess: { provider: null, roles: [] },
  assignment: null,
  turns: {},
  turnsNeeded: [],
  queuedIn: null,
  rejection: null,
  deletion: null,
  closure: null,
  accountLostSince: null,
  reconciledIn: null,
  claims: [],
} satisfies Partial<TenantRecord>;

/** A tenant of which nothing is known. */
export const unknownTenant = (tenantUuid: string, now: Date): TenantRecord => ({
  tenantUuid,
  workspaceIdentifier: '',
  projectIdentifier: '',
  status: 'ACCEPTED',
  statusChangedAt: now.toISOString(),
  ...NOTHING_YET,
});

/**
 * Personal data that is no longer used stays this long: the redrive window of Step Functions (14 days) and some
 * reserve.
 */
const KEEP_AFTER_USE_DAYS = 30;

export function expiryAfterUse(now: Date): number {
  return Math.floor(now.getTime() / 1000) + KEEP_AFTER_USE_DAYS * 24 * 60 * 60;
}

export function isSameRun(one: RunKey | null, other: RunKey): boolean {
  return one?.replicationSequence === other.replicationSequence && one.run === other.run;
}

/** A run's number is never used twice, not even where the ledger that has counted them was lost. */
export const nextRunNumber = ({ numbersFrom = 0 }: Pick<TenantRecord, 'numbersFrom'>, runs: number): number =>
  Math.max(runs, numbersFrom) + 1;

export const tenantOf: (snapshot: Snapshot | undefined) => TenantRecord | undefined = contentReader(TenantRecordSchema);

export const runOf: (snapshot: Snapshot | undefined) => RunRecord | undefined = contentReader(RunRecordSchema);

const planRecordOf = contentReader(PlanRecordSchema);

export const planOf = (snapshot: Snapshot | undefined): VendingPlan | undefined => planRecordOf(snapshot)?.plan;

const planHashes = new WeakMap<object, string>();

/**
 * The hash by which a plan is recognized. It is that of the stored text, not of what a release reads in it: a release
 * that knows more fields reads more.
 *
 * @param item undefined, or without content, where there is no plan
 */
export function planHashOf(item: Pick<Snapshot, 'data'> | undefined): string | undefined {
  const data = item?.data;
  if (typeof data !== 'object' || data === null || !('plan' in data)) return undefined;
  const hash = planHashes.get(data) ?? contentHash(data.plan);
  planHashes.set(data, hash);
  return hash;
}

/**
 * A tenant that is REJECTED and nothing else is listed by its rejection, not a second time by its own item, and goes
 * with it: faults quote personal data.
 */
export function replaceTenant(snapshot: Snapshot, tenant: TenantRecord): ItemWrite {
  const { version, filters } = snapshot;
  // What a release without filters has written is filed when its status changes: few other items are written then.
  const isLeft = filters === undefined && tenantOf(snapshot)?.status === tenant.status;
  const filing = isLeft ? {} : filed(version === 0 ? {} : filters, tenantFilters(tenant), tenant.statusChangedAt);
  return tenant.status === 'REJECTED'
    ? replace(snapshot, tenant, { ...filing, expiresAt: expiryAfterUse(new Date(tenant.statusChangedAt)) })
    : replace(snapshot, tenant, { ...filing, listing: { label: tenant.status, at: tenant.statusChangedAt } });
}

/** How a run has come to be. */
interface RunOrigin extends Pick<RunRecord, 'requestedBy' | 'replayedBy' | 'givenConfigurationHash' | 'rolloutId'> {
  readonly reconciledIn?: string | null;
}

/**
 * A run that begins: the tenant points to it, and its own item is new. Of a tenant that is to be deleted, it closes the
 * account.
 */
export function beginRun(
  tenant: TenantRecord,
  key: RunKey,
  now: Date,
  { reconciledIn = null, requestedBy = null, replayedBy = null, ...given }: RunOrigin = {},
): { readonly tenant: TenantRecord; readonly run: RunRecord; readonly write: ItemWrite } {
  const at = now.toISOString();
  const run: RunRecord = {
    ...key,
    workflow: tenant.deletion === null ? 'vend-account' : 'close-account',
    status: 'ACCEPTED',
    executionArn: null,
    startedAt: at,
    resumedAt: at,
    finishedAt: null,
    error: null,
    supersededBy: null,
    reconciledIn,
    requestedBy,
    replayedBy,
    ...given,
    steps: [],
  };
  return {
    tenant: { ...tenant, status: 'ACCEPTED', statusChangedAt: at, activeRun: key, lastRun: key, waitingSequence: null },
    run,
    write: {
      key: runKey(tenant.tenantUuid, key.replicationSequence, key.run),
      expectedVersion: 0,
      data: run,
    },
  };
}

/**
 * Decides over the tenant's item and others whose keys only the tenant's item tells (the waiting desired state, stale
 * claims). The keys are looked up first; should they have changed by the time of the decision, everything starts again.
 */
export async function decideForTenant<Result>(
  store: LedgerStore,
  tenantUuid: string,
  keysOf: (tenant: TenantRecord | undefined) => readonly ItemKey[],
  decision: (tenant: Snapshot, ...others: readonly Snapshot[]) => Decision<Result>,
): Promise<Result> {
  for (;;) {
    const [before] = await snapshotsOf(store, [tenantKey(tenantUuid)]);
    const keys = keysOf(tenantOf(before));
    const outcome = await decide<{ readonly result: Result } | 'again'>(
      store,
      [tenantKey(tenantUuid), ...keys],
      (tenant, ...others) => {
        if (!sameKeys(keys, keysOf(tenantOf(tenant)))) return { writes: [], result: 'again' };
        const { writes, result } = decision(tenant, ...others);
        return { writes, result: { result } };
      },
    );
    if (outcome !== 'again') return outcome.result;
  }
}

function sameKeys(some: readonly ItemKey[], others: readonly ItemKey[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ partition, sort }, index) => partition === others[index]?.partition && sort === others[index].sort)
  );
}

/** The run, or undefined where the ledger knows none. */
export async function readRun(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run }: RunReference,
): Promise<RunRecord | undefined> {
  const [item] = await snapshotsOf(store, [runKey(tenantUuid, replicationSequence, run)]);
  return runOf(item);
}

/** The tenant, or undefined where the ledger knows none. */
export async function readTenant(store: LedgerStore, tenantUuid: string): Promise<TenantRecord | undefined> {
  const [item] = await snapshotsOf(store, [tenantKey(tenantUuid)]);
  return tenantOf(item);
}
