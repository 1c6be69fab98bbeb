import type { RunRecord } from '../../../functions/domain/records/ledger-records';
import type { RolloutRecord, RolloutTenant } from '../../../functions/domain/rollout/rollout';
import { runKey, tenantKey } from '../../../functions/ledger/base/keys';
import { listRolloutTenants, writeRolloutTenants } from '../../../functions/ledger/rollout/rollout-tenants';
import { readRun, readTenant } from '../../../functions/ledger/tenants/tenant-items';
import { carryOut, retryFailed } from '../../../functions/rollout/carry-out';
import { settleRuns } from '../../../functions/rollout/settle-runs';
import { RecordingLog, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { account, after, NOW, tenant } from '../../fakes/vending';
import { failed, overwrite, referenceTo } from '../ledger/ledger-calls';
import { endedTenant, ID, member, memberIn, rollout, updateTenant, uuid } from './rollout-world';

const LATECOMERS = 4;
const HOUR = 3600;
const ACTIVE = { replicationSequence: 17, run: 1 };

describe('a rollout', () => {
  let ledger: RecordingLedgerStore;
  let workflow: RecordingWorkflow;
  let watch: RecordingWatch;
  let log: RecordingLog;
  let seconds: number;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    watch = new RecordingWatch();
    log = new RecordingLog();
    seconds = 0;
  });

  const running = (changes: Partial<RolloutRecord> = {}): RolloutRecord => rollout({ status: 'RUNNING', ...changes });

  const go = (record: RolloutRecord): Promise<RolloutRecord> =>
    carryOut({ ledger, workflow, watch, log, now: () => after(seconds) }, record);

  const know = (...members: readonly RolloutTenant[]): Promise<void> => writeRolloutTenants(ledger, ID, members);

  /** Tenants with another configuration, in the canary. */
  const planned = async (...numbers: readonly number[]): Promise<readonly string[]> => {
    const uuids = [];
    for (const number of numbers) uuids.push(await endedTenant(ledger, number));
    await know(...uuids.map((one) => member(one)));
    return uuids;
  };

  const limits = (changes: Partial<RolloutRecord['limits']>): RolloutRecord['limits'] => ({
    ...rollout().limits,
    ...changes,
  });

  describe('that has room', () => {
    it('begins as many tenants of the wave as there is room for, each with a run by the new configuration', async () => {
      const [first = '', second = ''] = await planned(1, 2, 3);
      const record = running({ limits: limits({ mostAtOnce: 2 }) });
      expect(await go(record)).toEqual({
        ...record,
        running: [first, second],
        after: second,
        hour: { since: NOW.toISOString(), begun: 2 },
      });
      const run = { replicationSequence: 17, run: 2 };
      expect(await memberIn(ledger, first)).toEqual(member(first, { state: 'RUNNING', run, part: 0 }));
      expect(await memberIn(ledger, uuid(3))).toEqual(member(uuid(3)));
      expect(await readRun(ledger, referenceTo(17, 2, first))).toMatchObject({
        givenConfigurationHash: 'new',
        rolloutId: ID,
        startedAt: NOW.toISOString(),
        executionArn: expect.stringContaining(`${first}-17-r2`) as string,
      });
      expect([...workflow.started.keys()]).toEqual([`${first}-17-r2`, `${second}-17-r2`]);
      expect(watch.watched).toEqual(
        [first, second].map((tenantUuid) => ({
          tenantUuid,
          replicationSequence: 17,
        })),
      );
    });

    it('goes on after the last one that was begun', async () => {
      const [first = '', second = ''] = await planned(1, 2);
      const begun = await go(running({ limits: limits({ mostAtOnce: 1 }) }));
      expect(await go({ ...begun, limits: limits({ mostAtOnce: 2 }) })).toMatchObject({
        running: [first, second],
        after: second,
        hour: { begun: 2 },
      });
    });

    it('begins no more than so many in an hour, and the next ones in the next hour', async () => {
      const [first = '', second = ''] = await planned(1, 2);
      const record = running({ limits: limits({ mostTenantsPerHour: 1 }) });
      const begun = await go(record);
      expect(begun.running).toEqual([first]);
      seconds = HOUR - 1;
      const reads = jest.spyOn(ledger, 'readPartition');
      expect(await go(begun)).toEqual(begun);
      expect(reads).not.toHaveBeenCalled();
      seconds = HOUR;
      expect(await go(begun)).toMatchObject({
        running: [first, second],
        hour: { since: after(HOUR).toISOString(), begun: 1 },
      });
    });

    it('stays in its wave where the hour is full, though nothing is under way', async () => {
      await planned(1);
      const record = running({
        limits: limits({ mostTenantsPerHour: 1 }),
        hour: { since: NOW.toISOString(), begun: 1 },
      });
      expect(await go(record)).toEqual(record);
    });

    it('counts a tenant once that a killed function had begun', async () => {
      const [first = ''] = await planned(1);
      const record = running();
      const begun = await go(record);
      expect(await go(record)).toEqual(begun);
      expect(await go({ ...begun, after: null })).toEqual({
        ...begun,
        after: first,
      });
      expect(workflow.calls).toHaveLength(1);
    });
  });

  describe('whose wave is over', () => {
    it('goes on with the next one, by which it is judged alone', async () => {
      const judged = { ended: 9, failed: 1, unexpected: 0 };
      const record = running({ wave: 1, after: uuid(7), judged });
      expect(await go(record)).toEqual({
        ...record,
        wave: 2,
        after: null,
        judged: { ended: 0, failed: 0, unexpected: 0 },
      });
    });

    it('goes on at once where its last run has just ended, and keeps what has ended where others go on', async () => {
      const [first = '', second = ''] = await planned(1, 2);
      const begun = await go(running());
      const end = async (tenantUuid: string): Promise<void> => {
        const run = await readRun(ledger, referenceTo(17, 2, tenantUuid));
        await overwrite(ledger, runKey(tenantUuid, 17, 2), { ...run, status: 'VENDED' });
      };
      await end(first);
      const one = await go(begun);
      expect(one).toMatchObject({ wave: 0, done: 1, running: [second] });
      await end(second);
      expect(await go(one)).toMatchObject({ wave: 1, done: 2, running: [] });
    });

    it('waits for the runs that are under way', async () => {
      const [first = ''] = await planned(1);
      const begun = await go(running());
      expect(await go(begun)).toEqual({ ...begun, running: [first] });
    });
  });

  it.each([
    {
      what: 'failed',
      failures: 2,
      surprises: 0,
      reason: '2 of the 9 runs that have ended in the canary have failed.',
    },
    {
      what: 'changed something else',
      failures: 0,
      surprises: 2,
      reason: '2 of the 9 runs that have ended in the canary have changed something else than was planned.',
    },
  ])('stops where too many have $what, and begins nobody', async ({ failures, surprises, reason }) => {
    await planned(1);
    const record = running({
      judged: { ended: 9, failed: failures, unexpected: surprises },
    });
    expect(await go(record)).toEqual({
      ...record,
      status: 'STOPPED',
      reason: expect.stringContaining(reason) as string,
    });
    expect(workflow.calls).toEqual([]);
  });

  describe('and a tenant whose turn it is', () => {
    it('lets it take the configuration where nothing changes', async () => {
      const [first = ''] = await planned(1);
      await know(member(first, { state: 'UNCHANGED' }));
      expect(await go(running())).toEqual(running({ done: 1, after: first }));
      expect(await memberIn(ledger, first)).toMatchObject({ state: 'DONE' });
      expect(await readTenant(ledger, first)).toMatchObject({
        configurationHash: 'new',
        rolloutId: ID,
      });
      expect(workflow.calls).toEqual([]);
    });

    it.each(['WAITING', 'UNCHANGED'] as const)('leaves it to a run of its own, if it is %s', async (state) => {
      const [first = ''] = await planned(1);
      await know(member(first, { state }));
      await updateTenant(ledger, first, { activeRun: ACTIVE });
      expect(await go(running())).toEqual(running({ overtaken: 1, after: first }));
      expect(await memberIn(ledger, first)).toMatchObject({
        state: 'OVERTAKEN',
        run: null,
      });
      expect(await readTenant(ledger, first)).toMatchObject({
        configurationHash: 'old',
      });
    });

    it.each(['DONE', 'FAILED', 'REFUSED', 'OVERTAKEN'] as const)('has had its turn if it is %s', async (state) => {
      const [first = ''] = await planned(1);
      await know(member(first, { state }));
      const written = ledger.writes.length;
      expect(await go(running())).toEqual(running({ after: first }));
      expect(ledger.writes).toHaveLength(written);
    });

    it.each<{ readonly end: string; readonly known: Partial<RolloutTenant>; readonly happens?: 'at work' | 'broken' }>([
      { end: 'has taken the configuration', known: { state: 'UNCHANGED' } },
      { end: 'was overtaken', known: {}, happens: 'at work' },
      { end: 'could not be begun', known: {}, happens: 'broken' },
    ])('is counted once that $end, though a function was killed before that was written down', async (row) => {
      const [first = ''] = await planned(1);
      await know(member(first, row.known));
      if (row.happens === 'at work') await updateTenant(ledger, first, { activeRun: ACTIVE });
      if (row.happens === 'broken') await overwrite(ledger, tenantKey(first), { tenantUuid: 7 });
      const after1 = await go(running({ part: 3 }));
      expect([after1.done, after1.overtaken, after1.failed].toSorted()).toEqual([0, 0, 1]);
      expect(await go(running({ part: 3 }))).toEqual(after1);
      expect(await go({ ...after1, part: 4, after: null })).toEqual({ ...after1, part: 4 });
    });

    it('is followed though the release before this one was killed after it had begun it', async () => {
      const [first = ''] = await planned(1);
      await know(member(first, { state: 'RUNNING', run: { replicationSequence: 17, run: 2 } }));
      expect(await go(running())).toMatchObject({ running: [first], hour: { begun: 1 } });
    });

    it('is tried again after its run that has failed', async () => {
      const [first = ''] = await planned(1);
      await go(running());
      await updateTenant(ledger, first, { activeRun: null, status: 'FAILED' });
      await know(member(first, { run: { replicationSequence: 17, run: 2 } }));
      expect(await go(running())).toMatchObject({ running: [first] });
      expect(await memberIn(ledger, first)).toMatchObject({ run: { run: 3 } });
    });

    it('stops no other if something is wrong with it', async () => {
      const [first = '', second = ''] = await planned(1, 2);
      await overwrite(ledger, tenantKey(first), { tenantUuid: 7 });
      expect(await go(running())).toMatchObject({
        failed: 1,
        running: [second],
        after: second,
        hour: { begun: 1 },
      });
      expect(await memberIn(ledger, first)).toEqual(
        member(first, {
          state: 'FAILED',
          reason: 'It could not be begun; the log of RollOut says why.',
          part: 0,
        }),
      );
      expect(log.entries).toMatchObject([
        {
          level: 'error',
          sentence: 'A tenant could not be begun; the rollout goes on with the others',
          keys: { tenantUuid: first, rolloutId: ID },
          cause: expect.any(Error) as Error,
        },
      ]);
    });

    it('is looked after before its run is started', async () => {
      const [first = ''] = await planned(1);
      jest.spyOn(watch, 'watch').mockRejectedValue(new Error('The queue is away.'));
      expect(await go(running())).toMatchObject({ failed: 1, running: [] });
      expect(workflow.calls).toEqual([]);
      expect(await memberIn(ledger, first)).toMatchObject({ state: 'FAILED' });
    });

    it('is started before the part is over', async () => {
      await planned(1);
      const start = workflow.start.bind(workflow);
      jest.spyOn(workflow, 'start').mockImplementation(async (...given) => {
        await new Promise(setImmediate);
        return start(...given);
      });
      await go(running());
      expect(workflow.calls).toHaveLength(1);
    });

    it('has its run though it could not be started now', async () => {
      const [first = ''] = await planned(1);
      const cause = new Error('Step Functions is away.');
      jest.spyOn(workflow, 'start').mockRejectedValue(cause);
      expect(await go(running())).toMatchObject({
        running: [first],
        failed: 0,
      });
      const run = { replicationSequence: 17, run: 2 };
      expect(await memberIn(ledger, first)).toMatchObject({
        state: 'RUNNING',
        run,
      });
      expect(log.entries).toEqual([
        {
          level: 'error',
          sentence: 'A run could not be started now; WatchRuns will start it',
          keys: { tenantUuid: first, ...run },
          cause,
        },
      ]);
    });
  });

  describe('looks how runs have ended', () => {
    const RUN = { replicationSequence: 17, run: 1 };
    const TAG = { what: 'tag owner', from: null, to: 'jane' };
    const CHANGE = { ...TAG, state: 'TagAccount' };
    const step = {
      state: 'TagAccount',
      startedAt: NOW.toISOString(),
      finishedAt: NOW.toISOString(),
      attempts: 1,
      remark: null,
      error: null,
      changes: [TAG],
    };

    const settled = async (known: Partial<RolloutTenant>, run: Partial<RunRecord> | null) => {
      const tenantUuid = await endedTenant(ledger, 1);
      if (run !== null) {
        const before = await readRun(ledger, referenceTo(17, 1, tenantUuid));
        await overwrite(ledger, runKey(tenantUuid, 17, 1), {
          ...before,
          ...run,
        });
      }
      await know(member(tenantUuid, { state: 'RUNNING', run: RUN, ...known }));
      const record = running({ running: [uuid(9), tenantUuid] });
      return {
        record,
        settled: await settleRuns({ ledger }, record),
        tenant: await memberIn(ledger, tenantUuid),
      };
    };

    const COUNTED = { ended: 0, failed: 0, unexpected: 0 };

    it.each(['ACCEPTED', 'RUNNING'] as const)('and leaves one alone that is %s', async (status) => {
      const { record, settled: next, tenant: found } = await settled({}, { status });
      expect(next).toEqual(record);
      expect(found).toMatchObject({ state: 'RUNNING' });
    });

    it('and leaves a tenant alone that has none', async () => {
      const { record, settled: next, tenant: found } = await settled({ run: null }, null);
      expect(next).toEqual(record);
      expect(found).toMatchObject({ state: 'RUNNING' });
    });

    it('and counts one that has done what was planned', async () => {
      const { record, settled: next, tenant: found } = await settled({ changes: [CHANGE] }, { steps: [step] });
      expect(next).toEqual({
        ...record,
        running: [uuid(9)],
        done: 1,
        judged: { ...COUNTED, ended: 1 },
      });
      expect(found).toMatchObject({ state: 'DONE', unexpected: false });
    });

    it('and counts one that has done something else', async () => {
      const { record, settled: next, tenant: found } = await settled({}, { steps: [step] });
      expect(next).toEqual({
        ...record,
        running: [uuid(9)],
        done: 1,
        unexpected: 1,
        judged: { ...COUNTED, ended: 1, unexpected: 1 },
      });
      expect(found).toMatchObject({ state: 'DONE', unexpected: true });
    });

    it('and is not surprised by a change that its plan had no room for', async () => {
      const { tenant: found } = await settled({ changesLeftOut: 1 }, { steps: [step] });
      expect(found).toMatchObject({ state: 'DONE', unexpected: false });
    });

    it.each([
      {
        error: { name: 'RejectedError', message: 'AWS says no.', remedy: null },
        reason: 'AWS says no.',
      },
      { error: null, reason: null },
    ])('and tells why one has failed: $reason', async ({ error, reason }) => {
      const { record, settled: next, tenant: found } = await settled({}, { status: 'FAILED', error });
      expect(next).toEqual({
        ...record,
        running: [uuid(9)],
        failed: 1,
        judged: { ...COUNTED, ended: 1, failed: 1 },
      });
      expect(found).toMatchObject({ state: 'FAILED', reason });
    });

    it.each(['SUPERSEDED', 'CLOSED', 'SHADOWED', undefined] as const)(
      'and does not judge by one that is %s',
      async (status) => {
        const gone = { run: { replicationSequence: 17, run: 9 } };
        const {
          record,
          settled: next,
          tenant: found,
        } = await (status === undefined ? settled(gone, null) : settled({}, { status }));
        expect(next).toEqual({ ...record, running: [uuid(9)], overtaken: 1 });
        expect(found).toMatchObject({ state: 'OVERTAKEN' });
      },
    );

    it('before it decides whether it goes on', async () => {
      const uuids = await planned(1, 2, 3);
      const begun = await go(running({ limits: limits({ mostAtOnce: 2 }) }));
      for (const tenantUuid of uuids.slice(0, 2)) {
        const run = await readRun(ledger, referenceTo(17, 2, tenantUuid));
        await overwrite(ledger, runKey(tenantUuid, 17, 2), {
          ...run,
          status: 'FAILED',
        });
      }
      expect(await go(begun)).toMatchObject({
        status: 'STOPPED',
        running: [],
        failed: 2,
        judged: { ended: 2, failed: 2 },
        hour: { since: NOW.toISOString(), begun: 2 },
      });
    });
  });

  describe('gives those that have failed another turn', () => {
    const RUN = { replicationSequence: 17, run: 2 };

    it('in the wave after all others, and them alone', async () => {
      await know(
        member('a', { state: 'FAILED', reason: 'why', run: RUN, wave: 1 }),
        member('b', { state: 'DONE' }),
        member('c', { state: 'FAILED', reason: 'why' }),
        member('d'),
      );
      const record = running({ retrying: '', failed: 3, wave: 1, after: 'x' });
      expect(await go(record)).toEqual({
        ...record,
        retrying: null,
        failed: 1,
      });
      expect(await listRolloutTenants(ledger, ID, { after: null, limit: 9 })).toEqual([
        member('a', { wave: LATECOMERS, run: RUN, part: 0 }),
        member('b', { state: 'DONE' }),
        member('c', { wave: LATECOMERS, part: 0 }),
        member('d'),
      ]);
    });

    it('once, though a function was killed before that was written down', async () => {
      await know(member('a', { state: 'FAILED' }), member('b'));
      const begun = member('c', { state: 'RUNNING', part: 3 });
      await know(begun);
      const record = running({ retrying: '', failed: 3, part: 3 });
      const first = await go(record);
      expect(first).toMatchObject({ failed: 2 });
      expect(await go(record)).toEqual(first);
      expect(await go({ ...first, retrying: '', part: 4 })).toMatchObject({ failed: 2 });
      expect(await memberIn(ledger, 'c')).toEqual(begun);
    });

    it('from the beginning of that wave, where it is in it already', async () => {
      await know(member('a', { state: 'FAILED', wave: LATECOMERS }));
      const record = running({
        retrying: '',
        failed: 1,
        wave: LATECOMERS,
        after: 'x',
      });
      expect(await go(record)).toEqual({
        ...record,
        retrying: null,
        failed: 0,
        after: null,
      });
    });

    it('a page at a time', async () => {
      const name = (index: number): string => String(index).padStart(3, '0');
      await know(...Array.from({ length: 101 }, (_, index) => member(name(index), { state: 'FAILED' })));
      const first = await go(running({ retrying: '', failed: 101 }));
      expect(first).toMatchObject({ retrying: '099', failed: 1 });
      expect(await memberIn(ledger, '100')).toMatchObject({ state: 'FAILED' });
      expect(await go(first)).toMatchObject({ retrying: null, failed: 0 });
      expect(await memberIn(ledger, '100')).toMatchObject({ state: 'WAITING' });
    });

    it('one by one, where the landing zone is brought to them', async () => {
      await know(member('a', { state: 'FAILED' }), member('b', { state: 'DONE' }));
      const unit = {
        id: 'ou-1',
        arn: 'arn',
        baseline: 'b-1',
        version: null,
        accounts: 2,
        behind: 1,
      };
      const landingZone = {
        version: '4.0',
        baselineVersion: '5.0',
        updatedAt: null,
        regions: 1,
        units: [unit],
        single: 3,
        operation: null,
        pace: { expected: 0, taken: 0 },
      };
      const record = running({
        kind: 'landing-zone',
        landingZone,
        retrying: '',
        failed: 1,
        after: 'x',
      });
      expect(await retryFailed(ledger, record)).toEqual({
        ...record,
        retrying: null,
        failed: 0,
        landingZone: { ...landingZone, single: 4 },
      });
      expect(await memberIn(ledger, 'a')).toMatchObject({
        state: 'WAITING',
        wave: 1,
      });
    });
  });

  describe('after its last wave', () => {
    const last = (changes: Partial<RolloutRecord> = {}): RolloutRecord => running({ wave: LATECOMERS, ...changes });

    it('gives a turn to a tenant that came meanwhile', async () => {
      const late = await endedTenant(ledger, 1);
      expect(await go(last({ after: 'x', list: 'FAILED' }))).toEqual(
        last({
          list: 'FAILED',
          after: 'x',
          status: 'ENDED',
          endedAt: NOW.toISOString(),
        }),
      );
      expect(await go(last({ after: 'x' }))).toEqual(last());
      expect(await memberIn(ledger, late)).toEqual(member(late, { wave: LATECOMERS, changes: null }));
      expect(await go(last())).toMatchObject({ running: [late] });
    });

    it.each([
      {
        field: 'landingZone',
        changes: { landingZone: undefined },
        known: { landingZone: null },
      },
      {
        field: 'other project',
        changes: { projectIdentifier: 'other' },
        known: { projectIdentifier: 'other' },
      },
    ])('knows of it what the ledger does: $field', async ({ changes, known }) => {
      const late = await endedTenant(ledger, 1, changes);
      await go(last());
      expect(await memberIn(ledger, late)).toMatchObject(known);
    });

    it.each(['OVERTAKEN', 'WAITING'] as const)('gives another turn to one that is %s', async (state) => {
      const late = await endedTenant(ledger, 1);
      await know(member(late, { state, wave: 2 }));
      expect(await go(last())).toEqual(last());
      expect(await memberIn(ledger, late)).toMatchObject({
        state: 'WAITING',
        wave: LATECOMERS,
      });
    });

    it.each(['UNCHANGED', 'REFUSED', 'RUNNING', 'DONE', 'FAILED'] as const)(
      'leaves one to a person that is %s',
      async (state) => {
        const [other, late] = [await endedTenant(ledger, 1), await endedTenant(ledger, 2)];
        await know(member(other, { state, wave: 2 }), member(late, { state, wave: 2 }));
        expect(await go(last())).toEqual(last({ list: 'FAILED' }));
        expect(await memberIn(ledger, late)).toMatchObject({ state, wave: 2 });
      },
    );

    it('tells one tenant from another', async () => {
      const [done, late] = [await endedTenant(ledger, 1), await endedTenant(ledger, 2)];
      await know(member(done, { state: 'DONE' }), member(late, { state: 'OVERTAKEN' }));
      expect(await go(last())).toEqual(last());
      expect(await memberIn(ledger, done)).toEqual(member(done, { state: 'DONE' }));
      expect(await memberIn(ledger, late)).toMatchObject({ state: 'WAITING', wave: LATECOMERS });
    });

    it('looks at those that have failed, too, and then has ended', async () => {
      const bad = await endedTenant(ledger, 1, {}, failed);
      await endedTenant(ledger, 2, { configurationHash: 'new' });
      const toBeLooked = await go(last({ cursor: null }));
      expect(toBeLooked).toEqual(last({ list: 'FAILED' }));
      expect(await go(toBeLooked)).toEqual(last());
      await updateTenant(ledger, bad, { configurationHash: 'new' });
      seconds = 60;
      expect(await go({ ...toBeLooked, after: 'x' })).toEqual({
        ...last({ list: 'FAILED', after: 'x' }),
        status: 'ENDED',
        endedAt: after(60).toISOString(),
      });
    });

    it('goes through its lists page by page', async () => {
      for (let number = 1; number <= 101; number += 1) {
        const known = tenant({
          tenantUuid: uuid(number),
          status: 'VENDED',
          account,
          configurationHash: 'new',
        });
        await overwrite(ledger, tenantKey(uuid(number)), known, {
          listing: { label: 'VENDED', at: after(number).toISOString() },
        });
      }
      await updateTenant(ledger, uuid(1), { configurationHash: 'old' });
      const first = await go(last());
      expect(first).toEqual(last({ cursor: expect.any(String) as string }));
      await updateTenant(ledger, uuid(1), { configurationHash: 'new' });
      expect(await go(first)).toEqual(last({ list: 'FAILED' }));
      await updateTenant(ledger, uuid(1), { configurationHash: 'old' });
      // The oldest comes last.
      expect(await go(first)).toEqual(last());
      expect(await memberIn(ledger, uuid(1))).toMatchObject({
        wave: LATECOMERS,
      });
    });

    it('takes nothing for a tenant that is none', async () => {
      const listing = { label: 'VENDED', at: NOW.toISOString() };
      await overwrite(ledger, { partition: 'TENANT#x', sort: 'OTHER' }, {}, { listing });
      expect(await go(last())).toEqual(last({ list: 'FAILED' }));
    });
  });
});
