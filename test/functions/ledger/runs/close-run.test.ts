import type { RunEnd } from '../../../../functions/ledger/runs/run-end';
import { pinPlan } from '../../../../functions/ledger/runs/pin-plan';
import { decideApproval, ledgerApprovals } from '../../../../functions/ledger/runs/approvals';
import { recordStep } from '../../../../functions/ledger/runs/record-step';
import { claimKey, groupClaim, runKey, tenantKey, waiterKey } from '../../../../functions/ledger/base/keys';
import { ledgerTenantRepository } from '../../../../functions/ledger/tenants/tenant-repository';
import { FakeTaskTokens } from '../../../fakes/fake-task-tokens';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, after, creation, group, NOW, plan, TENANT, turn } from '../../../fakes/vending';
import {
  accept,
  close,
  failed,
  markForDeletion,
  open,
  overwrite,
  overwriteTenant,
  referenceTo,
  runIn,
  stepError,
  tenantIn,
  vended,
} from '../ledger-calls';

const EMAIL = 'EMAIL#aws+retail.webshop-dev.42@corp.example';
const DAY_SECONDS = 24 * 60 * 60;

describe('closeRun', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
    await open(store, 17);
  });

  it.each([
    { end: vended, error: null },
    { end: failed, error: stepError },
  ])('ends the run and the activity of its tenant: $end.status', async ({ end, error }) => {
    const closed = await close(store, 17, end, 1, after(60));
    const at = after(60).toISOString();
    expect(closed).toMatchObject({ run: { status: end.status, finishedAt: at, error }, next: null });
    expect(await tenantIn(store)).toMatchObject({
      status: end.status,
      statusChangedAt: at,
      activeRun: null,
      lastRun: { replicationSequence: 17, run: 1 },
    });
    expect(store.lastWriteOf('TENANT')?.listing).toEqual({ label: end.status, at });
  });

  it('names the error of the last run that has failed, by which tenants are listed', async () => {
    await close(store, 17, failed);
    expect(await tenantIn(store)).toMatchObject({ failedWith: 'RejectedError' });
    await accept(store, 18);
    await open(store, 18);
    await close(store, 18, { status: 'FAILED', error: { ...stepError, name: 'TransientError' } });
    expect(await tenantIn(store)).toMatchObject({ failedWith: 'TransientError' });
  });

  it('remembers that the account is lost until another run has not found so', async () => {
    const lost: RunEnd = { status: 'FAILED', error: { ...stepError, accountLost: true } };
    await close(store, 17, lost, 1, after(60));
    expect(await tenantIn(store)).toMatchObject({ accountLostSince: after(60).toISOString() });
    await accept(store, 18);
    await open(store, 18);
    await close(store, 18, failed, 1, after(120));
    expect(await tenantIn(store)).toMatchObject({ accountLostSince: null });
  });

  it('says nothing of a run that the ledger does not know', async () => {
    const written = store.writes.length;
    expect(await close(store, 99, vended)).toBeUndefined();
    expect(await close(store, 17, vended, 2)).toBeUndefined();
    expect(store.writes).toHaveLength(written);
  });

  it('ends a run whose execution has failed before its first step', async () => {
    await close(store, 17, vended);
    await accept(store, 18);
    await close(store, 18, failed);
    expect(await runIn(store, 18)).toMatchObject({ status: 'FAILED' });
  });

  it.each([vended, failed])('lets the desired state that waits begin in the same transaction: $status', async (end) => {
    await accept(store, 18);
    await accept(store, 19);
    const commits = store.writes.length;
    const closed = await close(store, 17, end, 1, after(60));
    const next = { replicationSequence: 19, run: 1 };
    expect(closed).toMatchObject({ next, run: { status: end.status } });
    expect(await tenantIn(store)).toMatchObject({
      status: 'ACCEPTED',
      activeRun: next,
      lastRun: next,
      waitingSequence: null,
    });
    expect(await runIn(store, 19)).toMatchObject({ status: 'ACCEPTED', executionArn: null });
    expect(store.writes.slice(commits).map(({ key }) => key.sort)).toEqual([
      'TENANT',
      'RUN#0000000000000017#1',
      'DESIRED#0000000000000019',
      'RUN#0000000000000019#1',
    ]);
  });

  it('changes nothing when it is called again, and names the same follower', async () => {
    await accept(store, 18);
    const first = await close(store, 17, vended);
    const written = store.writes.length;
    expect(await close(store, 17, vended, 1, after(60))).toEqual(first);
    expect(await close(store, 17, failed, 1, after(60))).toEqual(first);
    expect(store.writes).toHaveLength(written);
  });

  it('names no follower when it is called again and nothing has begun since', async () => {
    await close(store, 17, vended);
    expect(await close(store, 17, vended)).toMatchObject({ next: null });
  });

  it('ends the run that was meant although a desired state comes in at the same moment, and loses none', async () => {
    store.beforeNextCommit = async () => {
      await accept(store, 18);
    };
    expect(await close(store, 17, vended)).toMatchObject({ next: { replicationSequence: 18, run: 1 } });
  });

  it('starts only one follower when it is called twice at once', async () => {
    await accept(store, 18);
    store.beforeNextCommit = async () => {
      await close(store, 17, failed);
    };
    expect(await close(store, 17, vended)).toMatchObject({
      run: { status: 'FAILED' },
      next: { replicationSequence: 18, run: 1 },
    });
    expect(store.writes.filter(({ key }) => key.sort === 'RUN#0000000000000018#1')).toHaveLength(1);
  });

  it('lets the plan expire when its run has ended, and no earlier', async () => {
    await pinPlan(store, referenceTo(17), plan());
    expect(store.lastWriteOf('PLAN#0000000000000017#1')).not.toHaveProperty('expiresAt');
    await close(store, 17, vended);
    expect(store.lastWriteOf('PLAN#0000000000000017#1')).toMatchObject({
      expiresAt: NOW.getTime() / 1000 + 30 * DAY_SECONDS,
      data: { plan: plan() },
    });
  });

  it('ends a run that is not active any more without touching its tenant', async () => {
    const other = { replicationSequence: 18, run: 1 };
    await overwriteTenant(store, { activeRun: other, lastRun: other });
    const before = await tenantIn(store);
    expect(await close(store, 17, failed)).toMatchObject({ next: null, freedLanes: [], waitingToken: null });
    expect(await runIn(store, 17)).toMatchObject({ status: 'FAILED' });
    expect(await tenantIn(store)).toEqual(before);
  });

  it('ends a run of 60 stack sets and frees all that waited', async () => {
    const stackSet = {
      homeRegion: 'eu-central-1',
      regions: ['eu-central-1'],
      parameters: {},
      removeStackInstances: false,
    };
    const stackSets = Array.from({ length: 60 }, (_, number) => ({ ...stackSet, name: `set-${number}` }));
    await pinPlan(store, referenceTo(17), plan({ stackSets }));
    const run = await runIn(store, 17);
    const place = waiterKey('stack-set:eu-central-1:set-59', run.resumedAt, TENANT, run);
    const waiter = {
      tenantUuid: TENANT,
      run: { replicationSequence: 17, run: 1 },
      token: 't',
      since: NOW.toISOString(),
    };
    await store.commit([{ key: place, expectedVersion: 0, data: { ...waiter, grantedAt: null } }]);
    expect(await close(store, 17, failed)).toMatchObject({ run: { status: 'FAILED' }, waitingToken: 't' });
    expect(await store.read([place])).toEqual([undefined]);
  });

  it('ends a run that releases more names than a transaction takes', async () => {
    const names = Array.from({ length: 120 }, (_, number) => `mst-${number}`);
    await pinPlan(store, referenceTo(17), plan({ groups: names.slice(0, 60).map(group) }));
    await close(store, 17, failed);
    await accept(store, 18);
    await open(store, 18);
    await pinPlan(store, referenceTo(18), plan({ groups: names.slice(60).map(group) }));
    await close(store, 18, failed);
    await accept(store, 19);
    await open(store, 19);
    await pinPlan(store, referenceTo(19), plan());
    await close(store, 19, vended);
    expect((await tenantIn(store)).claims).toEqual(['ALIAS#corp-retail-webshop-dev']);
    const items = await Promise.all(names.map((name) => store.read([claimKey(groupClaim(name))])));
    expect(items.flat().filter((item) => item !== undefined)).toEqual([]);
  });

  describe('claims', () => {
    const GROUP = 'GROUP#mst-retail-admin';

    beforeEach(async () => {
      await pinPlan(store, referenceTo(17), plan({ groups: [group('mst-retail-admin')] }));
      await ledgerTenantRepository(store, TENANT).update('creation', { before: null, after: creation() });
      await ledgerTenantRepository(store, TENANT).recordAccount(account);
      await close(store, 17, vended);
      await accept(store, 18);
      await open(store, 18);
      const renamed = plan({ account: { ...plan().account, email: 'new@corp.example', alias: 'corp-new' } });
      await pinPlan(store, referenceTo(18), renamed);
    });

    it('keeps those of the plan, of the account and of the e-mail that it was made with', async () => {
      await close(store, 18, vended);
      const kept = [EMAIL, 'ACCOUNT#444444444444', 'ALIAS#corp-new'];
      expect((await tenantIn(store)).claims).toEqual(kept);
      const items = await store.read(kept.map((partition) => ({ partition, sort: 'CLAIM' })));
      expect(items.map((item) => item?.data)).toEqual(kept.map(() => ({ tenantUuid: TENANT })));
    });

    it('releases those that the plan does not name any more', async () => {
      await close(store, 18, vended);
      const released = ['ALIAS#corp-retail-webshop-dev', GROUP];
      const items = await store.read(released.map((partition) => ({ partition, sort: 'CLAIM' })));
      expect(items).toEqual([undefined, undefined]);
    });

    it('keeps all after a failure: AWS may hold either', async () => {
      const before = (await tenantIn(store)).claims;
      expect(before).toHaveLength(5);
      await close(store, 18, failed);
      expect((await tenantIn(store)).claims).toEqual(before);
    });
  });

  describe('of a run that waits for an approval', () => {
    const asks = async (): Promise<void> => {
      const { runItem } = await open(store, 17);
      const deps = { ledger: store, tokens: new FakeTaskTokens(), now: () => after(1) };
      await ledgerApprovals(deps, referenceTo(17), 'asking').ask(14);
      const pass = { startedAt: NOW.toISOString(), finishedAt: null, remark: null, error: null, changes: [] };
      await recordStep(store, runItem, { ...pass, state: 'AwaitApproval' });
    };
    const givesWay = { status: 'SUPERSEDED', by: 18, ifAwaiting: true } as const;

    it('tells with which token its execution waits', async () => {
      await asks();
      expect(await close(store, 17, failed)).toMatchObject({ waitingToken: 'asking' });
    });

    it('lets it give way as long as nobody has decided', async () => {
      await asks();
      await accept(store, 18);
      expect(await close(store, 17, givesWay)).toMatchObject({
        waitingToken: 'asking',
        run: { status: 'SUPERSEDED', supersededBy: 18 },
        next: { replicationSequence: 18, run: 1 },
      });
    });

    it('lets it go on where somebody has approved it meanwhile, and tells nobody anything', async () => {
      await asks();
      await accept(store, 18);
      await decideApproval(store, TENANT, { decision: 'approve', decidedBy: 'jane', reason: 'yes' }, after(2));
      expect(await close(store, 17, givesWay)).toBeUndefined();
      expect(await runIn(store, 17)).toMatchObject({ status: 'RUNNING', supersededBy: null });
      expect(await close(store, 17, failed)).toMatchObject({ waitingToken: null });
    });

    it('lets it give way for good reasons whether somebody has decided or not', async () => {
      await asks();
      await accept(store, 18);
      await decideApproval(store, TENANT, { decision: 'approve', decidedBy: 'jane', reason: 'yes' }, after(2));
      expect(await close(store, 17, { status: 'SUPERSEDED', by: 18 })).toMatchObject({
        next: { replicationSequence: 18 },
      });
    });
  });

  describe('of a closing', () => {
    beforeEach(async () => {
      await close(store, 17, vended);
      await overwriteTenant(store, { account });
      await markForDeletion(store, 18);
      await open(store, 18);
    });

    it.each([
      { what: 'has left the organization', end: { status: 'CLOSED', accountGone: true }, accountGone: true },
      { what: 'is kept or closed', end: { status: 'CLOSED', accountGone: false }, accountGone: undefined },
      { what: 'stays, since it has failed', end: failed, accountGone: undefined },
    ] as const)('remembers whether the account $what', async ({ end, accountGone }) => {
      await close(store, 18, end);
      const { deletion, status } = await tenantIn(store);
      expect(status).toBe(end.status);
      expect(deletion).toMatchObject({ replicationSequence: 18 });
      expect(deletion?.accountGone).toBe(accountGone);
    });
  });

  it('closes a tenant whose deletion waits, without a run, where nothing was ever made for it', async () => {
    await accept(store, 18);
    const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'aws-dev' };
    await overwriteTenant(store, { deletion, waitingSequence: 18, latestSequence: 18 });
    const written = store.writes.length;
    expect(await close(store, 17, failed)).toMatchObject({ next: null, tenant: { status: 'CLOSED' } });
    expect(await tenantIn(store)).toMatchObject({ status: 'CLOSED', waitingSequence: null, activeRun: null });
    expect(store.writes.slice(written).map(({ key }) => key.sort)).toEqual(['TENANT', 'RUN#0000000000000017#1']);
  });

  it('remembers of no tenant that is to stay that its account is gone', async () => {
    await close(store, 17, { status: 'CLOSED', accountGone: true });
    expect(await tenantIn(store)).toMatchObject({ deletion: null });
  });

  it('counts the run that begins, so that its number is not used again', async () => {
    await accept(store, 18, { requestedBy: 'jane' });
    await close(store, 17, vended);
    expect(store.lastWriteOf('DESIRED#0000000000000018')?.data).toMatchObject({ runs: 1, requestedBy: 'jane' });
    expect(await runIn(store, 18)).toMatchObject({ requestedBy: 'jane' });
  });

  it('begins the desired state that waits, whatever is the newest', async () => {
    await accept(store, 18);
    await overwriteTenant(store, { latestSequence: 19 });
    expect(await close(store, 17, vended)).toMatchObject({ next: { replicationSequence: 18, run: 1 } });
  });

  it('leaves the place that its tenant names, and tells with which token it waits there', async () => {
    const run = { replicationSequence: 17, run: 1 };
    const place = waiterKey('lane-of-another-plan', NOW.toISOString(), TENANT, run);
    const waiter = { tenantUuid: TENANT, run, token: 't', since: NOW.toISOString(), grantedAt: null };
    await overwrite(store, place, waiter);
    await overwriteTenant(store, {
      queuedIn: { lane: 'lane-of-another-plan', since: NOW.toISOString(), place: place.sort },
    });
    expect(await close(store, 17, failed)).toMatchObject({ waitingToken: 't', tenant: { queuedIn: null } });
    expect(await store.read([place])).toEqual([undefined]);
  });

  it('begins nothing where the desired state that waits is not there', async () => {
    await overwriteTenant(store, { waitingSequence: 99 });
    expect(await close(store, 17, vended)).toMatchObject({ next: null, run: { status: 'VENDED' } });
    expect(await tenantIn(store)).toMatchObject({ status: 'VENDED', activeRun: null, waitingSequence: 99 });
  });

  it('lists the desired state of a run that is superseded as such', async () => {
    await close(store, 17, { status: 'SUPERSEDED', by: 18 }, 1, after(60));
    expect(store.lastWriteOf('DESIRED#0000000000000017')).toMatchObject({
      data: { superseded: { by: 18, at: after(60).toISOString(), workspaceIdentifier: 'retail' } },
      listing: { label: 'SUPERSEDED', at: after(60).toISOString() },
    });
  });

  it('does not list it where the same one is to run again', async () => {
    await overwriteTenant(store, { waitingSequence: 17 });
    const closing = await close(store, 17, { status: 'SUPERSEDED', by: 18 });
    expect(closing).toMatchObject({ next: { replicationSequence: 17, run: 2 } });
    expect(store.lastWriteOf('DESIRED#0000000000000017')?.data).toMatchObject({ runs: 2, superseded: null });
  });

  it.each([vended, failed])('lists no desired state that has run: $status', async (end) => {
    await close(store, 17, end);
    expect(store.lastWriteOf('DESIRED#0000000000000017')?.data).toMatchObject({ superseded: null });
  });

  it.each([
    ['run', runKey(TENANT, 17, 1)],
    ['tenant', tenantKey(TENANT)],
  ])('writes nothing where there is a plan, and no %s any more', async (_, key) => {
    await pinPlan(store, referenceTo(17), plan({ groups: [group('mst-retail-admin')] }));
    await overwrite(store, key, null);
    const written = store.writes.length;
    for (const end of [vended, { status: 'SUPERSEDED', by: 18 } as const]) {
      expect(await close(store, 17, end)).toBeUndefined();
    }
    expect(store.writes).toHaveLength(written);
  });

  it('says which lanes have a place again', async () => {
    await pinPlan(store, referenceTo(17), plan());
    await overwriteTenant(store, { turns: { 'account-creation': turn(), reconciliation: turn({ used: true }) } });
    const closing = await close(store, 17, failed);
    expect(closing?.freedLanes.map(({ name }) => name).toSorted()).toEqual(['account-creation', 'reconciliation']);
    expect(await tenantIn(store)).toMatchObject({ turns: {} });
  });

  it.each([
    { end: vended, lanes: ['account-creation'] },
    { end: failed, lanes: ['account-creation', 'reconciliation'] },
    { end: { status: 'SUPERSEDED', by: 18 }, lanes: ['account-creation', 'reconciliation'] },
  ] as const)('says it of all lanes of its plan after a bad end alone: $end.status', async ({ end, lanes }) => {
    await pinPlan(store, referenceTo(17), plan());
    await overwriteTenant(store, { turns: { 'account-creation': turn() } });
    const names = (closing: Awaited<ReturnType<typeof close>>) =>
      closing?.freedLanes.map(({ name }) => name).toSorted();
    expect(names(await close(store, 17, end))).toEqual(lanes);
    // A try that is interrupted in it leaves all of them to the next one.
    expect(names(await close(store, 17, end))).toEqual(['account-creation', 'reconciliation']);
  });
});
