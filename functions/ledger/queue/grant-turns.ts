import { secondsUntil } from '../../domain/queue/lane-rate';
import type { Lane } from '../../domain/queue/lanes';
import { decide, replace } from '../base/decide';
import { laneKey, lineKey, tenantKey } from '../base/keys';
import { readTenant } from '../tenants/read-run';
import { type LaneEdges, waiterOf } from './lane-items';
import { nextWaiter, type Standing } from './next-waiter';
import { takeBack } from './take-back';
import { grantOf } from './turn-grant';

/** One invocation lets in no more: each that comes in wakes others again when it leaves. */
const MOST_ROUNDS = 50;

/**
 * Lets in whoever waits, first come, first served, while there is room. The ledger is written first, the waiter is told
 * second: killed in between, the waiter finds its turn when it comes back, or is told by the next one who comes by.
 *
 * The race with whoever joins: a joiner writes its own item before it calls this, and whoever frees a slot has
 * committed that before. One of the two sees what the other has done.
 */
export async function grantTurns(edges: LaneEdges, lane: Lane): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = await nextWaiter(edges, lane);
    if (next === undefined) return;
    if (next.waiter.grantedAt === null) await grant(edges, lane, next);
    else await tellAgain(edges, lane, next);
  }
}

async function grant(edges: LaneEdges, lane: Lane, standing: Standing): Promise<void> {
  const { key, waiter } = standing;
  const keys = [laneKey(lane.name), key, tenantKey(waiter.tenantUuid), lineKey(lane.name)];
  const granted = await decide(edges.ledger, keys, (laneItem, waiterItem, tenantItem, lineItem) =>
    grantOf(lane, waiter.token, edges.now(), { laneItem, waiterItem, tenantItem, lineItem }),
  );
  if (granted === null) return;
  const waitSeconds = granted.turn === null ? 0 : secondsUntil(granted.turn.notBefore, edges.now());
  const told = await edges.tokens.succeed(waiter.token, { waitSeconds });
  if (told === 'delivered') await removeWaiter(edges, standing);
  else await takeBack(edges, lane, standing, granted);
}

async function tellAgain(edges: LaneEdges, lane: Lane, standing: Standing): Promise<void> {
  const { waiter } = standing;
  const turn = (await readTenant(edges.ledger, waiter.tenantUuid))?.turns[lane.name];
  // Gone or not: its turn stands in the ledger, where it finds it when it comes back.
  const waitSeconds = turn === undefined ? 0 : secondsUntil(turn.notBefore, edges.now());
  await edges.tokens.succeed(waiter.token, { waitSeconds });
  await removeWaiter(edges, standing);
}

async function removeWaiter({ ledger }: LaneEdges, { key, waiter }: Standing): Promise<void> {
  await decide(ledger, [key], (item) => ({
    writes: waiterOf(item)?.token === waiter.token ? [replace(item, null)] : [],
    result: undefined,
  }));
}
