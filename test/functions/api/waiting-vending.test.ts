import { getVending } from '../../../functions/api/get-vendings';
import { VendingDetailSchema } from '../../../functions/api/responses';
import { kindOf } from '../../../functions/domain/run/run-history';
import { historyKey } from '../../../functions/ledger/base/keys';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { type LedgerUnits, meteredLedger } from '../../../sandbox/commands/price/metered-ledger';
import { enrollment, plan } from '../../fakes/vending';
import { referenceTo } from '../ledger/ledger-calls';
import { LaneWorld, uuidOf } from '../ledger/queue/lane-world';

/** On a busy machine. */
/** With tokens as long as those of Step Functions are. */
class LongTokens extends LaneWorld {
  override newToken(): string {
    return super.newToken().padEnd(1_000, 'x');
  }
}

/** A run that comes through three lanes and stands in the first one. */
const planned = plan({
  enrollment,
  stackSets: [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} }],
});

/** What it costs to ask for the last one in a line. */
async function askedFor(waiting: number): Promise<{ readonly units: LedgerUnits; readonly position: number }> {
  const world = new LongTokens({ capacity: 5 });
  const last = 5 + waiting;
  await world.begin(last);
  await pinPlan(world.store, referenceTo(1, 1, uuidOf(last)), { ...planned, tenantUuid: uuidOf(last) });
  const hold = { 'account-creation': 60, 'account-factory': 1_500, 'stack-sets': 90 };
  const samples = Array.from({ length: 20 }, (_, run) => ({ run: String(run), workSeconds: 2_000, holdSeconds: hold }));
  await world.store.commit([{ key: historyKey(kindOf(planned)), expectedVersion: 0, data: { samples } }]);
  for (let number = 1; number <= last; number += 1) {
    await world.join(number);
    if (number <= 5) await world.use(number);
  }
  const units = { reads: 0, writes: 0 };
  const request = {
    method: 'GET',
    resource: '/vendings/{tenantUuid}',
    query: {},
    body: null,
    accept: '',
    caller: null,
    pathParameters: { tenantUuid: uuidOf(last) },
  };
  const { body } = await getVending(meteredLedger(world.store, units), request, world.now);
  const detail = VendingDetailSchema.parse(JSON.parse(body));
  expect(detail.status).toBe('QUEUED');
  expect(detail.estimate).not.toBeNull();
  return { units, position: detail.lane?.position ?? 0 };
}

describe('GET /vendings/{tenantUuid} of a tenant that waits', () => {
  it('reads as much at 1,000 waiting as at 10, and little', async () => {
    const few = await askedFor(10);
    const many = await askedFor(1_000);
    expect(few.position).toBe(10);
    expect(Math.abs(many.position - 1_000)).toBeLessThanOrEqual(20);
    expect(many.units.reads).toBeLessThan(few.units.reads * 1.1);
    expect(many.units.reads).toBeGreaterThan(few.units.reads * 0.9);
    expect(many.units.reads).toBeLessThanOrEqual(8);
    expect({ ...few.units, ...many.units }).toMatchObject({ writes: 0 });
  });
});
