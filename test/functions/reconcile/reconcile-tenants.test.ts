import { TransientError } from '../../../functions/domain/base/errors';
import { MAX_PARTS } from '../../../functions/domain/fleet/drift';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { Preview } from '../../../functions/domain/run/preview';
import {
  claimPart,
  driftKey,
  readDrifts,
  readPass,
  recordLostAccount,
} from '../../../functions/ledger/fleet/reconciliation-run';
import { contentKey, tenantKey, waiterKey } from '../../../functions/ledger/base/keys';
import { replaceTenant, tenantOf } from '../../../functions/ledger/tenants/tenant-items';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import { compareTenant } from '../../../functions/reconcile/compare-tenant';
import { compose } from '../../../functions/reconcile/handler';
import { sideBySide } from '../../../functions/reconcile/side-by-side';
import type { DriftReport } from '../../../functions/ports/outcome-publisher';
import { RecordingLog, RecordingMetrics, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { account, NOW } from '../../fakes/vending';
import { type Change, changed, configuration, desiredStateJson, PERMISSION_SET } from '../domain/examples';
import {
  accept,
  failed,
  incoming,
  markForDeletion,
  overwrite,
  referenceTo,
  stepError,
  tenantIn,
  vended,
} from '../ledger/ledger-calls';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import type { RunEnd } from '../../../functions/ledger/runs/run-end';
import { openRun } from '../../../functions/ledger/runs/open-run';
import { decide } from '../../../functions/ledger/base/decide';
import { switchMode } from '../../../functions/ledger/fleet/landing-zone-modes';
import { acceptDesiredState } from '../../../functions/ledger/intake/accept-desired-state';

const PASS = '2026-11-25';
const NIGHT = new Date('2026-11-25T01:00:00.000Z');
const LOST_AT = '2026-11-24T01:00:07.000Z';
const START = JSON.stringify({ source: 'aws.events', time: '2026-11-25T01:00:00Z' });

const HASH = 'the configuration that it has';

const uuid = (number: number): string => `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('ReconcileTenants', () => {
  let ledger: RecordingLedgerStore;
  let workflow: RecordingWorkflow;
  let watch: RecordingWatch;
  let log: RecordingLog;
  let sent: { readonly body: string; readonly delaySeconds: number }[];
  let published: DriftReport[];
  let seconds: number;
  let preview: (plan: VendingPlan) => Promise<Preview>;
  let waits: number[];
  let isBusOut: boolean;
  let isQueueOut: boolean;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    watch = new RecordingWatch();
    log = new RecordingLog();
    sent = [];
    published = [];
    seconds = 0;
    preview = () => Promise.reject(new Error('No tenant is compared whose configuration nobody knows.'));
    waits = [];
    [isBusOut, isQueueOut] = [false, false];
  });

  const now = (): Date => new Date(NIGHT.getTime() + seconds * 1000);

  const host = () => ({
    environment: () => '',
    now,
    log,
    ledger,
    metrics: new RecordingMetrics(),
    wait: (milliseconds: number) => {
      seconds += milliseconds / 1000;
      waits.push(milliseconds);
      return Promise.resolve();
    },
    secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
    watch: new RecordingWatch(),
    aws: {},
  });

  /** Hands over one message, and says whether it was taken. */
  const deliver = async (body: string): Promise<boolean> => {
    const reconcile = compose(host(), {
      configurationAt: (hash) => (hash === HASH ? Promise.resolve(configuration()) : Promise.reject(new Error(hash))),
      previews: { preview: (plan) => preview(plan) },
      workflow,
      watch,
      reports: {
        publish: (report) =>
          isBusOut ? Promise.reject(new Error('no bus')) : Promise.resolve(void published.push(report)),
      },
      passes: {
        send: (part, delaySeconds) =>
          isQueueOut
            ? Promise.reject(new Error('no queue'))
            : Promise.resolve(void sent.push({ body: JSON.stringify(part), delaySeconds })),
      },
    });
    const { batchItemFailures } = await reconcile({ Records: [{ messageId: 'm', body }] });
    if (batchItemFailures.length > 0) expect(batchItemFailures).toEqual([{ itemIdentifier: 'm' }]);
    return batchItemFailures.length === 0;
  };

  /** Lets the night begin, and delivers what is sent until nothing is, or so many messages were. */
  const night = async (most = 50): Promise<void> => {
    expect(await deliver(START)).toBe(true);
    for (let count = 1; count < most; count += 1) {
      const next = sent.shift();
      if (next === undefined) return;
      seconds += next.delaySeconds;
      expect(await deliver(next.body)).toBe(true);
    }
  };

  const update = (tenantUuid: string, changes: object): Promise<void> =>
    decide(ledger, [tenantKey(tenantUuid)], (item) => {
      const tenant = tenantOf(item);
      if (tenant === undefined) throw new Error('There is no such tenant.');
      return { writes: [replaceTenant(item, { ...tenant, ...changes })], result: undefined };
    });

  /** A tenant with an account whose first run has ended so; later ones have ended later. */
  const tenant = async (number: number, end: RunEnd | null = vended): Promise<string> => {
    const tenantUuid = uuid(number);
    const at = new Date(NOW.getTime() + number * 1000);
    await acceptDesiredState(ledger, incoming(17, { tenantUuid }), at);
    await openRun(ledger, referenceTo(17, 1, tenantUuid), at);
    await update(tenantUuid, { account: { ...account, id: String(number).padStart(12, '0') } });
    if (end !== null) await closeRun(ledger, referenceTo(17, 1, tenantUuid), end, at);
    return tenantUuid;
  };

  /** The same of which every run was planned by a configuration that is known. */
  const plannedTenant = async (number: number, end: RunEnd = vended): Promise<string> => {
    const tenantUuid = uuid(number);
    const at = new Date(NOW.getTime() + number * 1000);
    const input = changed(desiredStateJson, ['tenant.metadata.uuid', tenantUuid]);
    await acceptDesiredState(
      ledger,
      incoming(17, { tenantUuid, desiredState: input as object, landingZone: 'aws-dev' }),
      at,
    );
    await openRun(ledger, referenceTo(17, 1, tenantUuid), at);
    const known = { ...account, id: String(number).padStart(12, '0') };
    await update(tenantUuid, { account: known, configurationHash: HASH });
    await closeRun(ledger, referenceTo(17, 1, tenantUuid), end, at);
    return tenantUuid;
  };

  const tenants = async (count: number): Promise<void> => {
    for (let number = 1; number <= count; number += 1) await tenant(number);
  };

  /** Ends the run of this night. */
  const endRun = (tenantUuid: string, end: RunEnd = vended): Promise<unknown> =>
    closeRun(ledger, referenceTo(17, 2, tenantUuid), end, now());

  const changeIn = async (tenantUuid: string): Promise<void> => {
    const { runItem } = await openRun(ledger, referenceTo(17, 2, tenantUuid), now());
    const change = { what: 'tag meshstack_owner', from: 'by hand', to: 'jane' };
    const at = now().toISOString();
    await recordStep(ledger, runItem, {
      state: 'TagAccount',
      startedAt: at,
      finishedAt: at,
      remark: null,
      error: null,
      changes: [change],
    });
  };

  const startedTenants = (): readonly string[] => [...workflow.started.values()].map(({ tenantUuid }) => tenantUuid);

  it('gives every tenant that has vended, or has failed with an account, a run of its last desired state', async () => {
    const good = await tenant(1);
    const bad = await tenant(2, failed);
    await night(4);
    expect([...workflow.started.keys()]).toEqual([`${good}-17-r2`, `${bad}-17-r2`]);
    expect(await tenantIn(ledger, good)).toMatchObject({ status: 'ACCEPTED', reconciledIn: PASS });
    expect(watch.watched).toEqual([good, bad].map((tenantUuid) => ({ tenantUuid, replicationSequence: 17 })));
  });

  it('has every run looked at once that has been at work for an hour, whatever has become of its own looks', async () => {
    const vendedTenant = await tenant(1);
    const [running, accepted, young] = [await tenant(2, null), uuid(3), uuid(4)];
    await acceptDesiredState(ledger, incoming(17, { tenantUuid: accepted }), NOW);
    await acceptDesiredState(ledger, incoming(17, { tenantUuid: young }), new Date(NIGHT.getTime() - 3_000_000));
    await night(3);
    const looks = watch.watched.filter(({ once }) => once === true);
    expect(looks).toEqual(
      [running, accepted].map((tenantUuid) => ({ tenantUuid, replicationSequence: 17, once: true })),
    );
    expect(startedTenants()).toEqual([vendedTenant]);
  });

  it('has a run looked at from its first hour on, and is stopped by none that cannot be looked at', async () => {
    const [anHour, less, unreadable] = [uuid(1), uuid(2), uuid(3)];
    await acceptDesiredState(ledger, incoming(17, { tenantUuid: anHour }), new Date(NIGHT.getTime() - 3_600_000));
    await acceptDesiredState(ledger, incoming(17, { tenantUuid: less }), new Date(NIGHT.getTime() - 3_599_000));
    const listing = { label: 'ACCEPTED', at: NIGHT.toISOString() };
    await ledger.commit([{ key: tenantKey(unreadable), expectedVersion: 0, data: { status: 'unreadable' }, listing }]);
    await deliver(START);
    await deliver(sent.shift()?.body ?? '');
    expect(watch.watched).toEqual([{ tenantUuid: anHour, replicationSequence: 17, once: true }]);
    expect(log.entries).toMatchObject([
      { level: 'error', sentence: expect.stringContaining('others') as string, keys: { tenantUuid: unreadable } },
    ]);
  });

  it('looks at nobody whose run has ended meanwhile, or who is gone', async () => {
    const [ended, erased] = [await tenant(1, null), uuid(2)];
    await acceptDesiredState(ledger, incoming(17, { tenantUuid: erased }), NOW);
    const list = ledger.list.bind(ledger);
    jest.spyOn(ledger, 'list').mockImplementation(async (query) => {
      const page = await list(query);
      for (const { key } of page.items) {
        if (key.partition === tenantKey(ended).partition) await update(ended, { activeRun: null });
        else await ledger.commit([{ ...(await itemOf(erased)), data: null }]);
      }
      return page;
    });
    await deliver(START);
    await deliver(sent.shift()?.body ?? '');
    expect(watch.watched).toEqual([]);
    expect(log.entries).toEqual([]);
    expect(await readPass(ledger)).toMatchObject({ phase: 'SETTLING' });
  });

  it('goes on with the runs at work where one part has no room for all of them', async () => {
    for (let number = 1; number <= 150; number += 1)
      await acceptDesiredState(ledger, incoming(17, { tenantUuid: uuid(number) }), NOW);
    await night(2);
    expect(watch.watched).toHaveLength(100);
    expect(sent).toMatchObject([{ delaySeconds: 5 }]);
    await deliver(sent.shift()?.body ?? '');
    expect(sent).toMatchObject([{ delaySeconds: 5 }]);
    for (let next = sent.shift(); next !== undefined; next = sent.shift()) await deliver(next.body);
    expect(new Set(watch.watched.map(({ tenantUuid }) => tenantUuid)).size).toBe(150);
    expect(watch.watched).toHaveLength(150);
    expect(published).toHaveLength(1);
  });

  it('has no part done before the message of the next one is sent', async () => {
    await tenants(1);
    isQueueOut = true;
    expect(await deliver(START)).toBe(false);
    isQueueOut = false;
    seconds = 320;
    expect(await deliver(START)).toBe(true);
    expect(sent).toMatchObject([{ body: JSON.stringify({ pass: PASS, part: 1 }) }]);
    expect(workflow.calls).toHaveLength(1);
  });

  it('does not take a part of a pass without end, and says what to do', async () => {
    await tenant(1);
    await deliver(START);
    sent.length = 0;
    expect(await deliver(JSON.stringify({ pass: PASS, part: MAX_PARTS }))).toBe(true);
    expect(sent).toMatchObject([{ body: JSON.stringify({ pass: PASS, part: MAX_PARTS + 1 }) }]);
    expect(await deliver(JSON.stringify({ pass: PASS, part: MAX_PARTS + 1 }))).toBe(false);
    expect(sent).toHaveLength(1);
    expect(log.entries.at(-1)?.cause).toMatchObject({
      name: 'RejectedError',
      message: expect.stringMatching(/17280 parts.*the next night begins a new pass/u) as string,
    });
  });

  it.each<[string, (tenantUuid: string) => Promise<unknown>]>([
    ['is marked for deletion', (tenantUuid) => markForDeletion(ledger, 18, { tenantUuid })],
    [
      'is marked for deletion, and could not be closed',
      (tenantUuid) =>
        update(tenantUuid, { status: 'FAILED', deletion: { replicationSequence: 18, at: NOW.toISOString() } }),
    ],
    ['has a run at work', (tenantUuid) => accept(ledger, 18, { tenantUuid })],
    ['was superseded', (tenantUuid) => update(tenantUuid, { status: 'SUPERSEDED' })],
    ['has no account', (tenantUuid) => update(tenantUuid, { account: null, status: 'FAILED' })],
    ['has lost its account', (tenantUuid) => update(tenantUuid, { status: 'FAILED', accountLostSince: LOST_AT })],
    ['has had its run in this night', (tenantUuid) => update(tenantUuid, { reconciledIn: PASS })],
  ])('leaves a tenant alone that %s', async (_, act) => {
    const tenantUuid = await tenant(1);
    await act(tenantUuid);
    const before = await tenantIn(ledger, tenantUuid);
    await night(4);
    expect(workflow.started.size).toBe(0);
    expect(watch.watched.filter(({ once }) => once !== true)).toEqual([]);
    expect(await tenantIn(ledger, tenantUuid)).toEqual(before);
    expect(await readPass(ledger)).toMatchObject({ reconciled: 0, unchanged: 0, notBegun: 0 });
  });

  it('looks at runs in every state, and in each from the beginning of its list', async () => {
    for (let number = 1; number <= 101; number += 1) await tenant(number, null);
    // Newer than all that run, they stand before the place that the list of those has come to.
    const at = new Date(NOW.getTime() + 1_000_000);
    const others = [201, 202, 203].map(uuid);
    for (const tenantUuid of others) await acceptDesiredState(ledger, incoming(17, { tenantUuid }), at);
    await update(uuid(201), { status: 'QUEUED' });
    await update(uuid(202), { status: 'AWAITING_APPROVAL' });
    await night();
    const looks = watch.watched.filter(({ once }) => once === true).map(({ tenantUuid }) => tenantUuid);
    expect(looks).toHaveLength(104);
    expect(looks).toEqual(expect.arrayContaining(others));
  });

  it('goes through all pages, gives nobody two runs, and each part as many as the lane has room', async () => {
    await tenants(45);
    const batches: number[] = [];
    const delays: number[] = [];
    await deliver(START);
    for (let next = sent.shift(); next !== undefined && batches.length < 10; next = sent.shift()) {
      batches.push(workflow.started.size);
      delays.push(next.delaySeconds);
      for (const tenantUuid of startedTenants()) await endRun(tenantUuid);
      seconds += 60;
      await deliver(next.body);
    }
    // The last two: nobody has failed, and all runs have ended.
    expect(batches).toEqual([20, 40, 45, 45]);
    expect(delays).toEqual([20, 20, 5, 5]);
    expect(new Set(startedTenants()).size).toBe(45);
    expect(workflow.calls).toHaveLength(45);
    expect(published).toMatchObject([{ pass: PASS, reconciled: 45, changed: 0, failed: 0, unfinished: 0 }]);
  });

  it('hands on what a newer release has written into the message', async () => {
    await tenants(21);
    await deliver(JSON.stringify({ pass: PASS, part: 0, fieldOfNextRelease: 'x' }));
    const [next] = sent.map(({ body }): unknown => JSON.parse(body));
    expect(next).toMatchObject({ pass: PASS, part: 1, fieldOfNextRelease: 'x' });
  });

  it('begins nothing while twenty wait in the lane, and looks again in a minute', async () => {
    await tenants(3);
    await waiting(20);
    await deliver(START);
    expect(workflow.started.size).toBe(0);
    expect(sent).toEqual([{ body: JSON.stringify({ pass: PASS, part: 1 }), delaySeconds: 20 }]);
    expect(await readPass(ledger)).toMatchObject({ phase: 'VENDED', cursor: null });
  });

  /** So many wait in the lane. */
  const waiting = (count: number): Promise<void> =>
    ledger.commit(
      Array.from({ length: count }, (_, number) => ({
        key: waiterKey('reconciliation', NOW.toISOString(), uuid(100 + number), { replicationSequence: 1, run: 1 }),
        expectedVersion: 0,
        data: {},
      })),
    );

  it('comes back to a page of which the lane has not taken all, whatever is on the next one', async () => {
    await tenants(20);
    await plannedTenant(0);
    preview = () => Promise.resolve({ changes: [], refusal: null });
    await waiting(5);
    await deliver(START);
    expect(workflow.started.size).toBe(15);
    expect(await readPass(ledger)).toMatchObject({ phase: 'VENDED', cursor: null, reconciled: 15, unchanged: 0 });
    seconds += 20;
    await deliver(sent[0]?.body ?? '');
    expect(workflow.started.size).toBe(20);
    expect(await readPass(ledger)).toMatchObject({ reconciled: 20, unchanged: 1 });
  });

  it('looks again how many wait after twenty seconds', async () => {
    await tenants(45);
    // Each run is let in at once, and takes the function a second.
    jest.spyOn(watch, 'watch').mockImplementation(() => {
      seconds += 1;
      return Promise.resolve();
    });
    await deliver(START);
    expect(workflow.started.size).toBe(45);
    expect(await readPass(ledger)).toMatchObject({ reconciled: 45, notBegun: 0 });
  });

  it('counts those whose run could not be begun on each page', async () => {
    await tenants(25);
    await ledger.commit([{ ...(await itemOf(uuid(4))), data: { status: 'unreadable' }, listing: atFront }]);
    jest.spyOn(watch, 'watch').mockImplementation(({ tenantUuid }) => {
      seconds += 2;
      const isOut = [uuid(23), uuid(24), uuid(1), uuid(2)].includes(tenantUuid);
      return isOut ? Promise.reject(new Error('no queue')) : Promise.resolve();
    });
    await deliver(START);
    expect(await readPass(ledger)).toMatchObject({ reconciled: 20, notBegun: 5 });
    expect(await tenantIn(ledger, uuid(23))).toMatchObject({ status: 'VENDED', reconciledIn: null });
    expect(log.entries.map(({ keys }) => keys['tenantUuid']).toSorted()).toEqual([1, 2, 4, 23, 24].map(uuid));
  });

  it('is tried again where the ledger is out, and nothing else fails because of that', async () => {
    await tenants(45);
    const unhandled: unknown[] = [];
    const listener = (cause: unknown): void => void unhandled.push(cause);
    process.on('unhandledRejection', listener);
    try {
      const write = ledger.commit.bind(ledger);
      const isPlace = ({ data }: { readonly data: unknown }): boolean =>
        data !== null && typeof data === 'object' && 'cursor' in data && data.cursor !== null;
      jest
        .spyOn(ledger, 'commit')
        .mockImplementation((writes) =>
          writes.some(isPlace) ? Promise.reject(new Error('The ledger is out.')) : write(writes),
        );
      expect(await deliver(START)).toBe(false);
      await new Promise((resolve) => void setImmediate(resolve));
      expect(unhandled).toEqual([]);
      expect(sent).toEqual([]);
    } finally {
      process.off('unhandledRejection', listener);
    }
  });

  it('is stopped by no tenant whose run cannot be begun or started', async () => {
    await tenants(3);
    await ledger.commit([{ ...(await itemOf(uuid(3))), data: { status: 'of another time' }, listing: atFront }]);
    jest.spyOn(workflow, 'start').mockRejectedValueOnce(new Error('no'));
    await night(4);
    expect(startedTenants()).toEqual([uuid(1)]);
    // Its run is written down, and looked after.
    expect(await tenantIn(ledger, uuid(2))).toMatchObject({ reconciledIn: PASS, status: 'ACCEPTED' });
    expect(watch.watched.map(({ tenantUuid }) => tenantUuid)).toContain(uuid(2));
    expect(await readPass(ledger)).toMatchObject({ reconciled: 2, notBegun: 1 });
    expect(log.entries.map(({ level, sentence, keys }) => [level, sentence.split(';')[1], keys])).toEqual([
      ['error', ' the others go on', { tenantUuid: uuid(3), pass: PASS }],
      ['error', ' WatchRuns will start it', { tenantUuid: uuid(2), replicationSequence: 17, run: 2 }],
    ]);
  });

  const atFront = { label: 'VENDED', at: '2026-11-25T00:00:00.000Z' };

  const itemOf = async (tenantUuid: string) => {
    const [item] = await ledger.read([tenantKey(tenantUuid)]);
    return { key: tenantKey(tenantUuid), expectedVersion: item?.version ?? 0 };
  };

  describe('compares a tenant', () => {
    const nothing: Preview = { changes: [], refusal: null };
    const previewed: VendingPlan[] = [];
    const answering = (answer: (plan: VendingPlan) => Promise<Preview>) => {
      previewed.length = 0;
      preview = (plan) => {
        previewed.push(plan);
        return answer(plan);
      };
    };

    it('and gives it no run where nothing differs', async () => {
      const tenantUuid = await plannedTenant(1);
      const before = await tenantIn(ledger, tenantUuid);
      answering(() => Promise.resolve(nothing));
      await night();
      expect(previewed).toMatchObject([{ tenantUuid, landingZone: 'aws-dev' }]);
      expect(workflow.started.size).toBe(0);
      expect(watch.watched).toEqual([]);
      expect(await tenantIn(ledger, tenantUuid)).toEqual(before);
      expect(published).toMatchObject([{ reconciled: 0, notBegun: 0, unchanged: 1, changed: 0, failed: 0 }]);
      expect(await readPass(ledger)).toMatchObject({ phase: 'ENDED', unchanged: 1 });
    });

    const change = { state: 'TagAccount', what: 'tag', from: 'a', to: 'b' };
    it.each<[string, () => Promise<Preview>]>([
      ['something differs', () => Promise.resolve({ changes: [change], refusal: null })],
      [
        'its run would be refused',
        () => Promise.resolve({ changes: [], refusal: { state: 'MoveAccount', message: 'no', remedy: null } }),
      ],
      ['nobody can tell', () => Promise.resolve({ changes: null, refusal: null })],
      ['its dry run fails', () => Promise.reject(new Error('no'))],
      ['AWS does not answer in time, again and again', () => Promise.reject(new TransientError('slow'))],
    ])('and gives it a run where %s', async (_, answer) => {
      const tenantUuid = await plannedTenant(1);
      answering(answer);
      await night(3);
      expect(startedTenants()).toEqual([tenantUuid]);
      expect(await readPass(ledger)).toMatchObject({ reconciled: 1, unchanged: 0 });
    });

    it.each<[string, (tenantUuid: string) => Promise<unknown>]>([
      ['has failed', (tenantUuid) => update(tenantUuid, { status: 'FAILED' })],
      ['has never been planned', (tenantUuid) => update(tenantUuid, { configurationHash: undefined })],
      [
        'has a desired state that would be refused now',
        (tenantUuid) => overwrite(ledger, contentKey(tenantUuid, 17), { desiredState: {} }),
      ],
      [
        'is in a landing zone that does not act',
        () => switchMode(ledger, 'aws-dev', { mode: 'shadow', at: NOW, by: null }),
      ],
    ])('in no way where it %s, and gives it a run', async (_, act) => {
      const tenantUuid = await plannedTenant(1);
      await act(tenantUuid);
      answering(() => Promise.resolve(nothing));
      await night(3);
      expect(previewed).toEqual([]);
      expect(startedTenants()).toEqual([tenantUuid]);
      expect(log.entries).toEqual([]);
    });

    it('in no way where its configuration is not there any more, gives it a run, and says why', async () => {
      const tenantUuid = await plannedTenant(1);
      await update(tenantUuid, { configurationHash: 'x' });
      await night(3);
      expect(startedTenants()).toEqual([tenantUuid]);
      expect(log.entries).toMatchObject([
        { level: 'error', sentence: expect.stringContaining('compared') as string, keys: { tenantUuid } },
      ]);
    });

    it.each<[string, (tenantUuid: string) => Promise<unknown>]>([
      ['has got a newer desired state', (tenantUuid) => accept(ledger, 18, { tenantUuid })],
      ['was erased', async (tenantUuid) => ledger.commit([{ ...(await itemOf(tenantUuid)), data: null }])],
    ])('and begins nothing where it %s meanwhile', async (_, act) => {
      const tenantUuid = await plannedTenant(1);
      answering(async () => {
        await act(tenantUuid);
        return { changes: [change], refusal: null };
      });
      await night(3);
      expect(workflow.started.size).toBe(0);
      expect(log.entries).toEqual([]);
      expect(await readPass(ledger)).toMatchObject({ reconciled: 0, notBegun: 0, unchanged: 0 });
    });

    it('that was erased since it was listed in no way', async () => {
      const tenantUuid = await plannedTenant(1);
      const list = ledger.list.bind(ledger);
      jest.spyOn(ledger, 'list').mockImplementation(async (query) => {
        const page = await list(query);
        if (page.items.length > 0) await ledger.commit([{ ...(await itemOf(tenantUuid)), data: null }]);
        return page;
      });
      await night(3);
      expect(log.entries).toEqual([]);
      expect(await readPass(ledger)).toMatchObject({ reconciled: 0, notBegun: 0, unchanged: 0 });
    });

    it('and files it under its landing zone where an earlier release has not', async () => {
      const tenantUuid = await plannedTenant(1);
      await update(tenantUuid, { landingZone: undefined });
      answering(() => Promise.resolve(nothing));
      await night(3);
      expect(await tenantIn(ledger, tenantUuid)).toMatchObject({ landingZone: 'aws-dev' });
    });

    it('and writes nothing of one that stands under its landing zone', async () => {
      const tenantUuid = await plannedTenant(1);
      const { writes } = ledger;
      const before = writes.length;
      await ledger.commit([
        { ...(await itemOf(tenantUuid)), data: await tenantIn(ledger, tenantUuid), listing: atFront },
      ]);
      answering(() => Promise.resolve(nothing));
      await night(3);
      const ofTenant = writes.slice(before + 1).filter(({ key }) => key.partition === tenantKey(tenantUuid).partition);
      expect(ofTenant).toEqual([]);
    });

    it('by the budgets of what its dry run asks AWS, Identity Center only where it gives access', async () => {
      const tenantUuid = await plannedTenant(1);
      const paced: unknown[] = [];
      const asked = async (...changes: readonly Change[]) => {
        paced.length = 0;
        const pace = (...call: readonly unknown[]) => Promise.resolve(void paced.push(call));
        const known = configuration(...changes);
        const ports = {
          ...host(),
          configurationAt: () => Promise.resolve(known),
          previews: { preview: () => Promise.resolve(nothing) },
          pacer: { pace },
        };
        expect(await compareTenant(ports, sideBySide(1), tenantUuid, PASS)).toBe('unchanged');
        return [...paced];
      };
      const ofTree = [
        ['organizations', 'ListParents'],
        ['organizations', 'ListTagsForResource'],
      ];
      const mappings = ['admin', 'reader', 'auditor'].map((name) => ({
        projectRoleRef: { name },
        awsRole: name,
        permissionSetArns: [PERMISSION_SET],
      }));
      expect(await asked(['platform.awsIdentityStore.awsRoleMappings', mappings])).toEqual([
        ...ofTree,
        ['sso', 'ListAccountAssignmentsForPrincipal', 6],
        ['identitystore', 'GetGroupId', 3],
        ['identitystore', 'ListGroupMemberships', 3],
        ['identitystore', 'GetUserId', 1],
      ]);
      expect(await asked(['platform.awsIdentityStore', undefined])).toEqual(ofTree);
    });

    it('one after the other once AWS has turned away some, until it answers again', async () => {
      for (let number = 1; number <= 45; number += 1) await plannedTenant(number);
      const turnedAway = new Set<string>();
      answering(({ tenantUuid }) => {
        if (turnedAway.has(tenantUuid)) return Promise.resolve(nothing);
        if (turnedAway.size === 6) return new Promise(() => undefined);
        turnedAway.add(tenantUuid);
        return Promise.reject(new TransientError('slow'));
      });
      void deliver(START);
      for (let turn = 0; turn < 20_000; turn += 1) await Promise.resolve();
      expect(new Set(previewed.map(({ tenantUuid }) => tenantUuid)).size).toBe(24);
    });

    it('once more, some seconds later, where AWS has not answered in time', async () => {
      await plannedTenant(1);
      let isFirst = true;
      answering(() => {
        const answer = isFirst ? Promise.reject(new TransientError('slow')) : Promise.resolve(nothing);
        isFirst = false;
        return answer;
      });
      await night();
      expect(previewed).toHaveLength(2);
      expect(waits).toContain(5000);
      expect(published).toMatchObject([{ reconciled: 0, unchanged: 1 }]);
    });

    it.each([
      {
        what: 'twice, and then leaves it to a run, where AWS does not answer',
        error: new TransientError('slow'),
        tries: 2,
      },
      { what: 'once, and then leaves it to a run, where AWS says no', error: new Error('no'), tries: 1 },
    ])('$what', async ({ error, tries }) => {
      await plannedTenant(1);
      answering(() => Promise.reject(error));
      await night(3);
      expect(previewed).toHaveLength(tries);
      expect(waits.filter((milliseconds) => milliseconds === 5000)).toHaveLength(tries - 1);
      expect(await readPass(ledger)).toMatchObject({ reconciled: 1, unchanged: 0 });
    });

    it('not faster than AWS answers, in as many parts as it takes', async () => {
      for (let number = 1; number <= 100; number += 1) await plannedTenant(number);
      answering(() => {
        // Each takes a while of its own.
        seconds += 5;
        return Promise.resolve(nothing);
      });
      await deliver(START);
      expect(previewed.length).toBeLessThan(100);
      const place = await readPass(ledger);
      expect(place).toMatchObject({ phase: 'VENDED', unchanged: previewed.length });
      expect(sent).toEqual([{ body: JSON.stringify({ pass: PASS, part: 1 }), delaySeconds: 5 }]);
      for (let next = sent.shift(); next !== undefined; next = sent.shift()) await deliver(next.body);
      expect(new Set(previewed.map(({ tenantUuid }) => tenantUuid)).size).toBe(100);
      expect(previewed).toHaveLength(100);
      expect(published).toMatchObject([{ unchanged: 100, reconciled: 0 }]);
    });

    it('four times a second at most, by the budgets that vendings share', async () => {
      for (let number = 1; number <= 40; number += 1) await plannedTenant(number);
      answering(() => Promise.resolve(nothing));
      await deliver(START);
      expect(previewed).toHaveLength(40);
      // Four may come at once after a pause.
      expect(seconds).toBeGreaterThanOrEqual((40 - 4) / 4);
      expect(seconds).toBeLessThan(11);
    });

    it('again where its page was not written down, and no other, after it was killed', async () => {
      for (let number = 1; number <= 45; number += 1) await plannedTenant(number);
      const hanging = uuid(3);
      answering(({ tenantUuid }) => (tenantUuid === hanging ? new Promise(() => undefined) : Promise.resolve(nothing)));
      void deliver(START);
      for (let turn = 0; turn < 20_000; turn += 1) await Promise.resolve();
      expect(previewed).toHaveLength(45);
      expect(await readPass(ledger)).toMatchObject({ phase: 'VENDED', unchanged: 40 });

      seconds += 320;
      answering(() => Promise.resolve(nothing));
      await night();
      expect(previewed.map(({ tenantUuid }) => tenantUuid)).toEqual([5, 4, 3, 2, 1].map(uuid));
      expect(published).toMatchObject([{ unchanged: 45, reconciled: 0 }]);
    });

    it('and begins no more runs than the lane has room for where all of them differ', async () => {
      for (let number = 1; number <= 45; number += 1) await plannedTenant(number);
      answering(() => Promise.resolve({ changes: [change], refusal: null }));
      await deliver(START);
      expect(workflow.started.size).toBe(20);
      expect(sent).toMatchObject([{ delaySeconds: 20 }]);
    });
  });

  describe('killed', () => {
    it.each([
      ['before the first tenant', 1],
      ['between two tenants', 3],
      ['after the last, before the part is written down', 7],
    ])('%s, gives each tenant one run when its message comes again', async (_, commits) => {
      await tenants(3);
      const write = ledger.commit.bind(ledger);
      let count = 0;
      const spy = jest.spyOn(ledger, 'commit').mockImplementation((writes) => {
        count += 1;
        // What a killed function does not do, it does not do afterwards either.
        return count > commits ? new Promise(() => undefined) : write(writes);
      });
      void deliver(START);
      for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
      spy.mockRestore();
      expect(count).toBe(commits + 1);

      seconds = 10;
      expect(await deliver(START)).toBe(false);
      expect(log.entries.at(-1)).toMatchObject({
        keys: { messageId: 'm' },
        cause: { name: 'TransientError', message: `Part 0 of the pass ${PASS} is being worked on.` },
      });
      seconds = 320;
      await night(6);
      const runs = await Promise.all([1, 2, 3].map((number) => tenantIn(ledger, uuid(number))));
      expect(runs.map(({ lastRun }) => lastRun?.run)).toEqual([2, 2, 2]);
      // Of the one that was written down and not started the look that was asked for before takes care.
      expect(watch.watched.map(({ tenantUuid }) => tenantUuid)).toEqual(
        expect.arrayContaining([uuid(1), uuid(2), uuid(3)]),
      );
    });

    it('after the next message was sent, drops the one that is behind', async () => {
      await tenants(25);
      await deliver(START);
      expect(workflow.started.size).toBe(20);
      const [next] = sent;
      seconds = 60;
      await deliver(next?.body ?? '');
      const started = workflow.started.size;
      const written = ledger.writes.length;
      expect(await deliver(next?.body ?? '')).toBe(true);
      expect(await deliver(START)).toBe(true);
      expect(workflow.started.size).toBe(started);
      expect(ledger.writes).toHaveLength(written);
    });
  });

  it('does not begin another night while the one before still gives out runs', async () => {
    await tenants(1);
    await claimPart(ledger, { pass: '2026-11-24', part: 0 }, now());
    expect(await deliver(START)).toBe(true);
    expect(workflow.started.size).toBe(0);
    expect(log.entries).toMatchObject([
      { level: 'info', sentence: expect.stringContaining('another pass') as string, keys: { pass: PASS, part: 0 } },
    ]);
    seconds = 3600;
    expect(await deliver(START)).toBe(true);
    expect(workflow.started.size).toBe(1);
  });

  it.each(['{}', '{"pass":"tonight","part":0}', '{"pass":"2026-11-25","part":-1}', 'no JSON'])(
    'lets a message come again, and then be a dead letter, that it cannot read: %s',
    async (body) => {
      expect(await deliver(body)).toBe(false);
    },
  );

  describe('the report', () => {
    it('tells which runs have changed something or failed, once all have ended', async () => {
      await tenant(1);
      await tenant(2);
      await tenant(3, failed);
      await night(5);
      expect(published).toEqual([]);
      // There is nothing to do but to wait.
      expect(sent).toMatchObject([{ delaySeconds: 20 }]);
      await changeIn(uuid(1));
      await endRun(uuid(1));
      await endRun(uuid(2));
      await endRun(uuid(3), failed);
      for (let next = sent.shift(); next !== undefined; next = sent.shift()) await deliver(next.body);

      const figures = { pass: PASS, reconciled: 3, notBegun: 0, changed: 1, failed: 1, unfinished: 0 };
      expect(published).toMatchObject([
        {
          ...figures,
          startedAt: NIGHT.toISOString(),
          endedAt: now().toISOString(),
          drifts: [
            { tenantUuid: uuid(1), accountId: '000000000001', before: 'VENDED', outcome: 'VENDED', changes: 1 },
            { tenantUuid: uuid(3), before: 'FAILED', outcome: 'FAILED', changes: 0 },
          ],
          driftsLeftOut: 0,
        },
      ]);
      expect(await readPass(ledger)).toMatchObject({ ...figures, phase: 'ENDED', startedAt: NIGHT.toISOString() });
      const { drifts } = await readDrifts(ledger, { pass: PASS, limit: 10, after: null });
      expect(drifts).toMatchObject([
        { changes: [{ state: 'TagAccount', what: 'tag meshstack_owner', from: 'by hand', to: 'jane' }], error: null },
        { changes: [], error: stepError },
      ]);
    });

    it('counts all of them, tells of the first thousand, and leaves the others to the API', async () => {
      await night(1);
      const drift = (number: number) => ({
        replicationSequence: 17,
        run: 2,
        tenantUuid: uuid(number),
        accountId: '000000000001',
        workspaceIdentifier: 'retail',
        projectIdentifier: 'webshop-dev',
        endedAt: NOW.toISOString(),
        before: 'VENDED',
        outcome: number <= 3 ? 'FAILED' : 'VENDED',
        error: null,
        changesLeftOut: number,
        changes: [{ state: 'TagAccount', what: 'tag', from: 'a', to: 'b' }],
      });
      for (let number = 1; number <= 1002; number += 1) {
        await overwrite(ledger, driftKey(PASS, uuid(number)), drift(number));
      }
      for (let number = 1; number <= 201; number += 1) {
        const lost = { tenantUuid: uuid(number), workspaceIdentifier: 'retail', projectIdentifier: 'webshop-dev' };
        await recordLostAccount(ledger, PASS, { ...lost, accountId: '000000000001', since: LOST_AT }, NIGHT);
      }
      for (let next = sent.shift(); next !== undefined; next = sent.shift()) await deliver(next.body);
      const [report] = published;
      expect(report).toMatchObject({ changed: 999, failed: 3, driftsLeftOut: 2, lost: 201 });
      expect(report?.drifts).toHaveLength(1000);
      expect(report?.drifts.at(-1)).toMatchObject({ tenantUuid: uuid(1000), changes: 1001 });
      expect(report?.lostAccounts).toHaveLength(200);
    });

    it('comes again as long as the bus does not take it, and then ends the pass', async () => {
      await night(2);
      isBusOut = true;
      const [next] = sent;
      expect(await deliver(next?.body ?? '')).toBe(false);
      expect(await readPass(ledger)).toMatchObject({ phase: 'SETTLING', endedAt: null });
      isBusOut = false;
      seconds += 320;
      expect(await deliver(next?.body ?? '')).toBe(true);
      expect(published).toHaveLength(1);
      expect(await readPass(ledger)).toMatchObject({ phase: 'ENDED', endedAt: now().toISOString() });
    });

    it('ends after twenty hours all the same, and says how many runs had not ended', async () => {
      await tenants(2);
      await night(5);
      const next = sent.at(-1);
      seconds = 20 * 3600;
      await deliver(next?.body ?? '');
      expect(published).toMatchObject([{ reconciled: 2, unfinished: 2 }]);
    });

    it('tells whose account is lost, and was left alone because of that', async () => {
      await tenants(3);
      await update(uuid(2), { status: 'FAILED', accountLostSince: LOST_AT });
      expect(await deliver(START)).toBe(true);
      // Killed before the part was written down, it comes again.
      await update(uuid(1), { reconciledIn: PASS });
      await night(3);
      for (const tenantUuid of startedTenants()) await endRun(tenantUuid);
      for (let next = sent.shift(); next !== undefined; next = sent.shift()) await deliver(next.body);

      const lost = { tenantUuid: uuid(2), accountId: '000000000002', since: LOST_AT };
      expect(published).toMatchObject([{ reconciled: 2, failed: 0, notBegun: 0, lost: 1, lostAccounts: [lost] }]);
      expect(await readPass(ledger)).toMatchObject({ lost: 1 });
    });

    it('counts a tenant whose lost account could not be written down among those that were not looked at', async () => {
      await tenants(1);
      await update(uuid(1), { status: 'FAILED', accountLostSince: LOST_AT });
      const write = ledger.commit.bind(ledger);
      jest
        .spyOn(ledger, 'commit')
        .mockImplementation((writes) =>
          writes.some(({ key }) => key.sort.startsWith('LOST#'))
            ? Promise.reject(new Error('no table'))
            : write(writes),
        );
      await night();
      expect(published).toMatchObject([{ reconciled: 0, notBegun: 1, lost: 0 }]);
      expect(log.entries).toMatchObject([{ level: 'error', keys: { tenantUuid: uuid(1), pass: PASS } }]);
    });

    it('is of nobody where there is no tenant', async () => {
      await night();
      expect(published).toMatchObject([{ reconciled: 0, changed: 0, failed: 0, drifts: [] }]);
      expect(sent).toEqual([]);
    });
  });
});
