import { beginRolloutRun, takeConfiguration } from '../../../../functions/ledger/rollout/rollout-run';
import { desiredStateKey, tenantKey } from '../../../../functions/ledger/base/keys';
import type { DesiredStateRecord, RunKey, TenantRecord } from '../../../../functions/domain/records/ledger-records';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, after, NOW, OTHER_TENANT, TENANT } from '../../../fakes/vending';
import { accept, close, open, overwrite, overwriteTenant, runIn, tenantIn, vended } from '../ledger-calls';

const BRINGING = { rolloutId: 'first', targetHash: 'new' };
const LEFT_ALONE = { verdict: 'left-alone' };

describe('a rollout and one tenant', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17, { requestedBy: 'arn:jane' });
    await open(store, 17);
    await close(store, 17, vended);
    await overwriteTenant(store, { account, configurationHash: 'old' });
  });

  const isUnchanged = async (happens: () => Promise<unknown>): Promise<void> => {
    const written = store.writes.length;
    await happens();
    expect(store.writes).toHaveLength(written);
  };

  describe('begins a run', () => {
    const begin = (tried: RunKey | null = null, rolloutId = 'first') =>
      beginRolloutRun(store, TENANT, { ...BRINGING, rolloutId, after: tried }, after(60));

    it('of the last desired state, by the configuration that it brings', async () => {
      const run = { replicationSequence: 17, run: 2 };
      expect(await begin()).toEqual({ verdict: 'begun', run });
      expect(await runIn(store, 17, 2)).toMatchObject({
        status: 'ACCEPTED',
        startedAt: after(60).toISOString(),
        requestedBy: 'arn:jane',
        replayedBy: null,
        givenConfigurationHash: 'new',
        rolloutId: 'first',
        reconciledIn: null,
      });
      expect(await tenantIn(store)).toMatchObject({
        status: 'ACCEPTED',
        activeRun: run,
        lastRun: run,
        configurationHash: 'new',
        rolloutId: 'first',
      });
      expect(store.lastWriteOf(desiredStateKey(TENANT, 17).sort)?.data).toMatchObject({ runs: 2 });
    });

    it('whose number was never used, not even before the ledger was lost', async () => {
      await overwriteTenant(store, { numbersFrom: 5 });
      expect(await begin()).toMatchObject({ run: { replicationSequence: 17, run: 6 } });
    });

    it('once: a second call finds it, at work and at its end', async () => {
      const begun = await begin();
      await isUnchanged(async () => {
        expect(await begin()).toEqual(begun);
      });
      await open(store, 17, 2);
      await close(store, 17, vended, 2);
      await isUnchanged(async () => {
        expect(await begin()).toEqual(begun);
      });
    });

    it('again after one that has failed, and then finds that', async () => {
      await begin();
      await open(store, 17, 2);
      await close(store, 17, vended, 2);
      const failed = { replicationSequence: 17, run: 2 };
      expect(await begin(failed)).toEqual({ verdict: 'begun', run: { replicationSequence: 17, run: 3 } });
      await isUnchanged(async () => {
        expect(await begin(failed)).toEqual({ verdict: 'begun', run: { replicationSequence: 17, run: 3 } });
      });
    });

    it('of its own beside those of an earlier rollout', async () => {
      await begin();
      await open(store, 17, 2);
      await close(store, 17, vended, 2);
      expect(await begin(null, 'second')).toMatchObject({ run: { run: 3 } });
      expect(await tenantIn(store)).toMatchObject({ rolloutId: 'second' });
    });

    const deletion: NonNullable<TenantRecord['deletion']> = {
      replicationSequence: 17,
      at: NOW.toISOString(),
      landingZone: null,
    };

    it.each<{ readonly who: string; readonly changes: Partial<TenantRecord> }>([
      { who: 'has a run at work', changes: { activeRun: { replicationSequence: 17, run: 1 } } },
      { who: 'is being deleted', changes: { deletion } },
      { who: 'has no account', changes: { account: null } },
    ])('of no tenant that $who', async ({ changes }) => {
      await overwriteTenant(store, changes);
      await isUnchanged(async () => {
        expect(await begin()).toEqual(LEFT_ALONE);
      });
    });

    it('of a tenant that has never had one', async () => {
      await overwriteTenant(store, { lastRun: null, rolloutId: 'first' });
      expect(await begin()).toMatchObject({ verdict: 'begun', run: { run: 2 } });
    });

    it('of no tenant that the ledger does not know, or of which it knows no desired state', async () => {
      await isUnchanged(async () => {
        expect(await beginRolloutRun(store, OTHER_TENANT, { ...BRINGING, after: null }, NOW)).toEqual(LEFT_ALONE);
      });
      await overwriteTenant(store, { latestSequence: -1 });
      await isUnchanged(async () => {
        expect(await begin()).toEqual(LEFT_ALONE);
      });
      await overwriteTenant(store, { latestSequence: 0 });
      const [state] = await store.read([desiredStateKey(TENANT, 17)]);
      await overwrite(store, desiredStateKey(TENANT, 0), { ...(state?.data as DesiredStateRecord), runs: 4 });
      expect(await begin()).toMatchObject({ run: { replicationSequence: 0, run: 5 } });
    });
  });

  describe('lets it take the configuration without a run', () => {
    const take = (tenantUuid = TENANT) => takeConfiguration(store, tenantUuid, BRINGING);

    it('once', async () => {
      const before = await tenantIn(store);
      expect(await take()).toBe(true);
      expect(await tenantIn(store)).toEqual({ ...before, configurationHash: 'new', rolloutId: 'first' });
      await isUnchanged(async () => {
        expect(await take()).toBe(true);
      });
    });

    it('not while a run is at work', async () => {
      await overwriteTenant(store, { activeRun: { replicationSequence: 17, run: 1 } });
      await isUnchanged(async () => {
        expect(await take()).toBe(false);
      });
    });

    it('not where the ledger does not know it', async () => {
      expect(await take(OTHER_TENANT)).toBe(false);
      expect(await store.read([tenantKey(OTHER_TENANT)])).toEqual([undefined]);
    });
  });
});
