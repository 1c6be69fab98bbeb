import { rejectDesiredState } from '../../../../functions/ledger/intake/reject-desired-state';
import { readDesiredState } from '../../../../functions/ledger/runs/pin-plan';
import { updateTenant } from '../../../../functions/ledger/tenants/tenant-repository';
import { startRun } from '../../../../functions/ledger/runs/start-run';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../../fakes/recording-workflow';
import { after, NOW, OTHER_TENANT, TENANT } from '../../../fakes/vending';
import {
  accept,
  close,
  failed,
  incoming,
  open,
  overwrite,
  referenceTo,
  runIn,
  tenantIn,
  vended,
} from '../ledger-calls';

const DAY_SECONDS = 24 * 60 * 60;

describe('acceptDesiredState', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  it('lets the first desired state of a tenant begin its run at once', async () => {
    const acceptance = await accept(store, 17);
    const run = { replicationSequence: 17, run: 1, status: 'ACCEPTED', executionArn: null, steps: [] };
    expect(acceptance).toMatchObject({ verdict: 'accepted', run, unstarted: run });
    expect(await tenantIn(store)).toMatchObject({
      status: 'ACCEPTED',
      latestSequence: 17,
      activeRun: { replicationSequence: 17, run: 1 },
      lastRun: { replicationSequence: 17, run: 1 },
      waitingSequence: null,
    });
    expect(await readDesiredState(store, referenceTo(17))).toEqual(incoming(17).desiredState);
  });

  it('gives the same run for the same content again, and writes nothing', async () => {
    const first = await accept(store, 17);
    const written = store.writes.length;
    const second = await accept(store, 17, {}, after(60));
    expect(second).toEqual({ ...first, verdict: 'unchanged' });
    expect(store.writes).toHaveLength(written);
  });

  it('gives the run to be started again until somebody has written down that it was', async () => {
    await accept(store, 17);
    await startRun(store, new RecordingWorkflow(), referenceTo(17));
    expect(await accept(store, 17)).toMatchObject({ verdict: 'unchanged', unstarted: null });
  });

  it.each([
    { as: 'it runs', end: undefined, status: 'RUNNING' },
    { as: 'it has vended', end: vended, status: 'VENDED' },
    { as: 'it has failed', end: failed, status: 'FAILED' },
  ])('leaves a known desired state alone when $as', async ({ end, status }) => {
    await accept(store, 17);
    await open(store, 17);
    if (end !== undefined) await close(store, 17, end);
    expect(await accept(store, 17)).toMatchObject({ verdict: 'unchanged', run: { run: 1, status } });
  });

  it('refuses other content under a known sequence', async () => {
    await accept(store, 17);
    const written = store.writes.length;
    expect(await accept(store, 17, { contentHash: 'another' })).toEqual({ verdict: 'content-differs' });
    expect(await accept(store, 17, { contentHash: 'another', force: true })).toEqual({ verdict: 'content-differs' });
    expect(store.writes).toHaveLength(written);
  });

  it.each([
    { phase: 'asked', verdict: 'refused' },
    { phase: 'accepted', verdict: 'refused' },
    { phase: 'closed', verdict: 'refused' },
    { phase: 'failed', verdict: 'accepted' },
  ] as const)('wants no account that AWS was asked to close ($phase): $verdict', async ({ phase, verdict }) => {
    await accept(store, 17);
    await open(store, 17);
    const closure = { phase, askedAt: NOW.toISOString(), failures: 0 };
    await updateTenant(store, TENANT, 'closure', { before: null, after: closure });
    const written = store.writes.length;
    expect(await accept(store, 18)).toMatchObject({ verdict });
    expect(store.writes.length > written).toBe(verdict === 'accepted');
  });

  it('refuses an older sequence and names the newest', async () => {
    await accept(store, 17);
    const written = store.writes.length;
    expect(await accept(store, 16, { trigger: 'api' })).toEqual({ verdict: 'older', latestSequence: 17 });
    expect(store.writes).toHaveLength(written);
  });

  it('remembers of an event that it came after a newer one, once and without its content', async () => {
    await accept(store, 17);
    const written = store.writes.length;
    expect(await accept(store, 16, {}, after(60))).toEqual({ verdict: 'older', latestSequence: 17 });
    expect(await accept(store, 16, {}, after(90))).toEqual({ verdict: 'older', latestSequence: 17 });
    expect(store.writes.slice(written)).toMatchObject([
      {
        key: { sort: 'DESIRED#0000000000000016' },
        data: { runs: 0, superseded: { by: 17, at: after(60).toISOString() } },
        listing: { label: 'SUPERSEDED', at: after(60).toISOString() },
      },
    ]);
    expect(await accept(store, 16, { force: true })).toMatchObject({ verdict: 'accepted' });
    expect(store.lastWriteOf('DESIRED#0000000000000016')).not.toHaveProperty('listing');
  });

  it('takes an older sequence by force, and counts from there', async () => {
    await accept(store, 17);
    await close(store, 17, vended);
    expect(await accept(store, 16, { force: true })).toMatchObject({ verdict: 'accepted', run: { run: 1 } });
    expect(await tenantIn(store)).toMatchObject({ latestSequence: 16 });
    expect(await accept(store, 16, { force: true })).toMatchObject({ verdict: 'unchanged', run: { run: 1 } });
  });

  it('takes what comes late of a sequence that a person has gone back behind for known, and what never came for newer', async () => {
    await accept(store, 18);
    await close(store, 18, vended);
    await accept(store, 16, { force: true });
    await close(store, 16, vended);
    const written = store.writes.length;
    expect(await accept(store, 18)).toEqual({ verdict: 'overruled', latestSequence: 16 });
    expect(await accept(store, 18, { contentHash: 'another' })).toMatchObject({ verdict: 'overruled' });
    expect(store.writes).toHaveLength(written);
    expect(await accept(store, 17)).toMatchObject({ verdict: 'accepted' });
    await close(store, 17, vended);
    expect(await accept(store, 18, { force: true })).toMatchObject({ verdict: 'accepted', run: { run: 2 } });
  });

  it('numbers the runs of a sequence that comes back by force, even when its content has expired', async () => {
    await accept(store, 16);
    await close(store, 16, vended);
    await accept(store, 17);
    await close(store, 17, vended);
    const content = store.lastWriteOf('CONTENT#0000000000000016');
    await store.commit([{ key: content?.key ?? { partition: '', sort: '' }, expectedVersion: 2, data: null }]);
    const changed = { force: true, contentHash: 'another', desiredState: { changed: true } };
    const acceptance = await accept(store, 16, changed);
    expect(acceptance).toMatchObject({ verdict: 'accepted', run: { replicationSequence: 16, run: 2 } });
    expect(await readDesiredState(store, referenceTo(16, 2))).toEqual({ changed: true });
  });

  it('lets a newer desired state wait while a run is active', async () => {
    await accept(store, 17);
    await open(store, 17);
    expect(await accept(store, 18)).toMatchObject({ verdict: 'accepted', run: null });
    expect(await tenantIn(store)).toMatchObject({
      status: 'RUNNING',
      latestSequence: 18,
      activeRun: { replicationSequence: 17, run: 1 },
      waitingSequence: 18,
    });
    expect(await accept(store, 18)).toMatchObject({ verdict: 'unchanged', run: null });
  });

  it('gives the active run to be started by the function that comes next when its starter was interrupted', async () => {
    await accept(store, 17);
    expect(await accept(store, 18)).toMatchObject({ run: null, unstarted: { replicationSequence: 17, run: 1 } });
    await startRun(store, new RecordingWorkflow(), referenceTo(17));
    expect(await accept(store, 19)).toMatchObject({ run: null, unstarted: null });
  });

  it('keeps only the newest of those that wait', async () => {
    await accept(store, 17);
    await accept(store, 18);
    await accept(store, 19);
    expect(await tenantIn(store)).toMatchObject({ latestSequence: 19, waitingSequence: 19 });
    expect(await accept(store, 18)).toEqual({ verdict: 'older', latestSequence: 19 });
    expect(store.lastWriteOf('DESIRED#0000000000000018')).toMatchObject({
      data: { superseded: { by: 19, workspaceIdentifier: 'retail', projectIdentifier: 'webshop-dev' } },
      listing: { label: 'SUPERSEDED' },
    });
    expect(store.lastWriteOf('DESIRED#0000000000000017')).toMatchObject({ data: { superseded: null } });
  });

  it('tells a forced repetition that waits from the run that is active', async () => {
    await accept(store, 17);
    await accept(store, 18);
    expect(await accept(store, 17, { force: true })).toMatchObject({ verdict: 'accepted', run: null });
    expect(await accept(store, 17, { force: true })).toMatchObject({ verdict: 'unchanged', run: null });
    expect(await close(store, 17, vended)).toMatchObject({ next: { replicationSequence: 17, run: 2 } });
    expect(await accept(store, 17)).toMatchObject({ verdict: 'unchanged', run: { run: 2 } });
  });

  it.each([
    { end: vended, next: 18 },
    { end: failed, next: 18 },
  ])('lets the next one begin at once after a run has $end.status', async ({ end, next }) => {
    await accept(store, 17);
    await close(store, 17, end);
    expect(await accept(store, next)).toMatchObject({
      verdict: 'accepted',
      run: { replicationSequence: next, run: 1 },
    });
  });

  it('lets the content that was newest expire, and no other', async () => {
    await accept(store, 17);
    expect(store.lastWriteOf('CONTENT#0000000000000017')).not.toHaveProperty('expiresAt');
    await close(store, 17, vended);
    await accept(store, 18);
    const expiresAt = NOW.getTime() / 1000 + 30 * DAY_SECONDS;
    expect(store.lastWriteOf('CONTENT#0000000000000017')).toMatchObject({ expiresAt });
    expect(store.lastWriteOf('CONTENT#0000000000000018')).not.toHaveProperty('expiresAt');
    expect(await readDesiredState(store, referenceTo(17))).toEqual(incoming(17).desiredState);
  });

  it('takes the time to live away again when the content comes back by force', async () => {
    await accept(store, 17);
    await accept(store, 18);
    await accept(store, 17, { force: true });
    expect(store.lastWriteOf('CONTENT#0000000000000017')).not.toHaveProperty('expiresAt');
    expect(store.lastWriteOf('CONTENT#0000000000000018')).toHaveProperty('expiresAt');
  });

  it('keeps content that names people in no item but its own', async () => {
    await accept(store, 17);
    await open(store, 17);
    await close(store, 17, vended);
    const naming = store.writes.filter(({ data }) => JSON.stringify(data).includes('jane@'));
    expect(naming.map(({ key }) => key.sort)).toEqual(['CONTENT#0000000000000017']);
  });

  it('follows the identifiers of the newest desired state', async () => {
    await accept(store, 17);
    await accept(store, 18, { workspaceIdentifier: 'wholesale', projectIdentifier: 'depot' });
    expect(await tenantIn(store)).toMatchObject({ workspaceIdentifier: 'wholesale', projectIdentifier: 'depot' });
  });

  it('keeps the landing zone where a desired state names none', async () => {
    await accept(store, 17, { landingZone: 'aws-dev' });
    await accept(store, 18);
    expect(await tenantIn(store)).toMatchObject({ landingZone: 'aws-dev' });
  });

  it('names the active run that gives way, as long as nobody has approved it', async () => {
    await accept(store, 17);
    const { runItem } = await open(store, 17);
    const approval = {
      askedAt: NOW.toISOString(),
      expiresAt: after(60).toISOString(),
      token: 't',
      decision: null,
      decidedBy: null,
      decidedAt: null,
      reason: null,
    };
    const step = { state: 'AwaitApproval', startedAt: NOW.toISOString(), finishedAt: null, attempts: 1 };
    const steps = [{ ...step, remark: null, error: null, changes: [] }];
    await overwrite(store, runItem.key, { ...(await runIn(store, 17)), approval, steps });
    expect(await accept(store, 17)).toMatchObject({ verdict: 'unchanged', run: { run: 1 }, awaiting: null });
    expect(await accept(store, 18)).toMatchObject({ awaiting: { replicationSequence: 17, run: 1 }, run: null });
    await overwrite(store, runItem.key, {
      ...(await runIn(store, 17)),
      approval: { ...approval, decision: 'approve' },
    });
    expect(await accept(store, 19)).toMatchObject({ awaiting: null, run: null });
  });

  it('knows tenants apart', async () => {
    await accept(store, 17);
    await accept(store, 3, { tenantUuid: OTHER_TENANT });
    expect(await tenantIn(store)).toMatchObject({ latestSequence: 17 });
    expect(await tenantIn(store, OTHER_TENANT)).toMatchObject({ latestSequence: 3 });
  });

  it('decides again when another writer comes first', async () => {
    await accept(store, 17);
    await close(store, 17, vended);
    store.beforeNextCommit = async () => {
      await accept(store, 19);
    };
    expect(await accept(store, 18)).toEqual({ verdict: 'older', latestSequence: 19 });
    expect(store.lastWriteOf('DESIRED#0000000000000018')).toMatchObject({
      data: { superseded: { by: 19, workspaceIdentifier: 'retail', projectIdentifier: 'webshop-dev' } },
      listing: { label: 'SUPERSEDED' },
    });
    expect(store.lastWriteOf('DESIRED#0000000000000017')).toMatchObject({ data: { superseded: null } });
    expect(await tenantIn(store)).toMatchObject({ activeRun: { replicationSequence: 19, run: 1 } });
  });

  describe('after a refusal', () => {
    const refused = (replicationSequence: number) => ({
      tenantUuid: TENANT,
      replicationSequence,
      workspaceIdentifier: 'retail',
      projectIdentifier: 'webshop-dev',
      faults: [{ field: 'trigger', message: 'is wrong' }],
    });

    it('begins a tenant that was only ever refused', async () => {
      await rejectDesiredState(store, refused(17), NOW);
      expect(await accept(store, 17)).toMatchObject({ verdict: 'accepted', run: { run: 1 } });
      expect(await tenantIn(store)).toMatchObject({ status: 'ACCEPTED', rejection: null });
      expect(store.lastWriteOf('TENANT')).not.toHaveProperty('expiresAt');
    });

    it('shows the refusal until a desired state as new is good', async () => {
      await accept(store, 17);
      await rejectDesiredState(store, refused(19), NOW);
      await accept(store, 18);
      expect(await tenantIn(store)).toMatchObject({ rejection: { replicationSequence: 19 } });
      await accept(store, 20);
      expect(await tenantIn(store)).toMatchObject({ rejection: null });
    });
  });

  it('writes the run as it stands in the ledger', async () => {
    const acceptance = await accept(store, 17);
    expect(acceptance).toMatchObject({ run: await runIn(store, 17) });
  });
});
