import { contentHash } from '../../../../functions/domain/base/json';
import type { RunRecord } from '../../../../functions/domain/records/ledger-records';
import { snapshotsOf } from '../../../../functions/ledger/base/decide';
import { claimKey, runKey, tenantKey } from '../../../../functions/ledger/base/keys';
import {
  decideForTenant,
  expiryAfterUse,
  isSameRun,
  planHashOf,
  replaceTenant,
  unknownTenant,
} from '../../../../functions/ledger/tenants/tenant-items';
import { recordStep, type StepAttempt, withAttempt } from '../../../../functions/ledger/runs/record-step';
import { FILTER_NAMES, type ItemKey } from '../../../../functions/ports/ledger-store';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW, plan, TENANT, tenant } from '../../../fakes/vending';
import { accept, open, overwrite, runIn } from '../ledger-calls';

it('knows nothing of an unknown tenant', () => {
  expect(unknownTenant(TENANT, NOW)).toEqual({
    tenantUuid: TENANT,
    workspaceIdentifier: '',
    projectIdentifier: '',
    status: 'ACCEPTED',
    statusChangedAt: NOW.toISOString(),
    latestSequence: -1,
    activeRun: null,
    lastRun: null,
    waitingSequence: null,
    creation: null,
    account: null,
    enrollment: null,
    stackInstances: [],
    seal: null,
    groups: [],
    addedMembers: [],
    samlAccess: { provider: null, roles: [] },
    assignment: null,
    turns: {},
    turnsNeeded: [],
    queuedIn: null,
    rejection: null,
    deletion: null,
    closure: null,
    accountLostSince: null,
    reconciledIn: null,
    claims: [],
  });
});

it('tells runs apart by their sequence and their number', () => {
  const run = { replicationSequence: 17, run: 2 };
  expect(isSameRun(run, { ...run })).toBe(true);
  expect(isSameRun(run, { ...run, run: 1 })).toBe(false);
  expect(isSameRun(run, { ...run, replicationSequence: 16 })).toBe(false);
  expect(isSameRun(null, run)).toBe(false);
});

describe('planHashOf', () => {
  it('is the hash of the plan as it is stored', () => {
    expect(planHashOf({ data: { plan: plan() } })).toBe(contentHash(plan()));
    expect(planHashOf({ data: { plan: { newer: 1 } } })).toBe(contentHash({ newer: 1 }));
  });

  it.each([[undefined], [{ data: undefined }], [{ data: null }], [{ data: 'plan' }], [{ data: {} }]])(
    'is none where there is no plan: %j',
    (item) => {
      expect(planHashOf(item)).toBeUndefined();
    },
  );
});

describe('replaceTenant', () => {
  const key = tenantKey(TENANT);
  const at = NOW.toISOString();
  const filters = { workspace: { value: 'retail', at }, project: { value: 'webshop-dev', at } };

  it('files a new tenant under what it has', () => {
    expect(replaceTenant({ key, version: 0, data: undefined }, tenant())).toMatchObject({
      expectedVersion: 0,
      filters,
      refiled: ['workspace', 'project'],
      listing: { label: 'RUNNING', at },
    });
  });

  it('leaves what a release without filters has written as it is until its status changes', () => {
    const before = { key, version: 3, data: tenant() };
    const write = replaceTenant(before, tenant({ claims: ['EMAIL#a'] }));
    expect(write).not.toHaveProperty('filters');
    expect(write).not.toHaveProperty('refiled');
    expect(replaceTenant(before, tenant({ status: 'VENDED' }))).toMatchObject({ filters, refiled: FILTER_NAMES });
  });

  it('files a tenant again where it stands elsewhere by now', () => {
    const before = { key, version: 3, data: tenant(), filters };
    expect(replaceTenant(before, tenant({ claims: [] }))).toMatchObject({ filters, refiled: [] });
    expect(replaceTenant(before, tenant({ workspaceIdentifier: 'bank' }))).toMatchObject({
      filters: { workspace: { value: 'bank' } },
      refiled: ['workspace'],
    });
  });

  it('lets one go that is nothing but rejected, and lists it by its rejection alone', () => {
    const write = replaceTenant({ key, version: 0, data: undefined }, tenant({ status: 'REJECTED' }));
    expect(write).toMatchObject({ expiresAt: expiryAfterUse(NOW), filters: {} });
    expect(write).not.toHaveProperty('listing');
    expect(replaceTenant({ key, version: 0, data: undefined }, tenant())).not.toHaveProperty('expiresAt');
  });
});

describe('a pass through a state', () => {
  const run: RunRecord = {
    replicationSequence: 17,
    run: 1,
    workflow: 'vend-account',
    status: 'RUNNING',
    executionArn: null,
    startedAt: NOW.toISOString(),
    resumedAt: NOW.toISOString(),
    finishedAt: null,
    error: null,
    supersededBy: null,
    reconciledIn: null,
    steps: [],
  };

  const pass = (changes: Partial<StepAttempt> = {}): StepAttempt => ({
    state: 'TagAccount',
    startedAt: NOW.toISOString(),
    finishedAt: null,
    remark: null,
    error: null,
    changes: [],
    ...changes,
  });

  const changeOf = (bytes: number) => ({ what: 'tag', from: '', to: 'x'.repeat(bytes) });

  it.each([
    ['x'.repeat(2000), 'x'.repeat(2000)],
    ['x'.repeat(2001), `${'x'.repeat(2000)}… (2001 characters)`],
    ['a remark', 'a remark'],
    [null, null],
  ])('has a remark as long as there is room for: %#', (remark, kept) => {
    expect(withAttempt(run, pass({ remark })).steps).toMatchObject([{ remark: kept }]);
  });

  it('has an error, whose message is as long as there is room for', () => {
    const error = { name: 'RejectedError', message: 'x'.repeat(3000), remedy: null };
    const [step] = withAttempt(run, pass({ error })).steps;
    expect(step?.error).toEqual({ ...error, message: `${'x'.repeat(2000)}… (3000 characters)` });
  });

  it('adds its changes to those of the passes before', () => {
    const [first, second] = [changeOf(1), changeOf(2)];
    const again = withAttempt(withAttempt(run, pass({ changes: [first] })), pass({ changes: [second] }));
    expect(again.steps).toMatchObject([{ attempts: 2, changes: [first, second] }]);
    expect(again.steps[0]).not.toHaveProperty('changesLeftOut');
  });

  it('counts the changes that the run has no room for, whatever state has taken it', () => {
    const large = changeOf(150 * 1024);
    const full = withAttempt(run, pass({ state: 'MoveAccount', changes: [large] }));
    const once = withAttempt(full, pass({ changes: [large, changeOf(1)] }));
    expect(once.steps[1]).toMatchObject({ changes: [], changesLeftOut: 2 });
    const twice = withAttempt(once, pass({ changes: [large] }));
    expect(twice.steps[1]).toMatchObject({ attempts: 2, changesLeftOut: 3 });
  });

  it('is not recorded in a run that the ledger does not know, or knows no more', async () => {
    const store = new RecordingLedgerStore();
    await recordStep(store, { key: runKey(TENANT, 17, 1), version: 0, data: undefined }, pass());
    expect(store.writes).toEqual([]);
    await accept(store, 17);
    const { runItem } = await open(store, 17);
    store.beforeNextCommit = () => overwrite(store, runItem.key, null);
    await recordStep(store, runItem, pass());
    expect(store.lastWriteOf('RUN#0000000000000017#1')?.data).toBeNull();
  });

  it('is recorded although another one was recorded at the same moment', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    const { runItem } = await open(store, 17);
    store.beforeNextCommit = () => recordStep(store, runItem, pass({ state: 'MoveAccount' }));
    await recordStep(store, runItem, pass(), { configurationHash: 'hash' });
    expect(await runIn(store, 17)).toMatchObject({
      configurationHash: 'hash',
      steps: [{ state: 'MoveAccount' }, { state: 'TagAccount' }],
    });
    store.beforeNextCommit = () => Promise.reject(new RangeError('The table is away.'));
    await expect(recordStep(store, runItem, pass())).rejects.toThrow(RangeError);
  });
});

describe('decideForTenant', () => {
  const [one, other]: readonly [ItemKey, ItemKey] = [claimKey('A'), claimKey('B')];

  it.each([
    ['another item', [one], [other]],
    ['another item of the same partition', [one], [{ ...one, sort: 'OTHER' }]],
    ['another one among several', [one, other], [one, { ...other, partition: 'C' }]],
    ['one more', [one], [one, other]],
    ['one less', [one, other], [one]],
  ])('decides over %s where the tenant has changed since its keys were looked up', async (_, first, then) => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    let looks = 0;
    const decided = await decideForTenant(
      store,
      TENANT,
      () => {
        looks += 1;
        return looks === 1 ? first : then;
      },
      (__, ...items) => ({ writes: [], result: items.map(({ key }) => key) }),
    );
    expect(decided).toEqual(then);
  });

  it('looks its keys up once where nothing has changed', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    const read = jest.spyOn(store, 'read');
    const decided = await decideForTenant(
      store,
      TENANT,
      () => [one],
      (item) => ({
        writes: [replaceTenant(item, tenant({ statusChangedAt: after(1).toISOString() }))],
        result: 'done',
      }),
    );
    expect(decided).toBe('done');
    expect(read).toHaveBeenCalledTimes(2);
    const [item] = await snapshotsOf(store, [tenantKey(TENANT)]);
    expect(item?.version).toBe(2);
  });
});
