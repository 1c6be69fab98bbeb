import type { LaneRecord } from '../../../../functions/domain/queue/lane-records';
import type { Closure } from '../../../../functions/domain/records/account-records';
import type { TenantRecord } from '../../../../functions/domain/records/ledger-records';
import { ledgerClosureRepository } from '../../../../functions/ledger/tenants/claim-closure';
import { laneKey, tenantKey } from '../../../../functions/ledger/base/keys';
import { memoryLedgerStore } from '../../../../sandbox/runtime/memory-ledger-store';
import type { LedgerStore } from '../../../../functions/ports/ledger-store';
import { account, after, NOW, TENANT, tenant, turn } from '../../../fakes/vending';

const LANE = 'account-closing';
const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'aws-dev' };
const asked: Closure = { phase: 'asked', askedAt: NOW.toISOString(), failures: 0 };
const spent = { days: [{ day: '2026-11-24', closings: 250 }], allowance: null };

describe('what the ledger remembers of a closing', () => {
  let store: LedgerStore;

  const begin = async (changes: Partial<TenantRecord> = {}, lane: Partial<LaneRecord> = {}) => {
    store = memoryLedgerStore();
    const record = tenant({ account, deletion, turns: { [LANE]: turn() }, ...changes });
    const slots = [
      { slot: 0, tenantUuid: TENANT, run: { replicationSequence: 17, run: 1 }, since: NOW.toISOString(), lookAt: '' },
    ];
    await store.commit([
      { key: tenantKey(TENANT), expectedVersion: 0, data: record },
      { key: laneKey(LANE), expectedVersion: 0, data: { slots, rate: null, unlimited: false, ...lane } },
    ]);
    return ledgerClosureRepository(store, TENANT);
  };

  const read = async () => {
    const [of, lane] = await store.read([tenantKey(TENANT), laneKey(LANE)]);
    return { tenant: of?.data as TenantRecord, lane: lane?.data as LaneRecord };
  };

  it('uses the turn and one of the share of thirty days by the write that says that AWS is asked', async () => {
    const repository = await begin();
    expect(await repository.claimClosure({ before: null, after: asked })).toBe('recorded');
    expect(await read()).toMatchObject({
      tenant: { closure: asked, turns: { [LANE]: { used: true } } },
      lane: { closingShare: { days: [{ day: '2026-11-24', closings: 1 }] } },
    });
  });

  it.each([
    { what: 'there is none', turns: {} },
    { what: 'it was used before', turns: { [LANE]: turn({ used: true }) } },
    { what: 'it is of long ago', turns: { [LANE]: turn({ notBefore: after(-60).toISOString() }) } },
  ])('asks for another turn where $what', async ({ turns }) => {
    const repository = await begin({ turns });
    expect(await repository.claimClosure({ before: null, after: asked })).toBe('no-turn');
    expect((await read()).tenant).toMatchObject({ closure: null, turnsNeeded: [LANE] });
  });

  it('asks for nothing where the share is spent, until more accounts are known of', async () => {
    const repository = await begin({}, { closingShare: spent });
    expect(await repository.claimClosure({ before: null, after: asked })).toMatchObject({ closings: 250 });
    expect((await read()).tenant.closure).toBeNull();
    await repository.recordClosingAllowance(251, NOW);
    expect(await repository.claimClosure({ before: null, after: asked })).toBe('recorded');
  });

  it('counts a closing once, also where its answer was lost and AWS is asked again', async () => {
    const repository = await begin({ closure: asked }, { closingShare: spent });
    expect(
      await repository.claimClosure({ before: asked, after: { ...asked, askedAt: after(10).toISOString() } }),
    ).toBe('recorded');
    expect((await read()).lane.closingShare).toEqual(spent);
  });

  it('gives back what AWS has not taken', async () => {
    const repository = await begin();
    await repository.claimClosure({ before: null, after: asked });
    await repository.releaseClosure({ before: null, after: asked });
    expect(await read()).toMatchObject({ tenant: { closure: null }, lane: { closingShare: { days: [] } } });
  });

  it('keeps what may have begun: one whose answer was lost goes on counting', async () => {
    const again = { ...asked, askedAt: after(10).toISOString() };
    const repository = await begin({ closure: again }, { closingShare: spent });
    await repository.releaseClosure({ before: asked, after: again });
    expect(await read()).toMatchObject({ tenant: { closure: asked }, lane: { closingShare: spent } });
  });

  it.each([
    { what: 'the deletion was taken back', changes: { deletion: null } },
    { what: 'no run is active any more', changes: { activeRun: null } },
    { what: 'another run has gone on', changes: { closure: { ...asked, phase: 'accepted' as const } } },
  ])('begins nothing when $what', async ({ changes }) => {
    const repository = await begin(changes);
    await expect(repository.claimClosure({ before: null, after: asked })).rejects.toMatchObject({
      name: 'TransientError',
    });
    expect((await read()).lane.closingShare).toBeUndefined();
  });
});
