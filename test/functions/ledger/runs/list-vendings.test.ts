import fc from 'fast-check';

import { claimKey, emailClaim } from '../../../../functions/ledger/base/keys';
import { reindex } from '../../../../functions/ledger/fleet/reindex';
import { closeRun } from '../../../../functions/ledger/runs/close-run';
import { listVendings, type VendingFilter } from '../../../../functions/ledger/runs/list-vendings';
import { openRun } from '../../../../functions/ledger/runs/open-run';
import { rejectDesiredState } from '../../../../functions/ledger/intake/reject-desired-state';
import { ledgerTenantRepository } from '../../../../functions/ledger/tenants/tenant-repository';
import type { ItemWrite } from '../../../../functions/ports/ledger-store';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, after } from '../../../fakes/vending';
import { accept, markForDeletion, overwrite, referenceTo, stepError } from '../ledger-calls';

const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-00000000${String(1000 + number)}`;

/** A release that knows no filters: it writes the item without them. */
class EarlierRelease extends RecordingLedgerStore {
  isEarlier = true;

  override commit(writes: readonly ItemWrite[]): Promise<void> {
    return super.commit(this.isEarlier ? writes.map(withoutFilters) : writes);
  }
}

function withoutFilters(write: ItemWrite): ItemWrite {
  const { key, expectedVersion, data, listing, expiresAt } = write;
  return { key, expectedVersion, data, ...(listing && { listing }), ...(expiresAt !== undefined && { expiresAt }) };
}

const WORKSPACES = ['retail', 'payments'];
const PROJECTS = ['webshop-dev', 'ledger'];
const LANDING_ZONES = ['aws-dev', 'aws-prod'];
const ERRORS = ['RejectedError', 'TransientError', null];

/** A tenant of each kind; every third one has failed. */
async function tenants(store: RecordingLedgerStore, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const tenantUuid = uuidOf(number);
    const names = {
      workspaceIdentifier: WORKSPACES[number % 2] ?? '',
      projectIdentifier: PROJECTS[number % 3 === 0 ? 0 : 1] ?? '',
    };
    const landingZone = LANDING_ZONES[number % 4 === 0 ? 0 : 1] ?? '';
    await accept(store, 17, { tenantUuid, ...names, landingZone }, after(number));
    const error = ERRORS[number % 3] ?? null;
    if (error === null) continue;
    const end = { status: 'FAILED', error: { ...stepError, name: error } } as const;
    await closeRun(store, referenceTo(17, 1, tenantUuid), end, after(number + 1000));
  }
}

const rowsOf = async (store: RecordingLedgerStore, filter: VendingFilter, limit = 100): Promise<readonly string[]> => {
  const rows: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listVendings(store, { ...filter, limit, ...(cursor === null ? {} : { cursor }) });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows.map(({ tenantUuid, status }) => `${tenantUuid} ${status}`));
    cursor = page.cursor;
  } while (cursor !== null);
  return rows;
};

describe('a list of vendings with filters', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  it('has every row that fits all filters, once, however long its pages are', async () => {
    await tenants(store, 24);
    const all = (await listVendings(store, { limit: 100 })).rows;
    const orNot = <Value>(...values: readonly Value[]): fc.Arbitrary<Value | undefined> =>
      fc.constantFrom(undefined, ...values);
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          workspace: orNot(...WORKSPACES, 'nobody'),
          project: orNot(...PROJECTS),
          landingZone: orNot(...LANDING_ZONES),
          error: orNot('RejectedError', 'TransientError'),
          status: orNot('FAILED' as const, 'ACCEPTED' as const),
          since: orNot(after(5).toISOString(), after(1010).toISOString()),
        }),
        fc.integer({ min: 1, max: 7 }),
        async (wanted, limit) => {
          const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
          const { workspace, project, landingZone, error, status, since = '' } = wanted;
          const fits = all.filter(
            (row) =>
              (workspace ?? row.workspaceIdentifier) === row.workspaceIdentifier &&
              (project ?? row.projectIdentifier) === row.projectIdentifier &&
              (landingZone ?? row.landingZone) === row.landingZone &&
              (error ?? row.error) === row.error &&
              (status ?? row.status) === row.status &&
              row.statusChangedAt >= since,
          );
          const rows = await rowsOf(store, filter, limit);
          expect([...rows].sort()).toEqual(fits.map((row) => `${row.tenantUuid} ${row.status}`).sort());
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reads one list of those that stand under the narrowest filter, and no other tenant', async () => {
    await tenants(store, 12);
    const list = jest.spyOn(store, 'list');
    await listVendings(store, { workspace: 'retail', status: 'FAILED', since: after(0).toISOString(), limit: 50 });
    expect(list.mock.calls).toEqual([[{ filter: { name: 'workspace', value: 'retail' }, limit: 50 }]]);
  });

  const since = after(0).toISOString();

  it.each([
    [{ project: 'ledger', workspace: 'retail', since }, { filter: { name: 'project', value: 'ledger' } }],
    [{ workspace: 'retail', error: 'RejectedError' }, { filter: { name: 'workspace', value: 'retail' } }],
    [
      { error: 'RejectedError', status: 'FAILED', since },
      { filter: { name: 'error', value: 'RejectedError' }, since },
    ],
    [
      { status: 'FAILED', landingZone: 'aws-dev', since },
      { label: 'FAILED', since },
    ],
    [{ status: 'FAILED' }, { label: 'FAILED' }],
    [{ landingZone: 'aws-dev', since }, { filter: { name: 'landingZone', value: 'aws-dev' } }],
    [{ email: 'Jane@Corp.Example', project: 'ledger' }, { filter: { name: 'email', value: 'jane@corp.example' } }],
    [{ since }, { since }],
    [{}, {}],
  ] as const)('reads for %j the list %j', async (filter, read) => {
    const list = jest.spyOn(store, 'list');
    await listVendings(store, { ...filter, limit: 50 });
    expect(list.mock.calls).toStrictEqual([[{ ...read, limit: 50 }]]);
  });

  it('reads no list for an account, or an e-mail that a tenant has claimed', async () => {
    await tenants(store, 1);
    await ledgerTenantRepository(store, uuidOf(0))
      .recordAccount(account)
      .catch(() => undefined);
    await overwrite(store, claimKey(emailClaim(account.email)), { tenantUuid: uuidOf(0) });
    const list = jest.spyOn(store, 'list');
    for (const filter of [{ accountId: account.id }, { accountId: '999999999999' }, { email: account.email }]) {
      await listVendings(store, { ...filter, limit: 50 });
    }
    expect(list).not.toHaveBeenCalled();
  });

  it('neither loses nor repeats a tenant that changes between two pages', async () => {
    await tenants(store, 12);
    const first = await listVendings(store, { workspace: 'retail', limit: 3 });
    const seen = first.rows.map(({ tenantUuid }) => tenantUuid);
    for (const number of [0, 2, 4, 6, 8, 10]) {
      await accept(store, 18, { tenantUuid: uuidOf(number), landingZone: 'aws-prod' }, after(5000 + number));
    }
    const others = await listVendings(store, { workspace: 'retail', limit: 100, cursor: first.cursor ?? '' });
    const rows = [...seen, ...others.rows.map(({ tenantUuid }) => tenantUuid)];
    expect([...rows].sort()).toEqual([0, 2, 4, 6, 8, 10].map(uuidOf));
  });

  it('goes on with the next call where one has found few', async () => {
    await tenants(store, 60);
    const page = await listVendings(store, {
      landingZone: 'aws-dev',
      project: 'ledger',
      workspace: 'retail',
      limit: 1,
    });
    expect(page.cursor).not.toBeNull();
    const list = jest.spyOn(store, 'list');
    await listVendings(store, { status: 'ACCEPTED', since: after(0).toISOString(), landingZone: 'none', limit: 1 });
    expect(list.mock.calls.length).toBeLessThanOrEqual(10);
  });

  it('finds the tenant of an account, and of its e-mail in any case', async () => {
    await tenants(store, 3);
    await ledgerTenantRepository(store, uuidOf(1)).recordAccount(account);
    expect(await rowsOf(store, { accountId: account.id })).toEqual([`${uuidOf(1)} FAILED`]);
    await accept(store, 18, { tenantUuid: uuidOf(1) }, after(1));
    expect(await rowsOf(store, { email: account.email.toUpperCase() })).toEqual([`${uuidOf(1)} ACCEPTED`]);
    expect(await rowsOf(store, { accountId: account.id, status: 'FAILED' })).toEqual([]);
    expect(await rowsOf(store, { accountId: '999999999999' })).toEqual([]);
  });

  it('has what was refused and what never ran under their workspace', async () => {
    await accept(store, 17);
    await openRun(store, referenceTo(17), after(1));
    await accept(store, 18);
    await accept(store, 19);
    const refused = { tenantUuid: uuidOf(1), replicationSequence: 3, projectIdentifier: null, faults: [] };
    await rejectDesiredState(store, { ...refused, workspaceIdentifier: 'retail' }, after(2));
    const rows = await rowsOf(store, { workspace: 'retail' });
    expect(rows.map((row) => row.split(' ')[1]).sort()).toEqual(['REJECTED', 'RUNNING', 'SUPERSEDED']);
  });

  it('leaves out a value that DynamoDB would not take as a key', async () => {
    const refused = { tenantUuid: uuidOf(1), replicationSequence: 3, projectIdentifier: '', faults: [] };
    await rejectDesiredState(store, { ...refused, workspaceIdentifier: 'x'.repeat(3000) }, after(2));
    expect(store.writes.flatMap(({ refiled = [] }) => refiled)).toEqual([]);
  });

  it('writes an entry only where something has changed', async () => {
    await tenants(store, 1);
    expect(store.lastWriteOf('TENANT')?.refiled).toEqual(['error']);
    await accept(store, 18, { tenantUuid: uuidOf(0), workspaceIdentifier: 'payments', landingZone: 'aws-dev' });
    expect(store.lastWriteOf('TENANT')?.refiled).toEqual(['workspace', 'error']);
    await markForDeletion(store, 19, { tenantUuid: uuidOf(0), workspaceIdentifier: 'payments' });
    expect(store.lastWriteOf('TENANT')?.refiled).toEqual([]);
  });
});

describe('reindex', () => {
  it('files what an earlier release has written, and nothing twice', async () => {
    const store = new EarlierRelease();
    await tenants(store, 9);
    await accept(store, 18, { tenantUuid: uuidOf(2) });
    await accept(store, 19, { tenantUuid: uuidOf(2) });
    expect(await rowsOf(store, { workspace: 'retail' })).toEqual([]);
    store.isEarlier = false;
    const first = await reindex(store, { limit: 4 });
    expect(first).toMatchObject({ read: 4, written: 4 });
    const others = await reindex(store, { limit: 100, cursor: first.cursor ?? '' });
    expect(others).toEqual({ read: 6, written: 6, cursor: null });
    const found = await rowsOf(store, { workspace: 'retail' });
    const all = await listVendings(store, { limit: 100 });
    const wanted = all.rows.filter(({ workspaceIdentifier }) => workspaceIdentifier === 'retail');
    expect([...found].sort()).toEqual(wanted.map((row) => `${row.tenantUuid} ${row.status}`).sort());
    expect(await rowsOf(store, { error: 'RejectedError' })).toHaveLength(3);
    const before = store.writes.length;
    expect(await reindex(store, { limit: 100 })).toEqual({ read: 10, written: 0, cursor: null });
    expect(store.writes).toHaveLength(before);
  });

  it('takes out what a rollback to that release has left', async () => {
    const store = new EarlierRelease();
    store.isEarlier = false;
    await tenants(store, 1);
    expect(await rowsOf(store, { error: 'RejectedError' })).toHaveLength(1);
    store.isEarlier = true;
    await accept(store, 18, { tenantUuid: uuidOf(0), workspaceIdentifier: 'payments' });
    // Entries that are left over lead to rows that do not fit.
    expect(await rowsOf(store, { error: 'RejectedError' })).toEqual([]);
    expect(await rowsOf(store, { workspace: 'payments' })).toEqual([]);
    store.isEarlier = false;
    await openRun(store, referenceTo(18, 1, uuidOf(0)), after(2));
    expect(await rowsOf(store, { workspace: 'payments' })).toEqual([`${uuidOf(0)} RUNNING`]);
    expect((await store.list({ filter: { name: 'workspace', value: 'retail' }, limit: 9 })).items).toEqual([]);
    expect((await store.list({ filter: { name: 'error', value: 'RejectedError' }, limit: 9 })).items).toEqual([]);
  });
});
