import { type Lane, lanesOf } from '../../domain/lanes';
import type { LaneRecord } from '../../domain/lane-records';
import { PlanRecordSchema } from '../../domain/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, snapshotsOf } from '../decide';
import { laneKey, planKey } from '../keys';
import type { RunReference } from '../tenant-items';
import { laneOf } from './lane-items';

/** A lane that the plan of a run comes through, and who is in it; undefined where the plan knows no such lane. */
export async function waitedLane(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run }: RunReference,
  name: string,
): Promise<{ readonly lane: Lane; readonly record: LaneRecord } | undefined> {
  const keys = [planKey(tenantUuid, replicationSequence, run), laneKey(name)];
  const [planItem, laneItem] = await snapshotsOf(store, keys);
  const plan = contentOf(PlanRecordSchema, planItem)?.plan;
  const lane = plan === undefined ? undefined : lanesOf(plan).find((one) => one.name === name);
  return lane === undefined ? undefined : { lane, record: laneOf(laneItem) };
}
