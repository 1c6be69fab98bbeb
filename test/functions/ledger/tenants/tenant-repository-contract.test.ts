import { TransientError } from '../../../../functions/domain/base/errors';
import type { TenantRecord } from '../../../../functions/domain/records/ledger-records';
import { tenantKey } from '../../../../functions/ledger/base/keys';
import { ledgerTenantRepository } from '../../../../functions/ledger/tenants/tenant-repository';
import type { TenantRepository } from '../../../../functions/ports/repositories';
import { memoryLedgerStore } from '../../../../sandbox/runtime/memory-ledger-store';
import { FakeTenantRepository } from '../../../fakes/fake-tenant-repository';
import { KillableTenant } from '../../../fakes/killable-tenant';
import { account, after, creation, NOW, TENANT, tenant, turn } from '../../../fakes/vending';

const LANE = 'account-creation';
const asked = creation();
const claimed = (onceAt: string | null) => ({ before: null, after: asked, permit: { lane: LANE, onceAt } });

interface Repository {
  readonly repository: TenantRepository;
  readonly now: () => Promise<TenantRecord>;
}

async function inTheLedger(changes: Partial<TenantRecord>): Promise<Repository> {
  const store = memoryLedgerStore();
  await store.commit([{ key: tenantKey(TENANT), expectedVersion: 0, data: tenant(changes) }]);
  return {
    repository: ledgerTenantRepository(store, TENANT),
    now: async () => (await store.read([tenantKey(TENANT)]))[0]?.data as TenantRecord,
  };
}

function inTheFake(changes: Partial<TenantRecord>): Promise<Repository> {
  const repository = new FakeTenantRepository(changes);
  return Promise.resolve({ repository, now: () => Promise.resolve(repository.tenant) });
}

/** What the tests of the steps take for granted is what the ledger does. */
describe.each([
  { name: 'the ledger', make: inTheLedger },
  { name: 'the fake of the tests', make: inTheFake },
])('the repository of a tenant, as $name has it', ({ make }) => {
  it('goes on from what was there before', async () => {
    const { repository, now } = await make({});
    await repository.update('creation', { before: null, after: asked });
    expect((await now()).creation).toEqual(asked);
  });

  it.each([
    { what: 'another run has gone on', changes: { creation: creation({ attempt: 7 }) } },
    { what: 'no run is active', changes: { activeRun: null } },
  ])('writes nothing where $what', async ({ changes }) => {
    const { repository, now } = await make({ ...changes, turns: { [LANE]: turn() } });
    const before = await now();
    await expect(repository.update('creation', { before: null, after: asked })).rejects.toBeInstanceOf(TransientError);
    await expect(repository.claim('creation', claimed(null))).rejects.toBeInstanceOf(TransientError);
    expect(await now()).toEqual(before);
  });

  it('uses the permit by the write that says that AWS is asked', async () => {
    const { repository, now } = await make({ turns: { [LANE]: turn() } });
    expect(await repository.claim('creation', claimed(NOW.toISOString()))).toBe(true);
    expect(await now()).toMatchObject({ creation: asked, turns: { [LANE]: { used: true } }, turnsNeeded: [] });
  });

  it.each([
    { what: 'there is none', turns: {} },
    { what: 'it was used before', turns: { [LANE]: turn({ used: true }) } },
    { what: 'it is of long ago', turns: { [LANE]: turn({ notBefore: after(-60).toISOString() }) } },
  ])('writes only that a permit is needed where $what', async ({ turns }) => {
    const { repository, now } = await make({ turns });
    const before = await now();
    expect(await repository.claim('creation', claimed(NOW.toISOString()))).toBe(false);
    expect(await repository.claim('creation', claimed(NOW.toISOString()))).toBe(false);
    expect(await now()).toEqual({ ...before, turnsNeeded: [LANE] });
  });

  it('takes a used permit for an operation that may be asked for again', async () => {
    const { repository } = await make({ turns: { [LANE]: turn({ used: true }) } });
    expect(await repository.claim('creation', claimed(null))).toBe(true);
  });

  it('records the account', async () => {
    const { repository, now } = await make({ account: null });
    await repository.recordAccount(account);
    expect((await now()).account).toEqual(account);
  });
});

it('refuses in the killable tenant what the ledger refuses', async () => {
  const killable = new KillableTenant({ activeRun: null });
  await expect(killable.update('creation', { before: null, after: asked })).rejects.toBeInstanceOf(TransientError);
});
