import { RejectedError, TransientError } from '../../../../functions/domain/base/errors';
import { tenantKey } from '../../../../functions/ledger/base/keys';
import { checkAccountClaim, ledgerTenantRepository } from '../../../../functions/ledger/tenants/tenant-repository';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, creation, OTHER_TENANT, TENANT } from '../../../fakes/vending';
import { accept, close, overwrite, tenantIn, vended } from '../ledger-calls';

describe('the account repository of a tenant', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
    await accept(store, 1, { tenantUuid: OTHER_TENANT });
  });

  it('goes on from what was there before', async () => {
    const repository = ledgerTenantRepository(store, TENANT);
    const intended = creation({ phase: 'intended', requestId: null });
    await repository.update('creation', { before: null, after: intended });
    await repository.update('creation', { before: intended, after: creation() });
    expect(await tenantIn(store)).toMatchObject({ creation: creation() });
    await repository.update('creation', { before: creation(), after: null });
    expect(await tenantIn(store)).toMatchObject({ creation: null });
  });

  it.each([
    { before: null },
    { before: creation({ phase: 'intended', requestId: null }) },
    { before: creation({ attempt: 2 }) },
  ])('writes nothing when the ledger has gone on from $before', async ({ before }) => {
    const repository = ledgerTenantRepository(store, TENANT);
    await repository.update('creation', { before: null, after: creation() });
    const written = store.writes.length;
    const update = repository.update('creation', { before, after: creation({ attempt: 9 }) });
    await expect(update).rejects.toThrow(
      new TransientError(`Another run has gone on with the creation of tenant ${TENANT}.`),
    );
    expect(store.writes).toHaveLength(written);
  });

  it('writes nothing for a tenant whose run has ended, or that is not there', async () => {
    await close(store, 17, vended);
    const update = () => ledgerTenantRepository(store, TENANT).update('creation', { before: null, after: creation() });
    await expect(update()).rejects.toThrow(new TransientError(`No run of tenant ${TENANT} is active any more.`));
    await overwrite(store, tenantKey(TENANT), null);
    await expect(update()).rejects.toThrow(TransientError);
    const written = store.writes.length;
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    expect(store.writes).toHaveLength(written);
  });

  it('lets one of two writers go on, and tells the other', async () => {
    const repository = ledgerTenantRepository(store, TENANT);
    store.beforeNextCommit = () =>
      repository.update('creation', { before: null, after: creation({ requestId: 'car-first' }) });
    await expect(repository.update('creation', { before: null, after: creation() })).rejects.toBeInstanceOf(
      TransientError,
    );
    expect(await tenantIn(store)).toMatchObject({ creation: { requestId: 'car-first' } });
  });

  it('leaves the tenant in the list where it was', async () => {
    const before = store.lastWriteOf('TENANT')?.listing;
    await ledgerTenantRepository(store, TENANT).update('creation', { before: null, after: creation() });
    expect(store.lastWriteOf('TENANT')?.listing).toEqual(before);
  });

  it('records the account and claims it in one transaction', async () => {
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    expect(await tenantIn(store)).toMatchObject({ account, claims: ['ACCOUNT#444444444444'] });
    expect(store.lastWriteOf('ACCOUNT#444444444444')).toMatchObject({ data: { tenantUuid: TENANT } });
  });

  it('writes nothing for the account that is recorded already, and keeps since when it is known', async () => {
    const repository = ledgerTenantRepository(store, TENANT);
    await repository.recordAccount(account);
    const written = store.writes.length;
    await repository.recordAccount({ ...account, knownSince: '2027-01-01T00:00:00.000Z' });
    expect(store.writes).toHaveLength(written);
  });

  it('refuses the account of another tenant, and names the holder', async () => {
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    const error = await rejectionOf(ledgerTenantRepository(store, OTHER_TENANT).recordAccount(account));
    expect(error.reason).toBe(`Account 444444444444 belongs to another tenant (${TENANT}).`);
    expect(error.remedy).toContain('One account serves one tenant');
    expect(error.remedy).toContain('with a higher replicationSequence');
    expect(await tenantIn(store, OTHER_TENANT)).toMatchObject({ account: null });
  });

  it('only looks whether an account is free, or the own one, where a run may not act', async () => {
    const [own, other] = [await tenantIn(store), await tenantIn(store, OTHER_TENANT)];
    await checkAccountClaim(store, account.id, own);
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    const written = store.writes.length;
    await checkAccountClaim(store, account.id, own);
    const error = await rejectionOf(checkAccountClaim(store, account.id, other));
    expect(error.reason).toBe(`Account 444444444444 belongs to another tenant (${TENANT}).`);
    expect(store.writes).toHaveLength(written);
  });

  it('refuses a second account, and names both', async () => {
    const repository = ledgerTenantRepository(store, TENANT);
    await repository.recordAccount(account);
    const error = await rejectionOf(repository.recordAccount({ ...account, id: '555555555555' }));
    expect(error.reason).toContain('already has account 444444444444; 555555555555 would be a second one');
    expect(error.remedy).toContain('Find out in AWS Organizations');
    expect(store.lastWriteOf('ACCOUNT#555555555555')).toBeUndefined();
  });

  it('lets one of two tenants have an account that both record at once', async () => {
    store.beforeNextCommit = () => ledgerTenantRepository(store, OTHER_TENANT).recordAccount(account);
    await rejectionOf(ledgerTenantRepository(store, TENANT).recordAccount(account));
    expect(await tenantIn(store)).toMatchObject({ account: null, claims: [] });
  });
});

async function rejectionOf(call: Promise<unknown>): Promise<RejectedError> {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RejectedError);
  return error as RejectedError;
}
