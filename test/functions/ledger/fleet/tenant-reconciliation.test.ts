import { desiredStateKey, runKey } from '../../../../functions/ledger/base/keys';
import { driftKey, openKey } from '../../../../functions/ledger/fleet/reconciliation-run';
import { beginReconciliation } from '../../../../functions/ledger/fleet/tenant-reconciliation';
import { expiryAfterUse } from '../../../../functions/ledger/tenants/tenant-items';
import { recordStep } from '../../../../functions/ledger/runs/record-step';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, after, NOW, OTHER_TENANT, TENANT } from '../../../fakes/vending';
import {
  accept,
  close,
  failed,
  open,
  overwrite,
  overwriteTenant,
  runIn,
  stepError,
  tenantIn,
  vended,
} from '../ledger-calls';

const PASS = '2026-11-25';
const LATER = after(3600);
const EXPIRES = expiryAfterUse(LATER);

const change = (to: string) => ({ what: 'tag', from: 'old', to });

async function atRest(changes: object = {}): Promise<RecordingLedgerStore> {
  const store = new RecordingLedgerStore();
  await accept(store, 17, { requestedBy: 'arn:aws:iam::222222222222:user/jane' });
  await open(store, 17);
  await close(store, 17, vended);
  await overwriteTenant(store, { account, configurationHash: 'hash of a', ...changes });
  return store;
}

const begin = (store: RecordingLedgerStore, pass = PASS, tenantUuid = TENANT) =>
  beginReconciliation(store, tenantUuid, pass, LATER);

describe('beginReconciliation', () => {
  it('begins a run of the last desired state by the configuration that the tenant has', async () => {
    const store = await atRest();
    expect(await begin(store)).toEqual({ replicationSequence: 17, run: 2 });
    expect(await tenantIn(store)).toMatchObject({ reconciledIn: PASS, activeRun: { replicationSequence: 17, run: 2 } });
    expect(await runIn(store, 17, 2)).toMatchObject({
      reconciledIn: PASS,
      givenConfigurationHash: 'hash of a',
      status: 'ACCEPTED',
      requestedBy: 'arn:aws:iam::222222222222:user/jane',
    });
    expect(store.lastWriteOf('DESIRED#0000000000000017')?.data).toMatchObject({
      runs: 2,
      contentHash: 'hash of 17',
      trigger: 'event',
    });
    const [mark] = await store.read([openKey(PASS, TENANT)]);
    expect(mark).toMatchObject({ data: { before: 'VENDED' }, expiresAt: EXPIRES });
  });

  it('gives no configuration where the tenant has none that it is known to have', async () => {
    const store = await atRest({ configurationHash: undefined });
    await begin(store);
    expect(await runIn(store, 17, 2)).not.toHaveProperty('givenConfigurationHash');
  });

  it('begins one run in a pass, and another one in the next', async () => {
    const store = await atRest();
    await begin(store);
    await close(store, 17, vended, 2, LATER);
    const written = store.writes.length;
    expect(await begin(store)).toBeNull();
    expect(store.writes).toHaveLength(written);
    expect(await begin(store, '2026-11-26')).toEqual({ replicationSequence: 17, run: 3 });
  });

  it.each([
    ['that the ledger does not know', {}, OTHER_TENANT],
    ['that is at work', { activeRun: { replicationSequence: 17, run: 1 } }, TENANT],
    ['that is closed', { status: 'CLOSED' }, TENANT],
    ['that has no account', { account: null }, TENANT],
    ['whose account is lost', { accountLostSince: NOW.toISOString() }, TENANT],
    ['whose desired state is not known', { latestSequence: 99 }, TENANT],
  ] as const)('leaves alone a tenant %s', async (_, changes, tenantUuid) => {
    const store = await atRest(changes);
    const written = store.writes.length;
    expect(await begin(store, PASS, tenantUuid)).toBeNull();
    expect(store.writes).toHaveLength(written);
  });
});

describe('the end of a run of a pass', () => {
  const drift = async (store: RecordingLedgerStore): Promise<unknown> =>
    (await store.read([driftKey(PASS, TENANT)]))[0]?.data;

  const isOpen = async (store: RecordingLedgerStore): Promise<boolean> =>
    (await store.read([openKey(PASS, TENANT)]))[0] !== undefined;

  async function begun(changes: object = {}): Promise<RecordingLedgerStore> {
    const store = await atRest(changes);
    await begin(store);
    return store;
  }

  async function changed(store: RecordingLedgerStore, count: number, size = 10): Promise<void> {
    const { runItem } = await open(store, 17, 2, LATER);
    const changes = Array.from({ length: count }, (_, number) => change(`${number}`.padEnd(size, 'x')));
    const pass = { startedAt: NOW.toISOString(), finishedAt: NOW.toISOString(), remark: null, error: null };
    await recordStep(store, runItem, { ...pass, state: 'TagAccount', changes });
  }

  it('leaves nothing behind where everything was as wanted', async () => {
    const store = await begun();
    expect(await isOpen(store)).toBe(true);
    await close(store, 17, vended, 2, LATER);
    expect(await isOpen(store)).toBe(false);
    expect(await drift(store)).toBeUndefined();
    expect(store.lastWriteOf(driftKey(PASS, TENANT).sort)).toBeUndefined();
  });

  it('tells what has drifted', async () => {
    const store = await begun({ status: 'FAILED' });
    await changed(store, 1);
    await close(store, 17, vended, 2, LATER);
    expect(await isOpen(store)).toBe(false);
    expect(await drift(store)).toEqual({
      tenantUuid: TENANT,
      workspaceIdentifier: 'retail',
      projectIdentifier: 'webshop-dev',
      accountId: account.id,
      replicationSequence: 17,
      run: 2,
      before: 'FAILED',
      outcome: 'VENDED',
      endedAt: LATER.toISOString(),
      error: null,
      changesLeftOut: 0,
      changes: [{ state: 'TagAccount', ...change('0xxxxxxxxx') }],
    });
    expect((await store.read([driftKey(PASS, TENANT)]))[0]?.expiresAt).toBe(EXPIRES);
  });

  it('counts what there is no room for', async () => {
    const store = await begun();
    await changed(store, 2, 20_000);
    await close(store, 17, vended, 2, LATER);
    expect(await drift(store)).toMatchObject({ changes: [{ what: 'tag' }], changesLeftOut: 1 });
  });

  it('tells of a run that has failed, although it has changed nothing', async () => {
    const store = await begun();
    await close(store, 17, failed, 2, LATER);
    expect(await drift(store)).toMatchObject({ outcome: 'FAILED', error: stepError, changes: [], before: 'VENDED' });
  });

  it('tells of a run that has given way after it had changed something', async () => {
    const store = await begun();
    await changed(store, 1);
    await close(store, 17, { status: 'SUPERSEDED', by: 18 }, 2, LATER);
    expect(await drift(store)).toMatchObject({ outcome: 'SUPERSEDED', before: 'VENDED' });
  });

  it('tells nothing of a run that has only looked', async () => {
    const store = await begun();
    await changed(store, 1);
    const shadow = { landingZone: 'aws-dev', accountId: null, changes: [], refusal: null };
    await close(store, 17, { status: 'SHADOWED', shadow }, 2, LATER);
    expect(await drift(store)).toBeUndefined();
    expect(await isOpen(store)).toBe(false);
  });

  it('tells the end of a replayed run in the place of the one before, with how the tenant had stood', async () => {
    const store = await begun({ status: 'FAILED' });
    await close(store, 17, failed, 2, LATER);
    expect(await drift(store)).toMatchObject({ outcome: 'FAILED', before: 'FAILED' });
    await changed(store, 1);
    await close(store, 17, vended, 2, after(60, LATER));
    expect(await drift(store)).toMatchObject({ outcome: 'VENDED', before: 'FAILED' });
    // The mark was taken away by the first end.
    expect(store.writes.filter(({ key }) => key.sort === openKey(PASS, TENANT).sort)).toHaveLength(2);
  });

  it('takes the tenant to have been vended where neither mark nor drift says how it had stood', async () => {
    const store = await begun();
    await overwrite(store, openKey(PASS, TENANT), null);
    await overwriteTenant(store, { account: null });
    await close(store, 17, failed, 2, LATER);
    expect(await drift(store)).toMatchObject({ before: 'VENDED', accountId: null });
  });

  it('writes nothing of a pass for a run that belongs to none', async () => {
    const store = await atRest();
    await overwrite(store, openKey(PASS, TENANT), { before: 'VENDED' });
    await accept(store, 18);
    await close(store, 18, failed, 1, LATER);
    expect(await isOpen(store)).toBe(true);
    expect(await drift(store)).toBeUndefined();
    expect(await store.read([runKey(TENANT, 18, 1), desiredStateKey(TENANT, 18)])).not.toContain(undefined);
  });
});
