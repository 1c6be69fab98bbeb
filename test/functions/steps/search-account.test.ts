import { ledgerAccountSearch } from '../../../functions/ledger/tenants/account-search';
import { ACCOUNT_SEARCH_KEY } from '../../../functions/ledger/base/keys';
import {
  searchAccount,
  type SearchResult,
  type Unfinished,
} from '../../../functions/steps/CheckAccount/search-account';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { account, after, creation, NOW, OTHER_TENANT, TENANT } from '../../fakes/vending';

const tagged = (tenantUuid: string) => ({ 'account-vending:tenant-uuid': tenantUuid });
const SECONDS_PER_PAGE = 10;
const OTHERS = 50;

/** An organization of so many pages that no function reads them all. */
describe('the search for a lost account in long lists', () => {
  let accounts: FakeAccounts;
  let ledger: RecordingLedgerStore;
  let passed: number;

  beforeEach(() => {
    accounts = new FakeAccounts();
    accounts.pageSize = 1;
    ledger = new RecordingLedgerStore();
    passed = 100;
    for (let number = 0; number < OTHERS; number += 1) {
      accounts.make({ id: String(500_000_000_000 + number), email: `other${number}@corp.example` });
    }
  });

  const clock = (): Date => after(passed + accounts.pages * SECONDS_PER_PAGE);

  const searchOnce = (tenantUuid = TENANT, email = account.email): Promise<SearchResult | Unfinished> => {
    const ports = { directory: accounts, search: ledgerAccountSearch(ledger, clock), clock };
    return searchAccount(ports, tenantUuid, creation({ phase: 'intended', requestId: null, email }), after(60));
  };

  /** Function after function, until there is an answer. */
  const search = async (...who: Parameters<typeof searchOnce>): Promise<SearchResult> => {
    for (let functions = 0; functions < 20; functions += 1) {
      const found = await searchOnce(...who);
      if ('asOf' in found) return found;
      passed += found.waitSeconds ?? 30;
    }
    throw new Error('The search does not end.');
  };

  const stored = async () => (await ledger.read([ACCOUNT_SEARCH_KEY]))[0]?.data;

  it('does not begin before AWS lists what it has made', async () => {
    passed = 10;
    expect(await searchOnce()).toEqual({ waitSeconds: 50 });
    expect(await stored()).toBeUndefined();
  });

  it('goes on where the function before has come to the end of its time, and reads each page once', async () => {
    accounts.make({ id: '444444444444', email: account.email.toUpperCase() }, tagged(TENANT));
    const before = accounts.pages;
    const startedAt = clock();
    expect(await searchOnce()).toEqual({ waitSeconds: 1 });
    expect((clock().getTime() - startedAt.getTime()) / 1000).toBeLessThanOrEqual(300);
    expect(await stored()).toMatchObject({ reading: 1, phase: 'accounts', readUntil: null });
    const found = await search();
    expect(found.ours).toMatchObject({ id: '444444444444' });
    const fewPages = 1 + 6;
    expect(accounts.pages - before).toBe(fewPages + 1 + OTHERS + 1);
    expect(await stored()).toBeUndefined();
  });

  it('tells that there is none, as of when the reading began', async () => {
    const startedAt = clock();
    const found = await search();
    expect(found).toMatchObject({ ours: null, foreign: null, inProgress: false, unlisted: false });
    expect(found.asOf.getTime()).toBeLessThan(startedAt.getTime() + 100_000);
  });

  it('begins a list again whose token AWS takes no more', async () => {
    accounts.make({ id: '444444444444', email: account.email }, tagged(TENANT));
    accounts.expiredTokens.add('30');
    expect((await search()).ours).toMatchObject({ id: '444444444444' });
    expect(accounts.expiredTokens.size).toBe(0);
  });

  it.each(Array.from({ length: 12 }, (_, write) => write))(
    'ends although a function dies at write %i',
    async (write) => {
      accounts.make({ id: '444444444444', email: account.email }, tagged(TENANT));
      const commit = ledger.commit.bind(ledger);
      for (const when of ['before', 'after']) {
        let writes = 0;
        jest.spyOn(ledger, 'commit').mockImplementation(async (items) => {
          writes += 1;
          if (writes === write + 1 && when === 'before') throw new RangeError('killed');
          await commit(items);
          if (writes === write + 1) throw new RangeError('killed');
        });
        let found: SearchResult | undefined;
        for (let tries = 0; tries < 10 && found === undefined; tries += 1) {
          found = await search().catch((error: unknown) => {
            if (!(error instanceof RangeError)) throw error;
            return undefined;
          });
        }
        expect(found?.ours).toMatchObject({ id: '444444444444' });
      }
    },
  );

  it('is one for all who wait: a second tenant has the next reading, and nobody reads beside another', async () => {
    accounts.make({ id: '444444444444', email: account.email }, tagged(TENANT));
    accounts.make({ id: '444444444445', email: 'second@corp.example' }, tagged(OTHER_TENANT));
    expect(await searchOnce()).toEqual({ waitSeconds: 1 });
    const pages = accounts.pages;
    const reading = await stored();
    const place = { ...(reading as object), readUntil: after(1e6).toISOString() };
    const [item] = await ledger.read([ACCOUNT_SEARCH_KEY]);
    await ledger.commit([{ key: ACCOUNT_SEARCH_KEY, expectedVersion: item?.version ?? 0, data: place }]);
    expect(await searchOnce(OTHER_TENANT, 'second@corp.example')).toEqual({ waitSeconds: undefined });
    expect(accounts.pages).toBe(pages);
    passed = 2e6;
    expect((await search()).ours).toMatchObject({ id: '444444444444' });
    expect((await search(OTHER_TENANT, 'second@corp.example')).ours).toMatchObject({ id: '444444444445' });
    expect(await stored()).toBeUndefined();
  });

  it('serves everybody who waited when a reading began', async () => {
    accounts.make({ id: '444444444444', email: account.email }, tagged(TENANT));
    accounts.make({ id: '444444444445', email: 'second@corp.example' }, tagged(OTHER_TENANT));
    const third = '7d0c1b1e-0000-4000-8000-000000000003';
    await searchOnce(third, 'third@corp.example');
    await ledgerAccountSearch(ledger, clock).join({ ...wantedOf(TENANT, account.email) });
    await ledgerAccountSearch(ledger, clock).join({ ...wantedOf(OTHER_TENANT, 'second@corp.example') });
    passed += 200;
    expect((await search(third, 'third@corp.example')).ours).toBeNull();
    expect((await search()).ours).toMatchObject({ id: '444444444444' });
    const pages = accounts.pages;
    expect((await search(OTHER_TENANT, 'second@corp.example')).ours).toMatchObject({ id: '444444444445' });
    expect(accounts.pages).toBe(pages);
  });

  const wantedOf = (tenantUuid: string, email: string) => {
    const { intendedAt, accountName } = creation();
    return { tenantUuid, intendedAt, accountName, email };
  };

  it('looks again at a request in progress alone, without reading the lists a second time', async () => {
    for (let number = 0; number < 10; number += 1) {
      accounts.requests.push(requestOf(`car-${number}`, 'somebody.else', 'SUCCEEDED'));
    }
    accounts.requests.push(requestOf('car-ours', account.name, 'IN_PROGRESS'));
    expect(await search()).toMatchObject({ ours: null, inProgress: true });
    const pages = accounts.pages;
    expect(await search()).toMatchObject({ ours: null, inProgress: true });
    const id = accounts.make({ id: '444444444444', email: account.email }, tagged(TENANT));
    accounts.settle(10, { state: 'SUCCEEDED', accountId: id });
    expect((await search()).ours).toMatchObject({ id });
    expect(accounts.pages).toBe(pages);
    expect(await stored()).toBeUndefined();
  });

  const requestOf = (id: string, accountName: string, state: 'SUCCEEDED' | 'IN_PROGRESS') => ({
    id,
    accountName,
    state,
    requestedAt: NOW,
    failureReason: null,
    accountId: null,
  });
});
