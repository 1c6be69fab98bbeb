import { type Lane, lanesOf } from '../../domain/queue/lanes';
import type { WaiterRecord } from '../../domain/queue/lane-records';
import type { RunRecord, TenantRecord } from '../../domain/records/ledger-records';
import { LANE_OF_STATE } from '../../domain/base/workflow-facts';
import { LookAgainError } from '../../domain/base/errors';
import { standing } from '../../domain/run/delay';
import { type ItemKey, VersionConflictError } from '../../ports/ledger-store';
import { replace, type Snapshot, snapshotsInParts, snapshotsOf } from '../base/decide';
import { laneKey, lineKey, planKey } from '../base/keys';
import { planOf } from '../tenants/tenant-items';
import { firstInLine, grantTurns, placesIn } from './grant-turns';
import { type LaneDeps, laneOf, lineOf, waiterOf } from './lane-items';
import { placesOfRun } from './leave-lanes';

/**
 * A look at a run that may wait in a lane.
 *
 * @returns whether others stand before it wherever it waits, so that no look needs to follow
 */
export async function lookAtLine(deps: LaneDeps, tenant: TenantRecord, run: RunRecord): Promise<boolean> {
  const behind: boolean[] = [];
  for (const { lane, place } of await waitedPlaces(deps, tenant, run)) {
    behind.push(await lookAtPlace(deps, lane, place));
  }
  return behind.length > 0 && behind.every(Boolean);
}

interface WaitedPlace {
  readonly lane: Lane;
  readonly place: ItemKey;
}

/**
 * Where it waits, or was let in without having been told. As a rule it is one place, as Maps do one after the other;
 * a function that was killed may have left another.
 */
async function waitedPlaces(
  { ledger }: LaneDeps,
  { tenantUuid }: TenantRecord,
  run: RunRecord,
): Promise<readonly WaitedPlace[]> {
  if (LANE_OF_STATE[standing(run).state ?? ''] === undefined) return [];
  const [planItem] = await snapshotsOf(ledger, [planKey(tenantUuid, run.replicationSequence, run.run)]);
  const plan = planOf(planItem);
  const lanes = plan === undefined ? [] : lanesOf(plan);
  const places = await snapshotsInParts(ledger, placesOfRun(lanes, tenantUuid, run));
  return lanes.flatMap((lane, index) => {
    const item = places[index];
    return item === undefined || item.version === 0 ? [] : [{ lane, place: item.key }];
  });
}

/**
 * The first of a line keeps the lane going: what others were interrupted in is done, and where the lease of a slot has
 * run out, its state is called back to check that. For a run behind others looks may end: that is written down, and
 * `grantTurns` has them begin again in time.
 *
 * @public
 */
export async function lookAtPlace(deps: LaneDeps, lane: Lane, place: ItemKey): Promise<boolean> {
  const [lineItem, waiterItem] = await snapshotsOf(deps.ledger, [lineKey(lane.name), place]);
  const waiter = waiterOf(waiterItem);
  if (lineItem === undefined || waiterItem === undefined || waiter === undefined) return false;
  if (waiter.grantedAt === null && (await isBehind(deps, lane, place))) {
    return waiter.callable === true && (waiter.unwatched === true || rest(deps, lineItem, waiterItem, waiter));
  }
  await grantTurns(deps, lane);
  await callToExpiredSlots(deps, lane, place);
  return false;
}

/** Those who are let in right now are first in the line, and few. */
const MAX_LET_IN = 16;

/** Whether somebody who is counted in the line stands before it. */
async function isBehind(deps: LaneDeps, lane: Lane, { sort }: ItemKey): Promise<boolean> {
  const first = await firstInLine(deps, lane, await placesIn(deps, lane, MAX_LET_IN));
  return first?.waiter.inLine === true && first.key.sort < sort;
}

/**
 * Everybody who leaves the line writes it. Here it is written as it was read before the look at it: if somebody has
 * left meanwhile, nothing is written, and the next look decides again.
 */
async function rest(
  { ledger }: LaneDeps,
  lineItem: Snapshot,
  waiterItem: Snapshot,
  waiter: WaiterRecord,
): Promise<boolean> {
  try {
    await ledger.commit([replace(lineItem, lineOf(lineItem)), replace(waiterItem, { ...waiter, unwatched: true })]);
    return true;
  } catch (error) {
    if (error instanceof VersionConflictError) return false;
    throw error;
  }
}

async function callToExpiredSlots({ ledger, tokens, now }: LaneDeps, lane: Lane, place: ItemKey): Promise<void> {
  const [laneItem, waiterItem] = await snapshotsOf(ledger, [laneKey(lane.name), place]);
  const waiter = waiterOf(waiterItem);
  const isExpired = laneOf(laneItem).slots.some(({ lookAt }) => Date.parse(lookAt) <= now().getTime());
  if (!isExpired || waiter?.callable !== true || waiter.token === null || waiter.grantedAt !== null) return;
  await tokens.fail(waiter.token, new LookAgainError(`A slot of ${lane.name} has to be looked at.`));
}
