import { listVendings } from '../../../../functions/ledger/runs/list-vendings';
import { readVending, rowOf } from '../../../../functions/ledger/runs/read-vending';
import { ledgerTenantRepository } from '../../../../functions/ledger/tenants/tenant-repository';
import { rejectDesiredState, type RefusedDesiredState } from '../../../../functions/ledger/intake/reject-desired-state';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, after, NOW, OTHER_TENANT, TENANT, tenant } from '../../../fakes/vending';
import { desiredStateKey, tenantKey } from '../../../../functions/ledger/base/keys';
import { accept, close, failed, markForDeletion, open, runIn, tenantIn, vended } from '../ledger-calls';

const refused = (changes: Partial<RefusedDesiredState> = {}): RefusedDesiredState => ({
  tenantUuid: TENANT,
  replicationSequence: 18,
  workspaceIdentifier: 'retail',
  projectIdentifier: null,
  faults: [{ field: 'projectCreatorEmail', message: 'is 7', value: 7 }],
  ...changes,
});

describe('the view of a tenant', () => {
  it('is nothing for a tenant that nobody has heard of', async () => {
    expect(await readVending(new RecordingLedgerStore(), TENANT)).toBeUndefined();
  });

  it('is the tenant with its newest run', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    await close(store, 17, failed);
    await accept(store, 18);
    expect(await readVending(store, TENANT)).toEqual({ tenant: await tenantIn(store), run: await runIn(store, 18) });
  });

  it('is a tenant without a run when it was only ever refused', async () => {
    const store = new RecordingLedgerStore();
    await rejectDesiredState(store, refused(), NOW);
    expect(await readVending(store, TENANT)).toEqual({
      tenant: expect.objectContaining({
        status: 'REJECTED',
        latestSequence: -1,
        workspaceIdentifier: 'retail',
      }) as unknown,
      run: null,
    });
  });
});

describe('a refusal', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  it('leaves the last good state, its run and its account as they are', async () => {
    await accept(store, 17);
    await open(store, 17);
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    const before = await tenantIn(store);
    const runBefore = await runIn(store, 17);
    await rejectDesiredState(store, refused(), after(60));
    const rejection = { replicationSequence: 18, at: after(60).toISOString(), faults: refused().faults };
    expect(await tenantIn(store)).toEqual({ ...before, rejection });
    expect(await runIn(store, 17)).toEqual(runBefore);
    expect(await accept(store, 18)).toMatchObject({ verdict: 'accepted' });
  });

  it('changes only its time when it comes again', async () => {
    await rejectDesiredState(store, refused(), NOW);
    await rejectDesiredState(store, refused(), after(60));
    const { rows } = await listVendings(store, { limit: 10 });
    expect(rows.map(({ status, statusChangedAt }) => ({ status, statusChangedAt }))).toEqual([
      { status: 'REJECTED', statusChangedAt: after(60).toISOString() },
    ]);
  });

  it('expires: its faults quote what they refuse', async () => {
    await rejectDesiredState(store, refused(), NOW);
    const expiresAt = NOW.getTime() / 1000 + 30 * 24 * 60 * 60;
    expect(store.lastWriteOf('REJECTION#0000000000000018')).toMatchObject({ expiresAt });
    expect(store.lastWriteOf('TENANT')).toMatchObject({ expiresAt });
  });

  it('expires with its entries in the index, however often it comes', async () => {
    const both = refused({ projectIdentifier: 'webshop-dev' });
    await rejectDesiredState(store, both, NOW);
    await rejectDesiredState(store, both, after(60));
    const at = NOW.toISOString();
    expect(store.lastWriteOf('REJECTION#0000000000000018')).toMatchObject({
      expiresAt: NOW.getTime() / 1000 + 60 + 30 * 24 * 60 * 60,
      refiled: ['workspace', 'project'],
      filters: { workspace: { value: 'retail', at }, project: { value: 'webshop-dev', at } },
    });
  });

  it('never lets a tenant expire that has a good state', async () => {
    await accept(store, 17);
    await rejectDesiredState(store, refused(), NOW);
    expect(store.lastWriteOf('TENANT')).not.toHaveProperty('expiresAt');
  });
});

describe('the list of vendings', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17, {}, NOW);
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    await close(store, 17, vended, 1, after(60));
    await accept(store, 3, { tenantUuid: OTHER_TENANT, projectIdentifier: 'depot' }, after(30));
    await rejectDesiredState(store, refused(), after(90));
  });

  it('has one row for each tenant and each refusal, newest first', async () => {
    expect(await listVendings(store, { limit: 10 })).toEqual({
      rows: [
        {
          tenantUuid: TENANT,
          replicationSequence: 18,
          status: 'REJECTED',
          statusChangedAt: after(90).toISOString(),
          workspaceIdentifier: 'retail',
          projectIdentifier: null,
          accountId: null,
          landingZone: null,
          error: null,
          supersededBy: null,
          stoppedAt: null,
          settlesAt: null,
        },
        {
          tenantUuid: TENANT,
          replicationSequence: 17,
          status: 'VENDED',
          statusChangedAt: after(60).toISOString(),
          workspaceIdentifier: 'retail',
          projectIdentifier: 'webshop-dev',
          accountId: '444444444444',
          landingZone: null,
          error: null,
          supersededBy: null,
          stoppedAt: null,
          settlesAt: null,
        },
        {
          tenantUuid: OTHER_TENANT,
          replicationSequence: 3,
          status: 'ACCEPTED',
          statusChangedAt: after(30).toISOString(),
          workspaceIdentifier: 'retail',
          projectIdentifier: 'depot',
          accountId: null,
          landingZone: null,
          error: null,
          supersededBy: null,
          stoppedAt: null,
          settlesAt: null,
        },
      ],
      cursor: null,
    });
  });

  it.each([
    { status: 'VENDED' as const, tenants: [TENANT] },
    { status: 'ACCEPTED' as const, tenants: [OTHER_TENANT] },
    { status: 'REJECTED' as const, tenants: [TENANT] },
    { status: 'FAILED' as const, tenants: [] },
  ])('can be of one status: $status', async ({ status, tenants }) => {
    const { rows } = await listVendings(store, { status, limit: 10 });
    expect(rows.map(({ tenantUuid }) => tenantUuid)).toEqual(tenants);
  });

  it('says of a tenant no deletion that has not ended its run, and its newest sequence where it has had no run', () => {
    const row = (changes: Parameters<typeof tenant>[0]) =>
      rowOf({ key: tenantKey(TENANT), version: 1, data: tenant(changes) });
    const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'aws-dev' };
    expect(row({ status: 'CLOSED', deletion })).toMatchObject({ supersededBy: null, replicationSequence: 17 });
    expect(row({ status: 'SUPERSEDED', deletion })).toMatchObject({ supersededBy: 18 });
    expect(row({ status: 'SUPERSEDED' })).toMatchObject({ supersededBy: null });
    expect(row({ lastRun: null, latestSequence: 16 })).toMatchObject({ replicationSequence: 16 });
  });

  it('says nothing of who has superseded a desired state where an item does not know it', () => {
    const data = {
      replicationSequence: 17,
      contentHash: 'h',
      receivedAt: NOW.toISOString(),
      trigger: 'event',
      runs: 0,
    };
    expect(rowOf({ key: desiredStateKey(TENANT, 17), version: 1, data })).toMatchObject({
      tenantUuid: TENANT,
      status: 'SUPERSEDED',
      statusChangedAt: '',
      supersededBy: null,
      workspaceIdentifier: null,
      projectIdentifier: null,
    });
  });

  it('names the deletion that has ended the run of a tenant, and nothing of one that has none', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    await open(store, 17);
    const { rows: before } = await listVendings(store, { limit: 5 });
    expect(before).toMatchObject([{ status: 'RUNNING', supersededBy: null }]);
    await markForDeletion(store, 18);
    const [item] = await store.read([tenantKey(TENANT)]);
    const data = { ...(await tenantIn(store)), status: 'SUPERSEDED' as const };
    const listing = { label: 'SUPERSEDED', at: data.statusChangedAt };
    await store.commit([{ key: tenantKey(TENANT), expectedVersion: item?.version ?? 0, data, listing }]);
    const { rows } = await listVendings(store, { status: 'SUPERSEDED', limit: 5 });
    // The desired state whose run has ended is a row of its own.
    const row = { tenantUuid: TENANT, replicationSequence: 17, supersededBy: 18 };
    expect(rows).toMatchObject([row, row]);
  });

  it('comes in pages', async () => {
    const first = await listVendings(store, { limit: 2 });
    const second = await listVendings(store, { limit: 2, cursor: first.cursor ?? '' });
    expect([...first.rows, ...second.rows].map(({ status }) => status)).toEqual(['REJECTED', 'VENDED', 'ACCEPTED']);
  });
});
