import type { RebuiltTenant } from '../../../operator/rebuild/rebuilt-tenants';
import { ClaimRecordSchema } from '../../../functions/domain/records/ledger-records';
import { accountClaim, claimKey, emailClaim, groupClaim } from '../../../functions/ledger/base/keys';
import { rebuildTenant, renumberTenant } from '../../../operator/rebuild/rebuild-tenant';
import { ledgerTenantRepository } from '../../../functions/ledger/tenants/tenant-repository';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { account, after, NOW, OTHER_TENANT, TENANT } from '../../fakes/vending';
import { accept, close, open, tenantIn, vended } from '../../functions/ledger/ledger-calls';

const group = { identityStoreId: 'd-1', name: 'mst-admin', groupId: 'g-1' };

const found = (changes: Partial<RebuiltTenant> = {}): RebuiltTenant => ({
  tenantUuid: TENANT,
  account,
  enrollment: null,
  groups: [group],
  closure: null,
  ...changes,
});

const seconds = (date: Date): number => date.getTime() / 1000;

describe('rebuildTenant', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  const rebuild = (changes: Partial<RebuiltTenant> = {}, options: Partial<Parameters<typeof rebuildTenant>[2]> = {}) =>
    rebuildTenant(store, found(changes), { now: NOW, dryRun: false, restoredAt: null, ...options });

  const holderOf = async (claim: string): Promise<string | undefined> => {
    const [item] = await store.read([claimKey(claim)]);
    return item === undefined ? undefined : ClaimRecordSchema.parse(item.data).tenantUuid;
  };

  it('writes down what is known, claims its names, and begins numbers behind all that were used', async () => {
    expect(await rebuild()).toEqual({ outcome: 'rebuilt', taken: [] });

    const claims = [accountClaim(account.id), emailClaim(account.email), groupClaim(group.name)];
    expect(await tenantIn(store)).toMatchObject({
      status: 'VENDED',
      latestSequence: -1,
      activeRun: null,
      account,
      groups: [group],
      claims,
      numbersFrom: seconds(NOW),
    });
    expect(await Promise.all(claims.map(holderOf))).toEqual([TENANT, TENANT, TENANT]);
    expect(await accept(store, 17)).toMatchObject({ run: { run: seconds(NOW) + 1 } });
  });

  it('finds all of it a second time, and writes nothing; nor does a dry run', async () => {
    expect(await rebuild({}, { dryRun: true })).toMatchObject({ outcome: 'rebuilt' });
    expect(store.writes).toEqual([]);
    await rebuild();
    const written = store.writes.length;
    expect(await rebuild({}, { now: after(60) })).toEqual({ outcome: 'present', taken: [] });
    expect(store.writes).toHaveLength(written);
  });

  it('completes a tenant of a restored ledger, and overwrites nothing', async () => {
    await accept(store, 17);
    await open(store, 17);
    const before = await tenantIn(store);
    expect(await rebuild()).toMatchObject({ outcome: 'completed' });

    expect(await tenantIn(store)).toEqual({
      ...before,
      account,
      groups: [group],
      claims: [accountClaim(account.id), emailClaim(account.email), groupClaim(group.name)],
    });
  });

  it('leaves an account and a closure to what the ledger says of them', async () => {
    await accept(store, 17);
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    await open(store, 17);
    await close(store, 17, vended);
    await rebuild({ closure: { phase: 'closed', askedAt: NOW.toISOString(), failures: 0 } });
    expect(await tenantIn(store)).toMatchObject({ status: 'VENDED', closure: null });
  });

  it.each([
    { what: 'its account', other: { account, groups: [] } },
    { what: 'its e-mail address', other: { account: { ...account, id: '555555555555' }, groups: [] } },
  ])('writes nothing where the ledger gives $what to another tenant', async ({ other }) => {
    await rebuild({ tenantUuid: OTHER_TENANT, ...other });
    const written = store.writes.length;
    expect(await rebuild()).toMatchObject({ outcome: 'conflict' });
    expect(store.writes).toHaveLength(written);
  });

  it('writes nothing where the ledger knows another account of the tenant', async () => {
    await rebuild();
    const other = { ...account, id: '555555555555', email: 'other@corp.example' };
    expect(await rebuild({ account: other, groups: [] })).toMatchObject({ outcome: 'conflict' });
    expect(await tenantIn(store)).toMatchObject({ account });
  });

  it('leaves out a group whose name another tenant has', async () => {
    const other = { ...account, id: '555555555555', email: 'other@corp.example' };
    await rebuild({ tenantUuid: OTHER_TENANT, account: other });
    expect(await rebuild()).toEqual({ outcome: 'rebuilt', taken: [groupClaim(group.name)] });
    expect(await tenantIn(store)).toMatchObject({ account, groups: [] });
  });

  it.each([true, false])('takes more groups than a transaction does; dry run: %s', async (dryRun) => {
    const groups = Array.from({ length: 250 }, (_, number) => ({
      ...group,
      name: `mst-${number}`,
      groupId: `g-${number}`,
    }));
    expect(await rebuild({ groups }, { dryRun })).toEqual({ outcome: 'rebuilt', taken: [] });
    if (dryRun) return;
    expect(await tenantIn(store)).toMatchObject({ groups });
    expect(await holderOf(groupClaim('mst-249'))).toBe(TENANT);
    expect(await rebuild({ groups })).toEqual({ outcome: 'present', taken: [] });
  });

  it('leaves a group that was about to be made to the run that looks for it', async () => {
    await rebuild({ groups: [{ ...group, groupId: null }] });
    expect(await rebuild()).toMatchObject({ outcome: 'present' });
  });

  describe('of a ledger that was restored', () => {
    it('begins numbers again, once', async () => {
      await accept(store, 17);
      await open(store, 17);
      await close(store, 17, vended);
      const restored = { restoredAt: after(100), now: after(200) };
      expect(await rebuild({}, restored)).toMatchObject({ outcome: 'completed' });
      expect(await rebuild({}, { ...restored, now: after(300) })).toMatchObject({ outcome: 'present' });
      expect(await tenantIn(store)).toMatchObject({ numbersFrom: seconds(after(200)) });
    });

    it('begins them again of a tenant without an account, too', async () => {
      await accept(store, 17);
      const options = { now: after(200), dryRun: false, restoredAt: after(100) };
      await renumberTenant(store, TENANT, { ...options, dryRun: true });
      expect((await tenantIn(store)).numbersFrom).toBeUndefined();
      await renumberTenant(store, TENANT, options);
      await renumberTenant(store, TENANT, { ...options, now: after(300) });
      await renumberTenant(store, OTHER_TENANT, options);
      expect((await tenantIn(store)).numbersFrom).toBe(seconds(after(200)));
    });
  });
});
