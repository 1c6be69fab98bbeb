import { newRollout, type RolloutRecord } from '../../../../functions/domain/rollout/rollout';
import { DEFAULT_LIMITS } from '../../../../functions/domain/rollout/rollout-request';
import { readRelease, releaseFirst } from '../../../../functions/ledger/rollout/releases';
import {
  beginPlanning,
  changeRollout,
  claimRolloutPart,
  finishRolloutPart,
  listRollouts,
  readRollout,
} from '../../../../functions/ledger/rollout/rollouts';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW } from '../../../fakes/vending';

const LEASE_SECONDS = 130;

const rollout = (id: string, changes: Partial<RolloutRecord> = {}): RolloutRecord => ({
  ...newRollout(
    { id, kind: 'configuration', fromHash: 'old', targetHash: 'new', limits: DEFAULT_LIMITS, plannedBy: 'arn:jane' },
    NOW,
  ),
  ...changes,
});

describe('the ledger of rollouts', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  const begin = (record: RolloutRecord, seconds = 0): Promise<string | null> =>
    beginPlanning(store, record, after(seconds));

  const isLeftAsItIs = async (happens: () => Promise<unknown>): Promise<void> => {
    const written = store.writes.length;
    await happens();
    expect(store.writes).toHaveLength(written);
  };

  describe('a rollout that is to be planned', () => {
    it('has an item of its own, a place in the list, and is the newest one', async () => {
      expect(await begin(rollout('first'))).toBeNull();
      expect(await readRollout(store, 'first')).toEqual(rollout('first'));
      expect(store.writes.map(({ key, data }) => ({ ...key, id: (data as { id: string }).id }))).toEqual([
        { partition: 'ROLLOUT#first', sort: 'ROLLOUT', id: 'first' },
        { partition: 'ROLLOUT', sort: `AT#${NOW.toISOString()}#first`, id: 'first' },
        { partition: 'ROLLOUT', sort: 'LATEST', id: 'first' },
      ]);
    });

    it('is written once', async () => {
      await begin(rollout('first'));
      await isLeftAsItIs(async () => {
        expect(await begin(rollout('first', { plannedBy: 'arn:joe' }), 60)).toBeNull();
      });
      expect(await readRollout(store, 'first')).toMatchObject({ plannedBy: 'arn:jane' });
    });

    it('waits for one that is not over, and is told its id', async () => {
      await begin(rollout('first'));
      await isLeftAsItIs(async () => {
        expect(await begin(rollout('second'))).toBe('first');
      });
      expect(await readRollout(store, 'second')).toBeUndefined();
    });

    it.each(['REFUSED', 'ENDED', 'ABORTED'] as const)('follows one that is %s', async (status) => {
      await begin(rollout('first', { status }));
      expect(await begin(rollout('second'))).toBeNull();
      expect(await begin(rollout('third'))).toBe('second');
    });

    it('finds another that was written at the same moment in its way', async () => {
      store.beforeNextCommit = async () => {
        await begin(rollout('quicker'));
      };
      expect(await begin(rollout('slower'))).toBe('quicker');
      expect(await readRollout(store, 'slower')).toBeUndefined();
    });
  });

  describe('the list', () => {
    beforeEach(async () => {
      for (const [index, id] of ['first', 'second', 'third'].entries())
        await begin(rollout(id, { status: 'ENDED' }), index);
    });

    const idsOf = async (limit: number, cursor?: string) => {
      const page = await listRollouts(store, { limit, cursor });
      return { ids: page.rollouts.map(({ id }) => id), cursor: page.cursor };
    };

    it('has the newest one first', async () => {
      expect(await idsOf(9)).toEqual({ ids: ['third', 'second', 'first'], cursor: null });
    });

    it('goes on after the last one of a page', async () => {
      const cursor = `${after(1).toISOString()}#second`;
      expect(await idsOf(2)).toEqual({ ids: ['third', 'second'], cursor });
      expect(await idsOf(2, cursor)).toEqual({ ids: ['first'], cursor: null });
    });

    it('has no second page where the first one has all', async () => {
      expect((await idsOf(3)).cursor).toBeNull();
    });
  });

  describe('a part', () => {
    const claim = (part: number, seconds = 0) => claimRolloutPart(store, { id: 'first', part }, after(seconds));

    const claimed = async (part: number, seconds = 0): Promise<RolloutRecord> => {
      const answer = await claim(part, seconds);
      if (answer.verdict !== 'claimed') throw new Error(`The part is ${answer.verdict}.`);
      return answer.record;
    };

    const finish = (before: RolloutRecord, changes: Partial<RolloutRecord>, seconds = 1): Promise<void> =>
      finishRolloutPart(store, before, { ...before, ...changes }, after(seconds));

    it('is taken up by one function, until its lease is over', async () => {
      await begin(rollout('first'));
      const record = rollout('first', { takenUntil: after(LEASE_SECONDS).toISOString() });
      expect(await claimed(0)).toEqual(record);
      expect(await readRollout(store, 'first')).toEqual(record);
      await isLeftAsItIs(async () => {
        expect(await claim(0, LEASE_SECONDS - 1)).toEqual({ verdict: 'taken' });
      });
      expect(await claim(0, LEASE_SECONDS)).toMatchObject({ verdict: 'claimed' });
    });

    it('is behind once it was worked off', async () => {
      await begin(rollout('first'));
      await finish(await claimed(0), { changing: 7 });
      expect(await readRollout(store, 'first')).toMatchObject({ part: 1, takenUntil: null, changing: 7 });
      expect(await claim(0)).toEqual({ verdict: 'behind' });
      expect(await claim(1)).toMatchObject({ verdict: 'claimed', record: { part: 1 } });
    });

    it.each(['PLANNED', 'REFUSED', 'PAUSED', 'STOPPED', 'ENDED', 'ABORTED'] as const)(
      'has nothing to do in a rollout that is %s',
      async (status) => {
        await begin(rollout('first', { status }));
        await isLeftAsItIs(async () => {
          expect(await claim(0)).toEqual({ verdict: 'behind' });
        });
      },
    );

    it.each(['PLANNING', 'SUMMING', 'RUNNING'] as const)('goes on in a rollout that is %s', async (status) => {
      await begin(rollout('first', { status }));
      expect(await claim(0)).toMatchObject({ verdict: 'claimed' });
    });

    it('of an unknown rollout is behind, and its end is not written', async () => {
      expect(await claim(0)).toEqual({ verdict: 'behind' });
      await finish(rollout('first'), { changing: 7 });
      expect(await readRollout(store, 'first')).toBeUndefined();
    });

    it('is not written by a function whose lease another one has taken over', async () => {
      await begin(rollout('first'));
      const slow = await claimed(0);
      const quick = await claimed(0, LEASE_SECONDS);
      await finish(slow, { changing: 99 }, LEASE_SECONDS + 1);
      expect(await readRollout(store, 'first')).toEqual(quick);
    });

    it('leaves what a person has decided meanwhile', async () => {
      await begin(rollout('first', { status: 'RUNNING' }));
      const before = await claimed(0);
      const decided: Partial<RolloutRecord> = {
        status: 'ABORTED',
        reason: 'enough',
        endedAt: after(5).toISOString(),
        judged: { ended: 1, failed: 1, unexpected: 0 },
      };
      await changeRollout(store, 'first', (record) => ({ ...record, ...decided }));
      await finish(before, {
        status: 'ENDED',
        reason: 'all done',
        endedAt: after(9).toISOString(),
        done: 4,
        judged: { ended: 9, failed: 0, unexpected: 0 },
      });
      expect(await readRollout(store, 'first')).toMatchObject({ ...decided, done: 4, part: 1 });
      expect(await readRelease(store)).toBeUndefined();
    });

    it('takes what it has found itself where nobody has decided anything', async () => {
      await begin(rollout('first', { status: 'RUNNING' }));
      const found: Partial<RolloutRecord> = {
        status: 'STOPPED',
        reason: 'too many have failed',
        retrying: 'b',
        judged: { ended: 9, failed: 5, unexpected: 0 },
      };
      await finish(await claimed(0), found);
      expect(await readRollout(store, 'first')).toMatchObject(found);
    });

    it('does not forget that a person has asked for another turn of those that have failed', async () => {
      await begin(rollout('first', { status: 'RUNNING' }));
      const before = await claimed(0);
      await changeRollout(store, 'first', (record) => ({ ...record, retrying: '' }));
      await finish(before, { retrying: null });
      expect(await readRollout(store, 'first')).toMatchObject({ retrying: '', status: 'RUNNING' });
    });

    it('releases the configuration with the end of the last one', async () => {
      await releaseFirst(store, 'old', NOW);
      await begin(rollout('first', { status: 'RUNNING' }));
      await finish(await claimed(0), { done: 4 }, 5);
      expect(await readRelease(store)).toMatchObject({ configurationHash: 'old', rolloutId: null });
      await finish(await claimed(1), { status: 'ENDED' }, 9);
      expect(await readRelease(store)).toEqual({
        configurationHash: 'new',
        releasedAt: after(9).toISOString(),
        rolloutId: 'first',
        target: null,
      });
    });

    it('releases nothing where the landing zone was brought to the accounts', async () => {
      await begin(rollout('first', { status: 'RUNNING', kind: 'landing-zone' }));
      await finish(await claimed(0), { status: 'ENDED' });
      expect(await readRollout(store, 'first')).toMatchObject({ status: 'ENDED' });
      expect(await readRelease(store)).toBeUndefined();
    });
  });

  describe('what a person asks for', () => {
    const start = (record: RolloutRecord): RolloutRecord => ({
      ...record,
      status: 'RUNNING',
      startedAt: after(60).toISOString(),
    });

    it('cannot be asked of an unknown rollout', async () => {
      expect(await changeRollout(store, 'first', start)).toBeUndefined();
      expect(store.writes).toEqual([]);
    });

    it('is written, and the release names where tenants are brought to', async () => {
      await releaseFirst(store, 'old', NOW);
      await begin(rollout('first', { status: 'PLANNED' }));
      expect(await changeRollout(store, 'first', start)).toEqual(start(rollout('first')));
      expect(await readRollout(store, 'first')).toEqual(start(rollout('first')));
      expect(await readRelease(store)).toEqual({
        configurationHash: 'old',
        releasedAt: NOW.toISOString(),
        rolloutId: null,
        target: { configurationHash: 'new', rolloutId: 'first' },
      });
      await changeRollout(store, 'first', (record) => ({ ...record, status: 'ABORTED' }));
      expect(await readRelease(store)).toMatchObject({ configurationHash: 'old', target: null });
    });

    it('writes nothing where it is refused, or changes nothing', async () => {
      await begin(rollout('first', { status: 'PLANNED' }));
      await isLeftAsItIs(async () => {
        expect(await changeRollout(store, 'first', () => 'not now')).toBe('not now');
        expect(await changeRollout(store, 'first', (record) => record)).toEqual(
          rollout('first', { status: 'PLANNED' }),
        );
      });
    });

    it.each([
      { why: 'it has not begun', record: rollout('first'), change: { status: 'PAUSED' } as const },
      {
        why: 'it is one of the landing zone',
        record: rollout('first', { kind: 'landing-zone', startedAt: NOW.toISOString() }),
        change: { status: 'PAUSED' } as const,
      },
    ])('names no target in the release where $why', async ({ record, change }) => {
      const release = await releaseFirst(store, 'old', NOW);
      await begin(record);
      await changeRollout(store, 'first', (known) => ({ ...known, ...change }));
      expect(await readRollout(store, 'first')).toMatchObject(change);
      expect(await readRelease(store)).toEqual(release);
    });

    it('makes no release where there is none', async () => {
      await begin(rollout('first', { status: 'PLANNED' }));
      await changeRollout(store, 'first', start);
      expect(await readRelease(store)).toBeUndefined();
    });
  });

  describe('the first release', () => {
    it('is the deployed configuration, and stays', async () => {
      const first = { configurationHash: 'old', releasedAt: NOW.toISOString(), rolloutId: null };
      expect(await readRelease(store)).toBeUndefined();
      expect(await releaseFirst(store, 'old', NOW)).toEqual(first);
      await isLeftAsItIs(async () => {
        expect(await releaseFirst(store, 'newer', after(60))).toEqual(first);
      });
      expect(store.writes.map(({ key }) => key)).toEqual([{ partition: 'RELEASE', sort: 'RELEASE' }]);
    });

    it('is that of the first of two that come at once', async () => {
      store.beforeNextCommit = async () => {
        await releaseFirst(store, 'quicker', NOW);
      };
      expect(await releaseFirst(store, 'slower', NOW)).toMatchObject({ configurationHash: 'quicker' });
      expect(await readRelease(store)).toMatchObject({ configurationHash: 'quicker' });
    });
  });
});
