import { awaitsApproval } from '../../domain/run/approval';
import { hasNothing } from '../../domain/desired-state/deletion';
import {
  DesiredStateRecordSchema,
  type RunKey,
  type RunRecord,
  type TenantRecord,
} from '../../domain/records/ledger-records';
import { type Lane, lanesOf } from '../../domain/queue/lanes';
import type { VendingPlan } from '../../domain/plan/plan';
import { type ItemKey, type ItemWrite, type LedgerStore, MAX_ITEMS } from '../../ports/ledger-store';
import { contentOf, type Decision, replace, type Snapshot, snapshotsInParts, snapshotsOf } from '../base/decide';
import { supersede } from '../tenants/desired-state-items';
import { claimKey, desiredStateKey, planKey, runKey, tenantKey } from '../base/keys';
import { keptClaims, MAX_RELEASED, releaseClaims, released, withoutClaims } from '../tenants/release-claims';
import { reconciliationKeys, reconciliationWrites } from '../fleet/tenant-reconciliation';
import {
  laneItemKeys,
  laneWrites,
  outsideLanes,
  placesOfRun,
  turnsToRelease,
  waitingTokenIn,
} from '../queue/leave-lanes';
import { ended, hasEnded, lostSince, type RunEnd } from './run-end';
import {
  beginRun,
  decideForTenant,
  expiryAfterUse,
  isSameRun,
  nextRunNumber,
  planOf,
  replaceTenant,
  runOf,
  type RunReference,
  tenantOf,
} from '../tenants/tenant-items';

export interface ClosedRun {
  readonly tenant: TenantRecord;
  readonly run: RunRecord;
  /** The run that follows at once because a newer desired state was waiting; null when there is none. */
  readonly next: RunKey | null;
  /**
   * Lanes in which a slot may have become free, or the first of the line has gone: the runs that wait there are to be
   * let in. After a bad end all of the plan, since somebody may have been killed before that.
   */
  readonly freedLanes: readonly Lane[];
  /**
   * With which its execution waits for a turn, or for a decision, if it does: there is nothing to wait for any more.
   */
  readonly waitingToken: string | null;
}

/**
 * Ends a run, well or badly, and lets a newer desired state that waits begin, in one transaction. It waits in no lane
 * any more and gives back its turns, but for slots of operations that AWS may still be at work on. The second call of a
 * run that has already ended changes nothing and names the same follower, so that it can be started again by the
 * function that was interrupted. A run that is not active any more ends without touching the tenant. Undefined when the
 * ledger knows no such run.
 */
export async function closeRun(
  store: LedgerStore,
  reference: RunReference,
  end: RunEnd,
  now: Date,
): Promise<ClosedRun | undefined> {
  const { tenantUuid, replicationSequence, run } = reference;
  const { places, pass, goneOf, hasSurplus } = await beforehand(store, reference, end);
  if (hasSurplus) await releaseClaims(store, tenantUuid, (tenant) => goneOf(tenant).slice(MAX_RELEASED));
  return decideForTenant(
    store,
    tenantUuid,
    (tenant) => [
      runKey(tenantUuid, replicationSequence, run),
      planKey(tenantUuid, replicationSequence, run),
      ...waitingKeys(tenant),
      ...servedKeys(tenant, reference, end),
      ...releasedNow(tenant, goneOf).map(claimKey),
      ...laneItemKeys(tenant, end, places),
      ...reconciliationKeys(pass, tenantUuid),
    ],
    (...snapshots) => closed(reference, { end, now, places, goneOf }, snapshots),
  );
}

/**
 * What the transaction is about, read before it. A run stands in one lane at a time, whatever the number of those in
 * its plan.
 */
interface Beforehand {
  readonly places: readonly ItemKey[];
  readonly pass: string | null;
  /** Names that the tenant has no use for any more when this run has ended. */
  readonly goneOf: (tenant: TenantRecord) => readonly string[];
  /** They are more than the transaction takes. */
  readonly hasSurplus: boolean;
}

/** Each place comes with its line. More are only looked at before, and count where somebody stands there. */
const MAX_PLACES = MAX_ITEMS / 4;

async function beforehand(store: LedgerStore, reference: RunReference, end: RunEnd): Promise<Beforehand> {
  const { tenantUuid, replicationSequence, run } = reference;
  const keys = [runKey(tenantUuid, replicationSequence, run), planKey(tenantUuid, replicationSequence, run)];
  const [runItem, planItem, tenantItem] = await snapshotsOf(store, [...keys, tenantKey(tenantUuid)]);
  const record = runOf(runItem);
  const plan = planOf(planItem);
  const tenant = tenantOf(tenantItem);
  const places = record === undefined || plan === undefined ? [] : placesOfRun(lanesOf(plan), tenantUuid, record);
  const goneOf: Beforehand['goneOf'] = (now) =>
    isSameRun(now.activeRun, reference) ? withoutClaims(now, keptClaims(now, plan, end)) : [];
  return {
    places: places.length <= MAX_PLACES ? places : await whereSomebodyStands(store, places),
    pass: record?.reconciledIn ?? null,
    goneOf,
    hasSurplus: tenant !== undefined && goneOf(tenant).length > MAX_RELEASED,
  };
}

const whereSomebodyStands = async (store: LedgerStore, places: readonly ItemKey[]): Promise<readonly ItemKey[]> =>
  (await snapshotsInParts(store, places)).filter(({ version }) => version > 0).map(({ key }) => key);

const releasedNow = (tenant: TenantRecord | undefined, goneOf: Beforehand['goneOf']): readonly string[] =>
  tenant === undefined ? [] : goneOf(tenant).slice(0, MAX_RELEASED);

interface Ending extends Pick<Beforehand, 'places' | 'goneOf'> {
  readonly end: RunEnd;
  readonly now: Date;
}

function waitingKeys(tenant: TenantRecord | undefined): readonly ItemKey[] {
  return tenant?.waitingSequence == null ? [] : [desiredStateKey(tenant.tenantUuid, tenant.waitingSequence)];
}

/** The desired state of a run that is superseded, which is listed as such; one that is to run again next is not. */
function servedKeys(
  tenant: TenantRecord | undefined,
  { tenantUuid, replicationSequence }: RunReference,
  { status }: RunEnd,
): readonly ItemKey[] {
  return status !== 'SUPERSEDED' || tenant?.waitingSequence === replicationSequence
    ? []
    : [desiredStateKey(tenantUuid, replicationSequence)];
}

function closed(
  reference: RunReference,
  { end, now, places, goneOf }: Ending,
  [tenantItem, runItem, planItem, ...others]: readonly Snapshot[],
): Decision<ClosedRun | undefined> {
  const tenant = tenantOf(tenantItem);
  const run = runOf(runItem);
  if (tenantItem === undefined || runItem === undefined || tenant === undefined || run === undefined) {
    return { writes: [], result: undefined };
  }
  const plan = planOf(planItem);
  const lanes = plan === undefined ? [] : lanesOf(plan);
  if (hasEnded(run)) {
    return {
      writes: [],
      result: { tenant, run, next: followerOf(tenant, reference), freedLanes: lanes, waitingToken: null },
    };
  }
  if (isTooLate(run, end)) return { writes: [], result: undefined };
  const endedRun = ended(run, end, now);
  const always = [
    replace(runItem, endedRun),
    ...expiring(planItem, plan, now),
    ...reconciliationWrites(tenant, endedRun, others, now),
  ];
  if (!isSameRun(tenant.activeRun, reference))
    return { writes: always, result: { tenant, run: endedRun, next: null, freedLanes: [], waitingToken: null } };
  const gone = releasedNow(tenant, goneOf);
  const endedTenant: TenantRecord = {
    ...outsideLanes(tenant, end),
    status: end.status,
    statusChangedAt: now.toISOString(),
    ...(end.status === 'FAILED' ? { failedWith: end.error.name } : {}),
    activeRun: null,
    deletion: deletionAfter(tenant, end),
    accountLostSince: lostSince(tenant, end, now),
    claims: withoutClaims(tenant, gone),
  };
  const followed = follow(endedTenant, itemsAt(others, waitingKeys(tenant))[0], now);
  return {
    writes: [
      replaceTenant(tenantItem, followed.tenant),
      ...always,
      ...followed.writes,
      ...servedWrites(tenant, reference, end, now, others),
      ...released(
        tenant,
        others.filter(({ key }) => gone.includes(key.partition)),
      ),
      ...laneWrites(tenant, end, places, others),
    ],
    result: {
      tenant: followed.tenant,
      run: endedRun,
      next: followed.next,
      freedLanes: isGood(end) ? lanes.filter(({ name }) => turnsToRelease(tenant, end).includes(name)) : lanes,
      waitingToken: approvalToken(run) ?? waitingTokenIn(tenant, places, others),
    },
  };
}

/** Somebody has decided that it goes on, or does not. */
const isTooLate = (run: RunRecord, end: RunEnd): boolean =>
  end.status === 'SUPERSEDED' && end.ifAwaiting === true && !awaitsApproval(run);

/** At the last state of its workflow, where it waits in no lane. */
const isGood = ({ status }: RunEnd): boolean => status !== 'FAILED' && status !== 'SUPERSEDED';

const approvalToken = (run: RunRecord): string | null => (awaitsApproval(run) ? (run.approval?.token ?? null) : null);

const deletionAfter = ({ deletion }: TenantRecord, end: RunEnd): TenantRecord['deletion'] =>
  deletion !== null && end.status === 'CLOSED' && end.accountGone ? { ...deletion, accountGone: true } : deletion;

/**
 * The plan names people; it is needed no longer than a redrive is possible. Until then it stays as it was written, to
 * the letter: it has a hash.
 */
function expiring(planItem: Snapshot | undefined, plan: VendingPlan | undefined, now: Date): readonly ItemWrite[] {
  if (planItem === undefined || plan === undefined) return [];
  return [replace(planItem, {}, { expiresAt: expiryAfterUse(now) })];
}

function servedWrites(
  tenant: TenantRecord,
  reference: RunReference,
  end: RunEnd,
  now: Date,
  others: readonly Snapshot[],
): readonly ItemWrite[] {
  if (end.status !== 'SUPERSEDED') return [];
  const served = itemsAt(others, servedKeys(tenant, reference, end));
  return served.flatMap((item) => supersede(item, tenant, end.by, now));
}

const itemsAt = (items: readonly Snapshot[], keys: readonly ItemKey[]): readonly Snapshot[] =>
  items.filter(({ key }) => keys.some(({ partition, sort }) => key.partition === partition && key.sort === sort));

function follow(
  tenant: TenantRecord,
  waitingItem: Snapshot | undefined,
  now: Date,
): { readonly tenant: TenantRecord; readonly writes: readonly ItemWrite[]; readonly next: RunKey | null } {
  if (tenant.waitingSequence === null || waitingItem === undefined) return { tenant, writes: [], next: null };
  if (tenant.deletion !== null && hasNothing(tenant)) return { tenant: goneBefore(tenant), writes: [], next: null };
  const waiting = contentOf(DesiredStateRecordSchema, waitingItem);
  if (waiting === undefined) return { tenant, writes: [], next: null };
  const next = { replicationSequence: tenant.waitingSequence, run: nextRunNumber(tenant, waiting.runs) };
  const begun = beginRun(tenant, next, now, { requestedBy: waiting.requestedBy });
  return {
    tenant: begun.tenant,
    writes: [replace(waitingItem, { ...waiting, runs: next.run }), begun.write],
    next,
  };
}

/** The tenant is to go and never had an account: there is nothing to close, however its run has ended. */
const goneBefore = (tenant: TenantRecord): TenantRecord => ({ ...tenant, status: 'CLOSED', waitingSequence: null });

/** The run after this one, if it has begun: the tenant's active run, unless that is the very run that ended. */
function followerOf(tenant: TenantRecord, reference: RunReference): RunKey | null {
  return isSameRun(tenant.activeRun, reference) ? null : tenant.activeRun;
}
