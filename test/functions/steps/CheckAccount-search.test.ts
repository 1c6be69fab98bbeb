import { TransientError } from '../../../functions/domain/base/errors';
import { ACCOUNT_SEARCH_KEY } from '../../../functions/ledger/base/keys';
import { ledgerAccountSearch } from '../../../functions/ledger/tenants/account-search';
import { checkAccount } from '../../../functions/steps/CheckAccount/step';
import {
  searchAccount,
  type SearchResult,
  type Unfinished,
} from '../../../functions/steps/CheckAccount/search-account';
import type { Creation } from '../../../functions/domain/records/account-records';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingTurns } from '../../fakes/recording-turns';
import { account, after, creation, NOW, OTHER_TENANT, TENANT, vending } from '../../fakes/vending';

const tagged = (tenantUuid: string) => ({ 'account-vending:tenant-uuid': tenantUuid });
const OURS = { id: '444444444444', email: account.email };
const OTHERS = 50;
const FEW_PAGES = 6;

let accounts: FakeAccounts;
let ledger: RecordingLedgerStore;
let passed: number;
let secondsPerPage: number;

beforeEach(() => {
  accounts = new FakeAccounts();
  ledger = new RecordingLedgerStore();
  passed = 100;
  secondsPerPage = 1;
});

/** As many pages of accounts as no function reads for one tenant alone. */
const fill = (): void => {
  accounts.pageSize = 1;
  for (let number = 0; number < OTHERS; number += 1) {
    accounts.make({ id: String(500_000_000_000 + number), email: `other${number}@corp.example` });
  }
};

const clock = (): Date => after(passed + accounts.pages * secondsPerPage);

const searchOnce = (tenantUuid = TENANT, email = account.email): Promise<SearchResult | Unfinished> => {
  const ports = { directory: accounts, search: ledgerAccountSearch(ledger, clock), clock };
  return searchAccount(ports, tenantUuid, creation({ phase: 'intended', requestId: null, email }), after(60));
};

/** Function after function, until there is an answer. */
async function search(...who: Parameters<typeof searchOnce>): Promise<SearchResult> {
  for (let functions = 0; functions < 20; functions += 1) {
    const found = await searchOnce(...who);
    if ('asOf' in found) return found;
    passed += found.waitSeconds ?? 30;
  }
  throw new Error('The search does not end.');
}

const stored = async () => (await ledger.read([ACCOUNT_SEARCH_KEY]))[0]?.data;

const request = (accountName: string, changes: Partial<FakeAccounts['requests'][number]> = {}): void => {
  accounts.requests.push({
    id: `car-${accounts.requests.length}`,
    state: 'SUCCEEDED',
    accountName,
    accountId: null,
    requestedAt: NOW,
    failureReason: null,
    ...changes,
  });
};
const requestsOfOthers = (state: 'SUCCEEDED' | 'IN_PROGRESS' = 'SUCCEEDED'): void => {
  for (let number = 0; number < 10; number += 1) request('somebody.else', { state });
};

/** AWS answers this page otherwise. */
const atAccountsPage = (token: string, answer: () => ReturnType<FakeAccounts['listAccounts']> | undefined): void => {
  const list = accounts.listAccounts.bind(accounts);
  accounts.listAccounts = (pageToken) => (pageToken === token ? answer() : undefined) ?? list(pageToken);
};

describe('the search for a lost account in short lists', () => {
  it('reads no accounts where a request tells which is ours', async () => {
    const id = accounts.make(OURS, tagged(TENANT));
    request(account.name, { accountId: id });
    expect(await searchOnce()).toMatchObject({ ours: { id }, foreign: null, inProgress: false, unlisted: false });
    expect(accounts.pages).toBe(1);
  });

  it('ends where it finds ours, although there is more to read', async () => {
    accounts.make(OURS, tagged(TENANT));
    fill();
    expect(await searchOnce()).toMatchObject({ ours: OURS, inProgress: false, unlisted: false });
    expect(accounts.pages).toBe(1 + FEW_PAGES);
  });

  it('takes a request without a time for one that may be ours, and one of two minutes before for another', async () => {
    const id = accounts.make({ id: '444444444444', email: 'alias@corp.example' }, tagged(TENANT));
    request(account.name, { accountId: id, requestedAt: after(-120) });
    expect(await searchOnce()).toMatchObject({ ours: null });
    accounts.settle(0, { requestedAt: after(-119.9) });
    expect(await searchOnce()).toMatchObject({ ours: { id } });
    accounts.settle(0, { requestedAt: null });
    expect(await searchOnce()).toMatchObject({ ours: { id } });
  });

  it('is not at its end where AWS takes a token no more: there may be more', async () => {
    fill();
    accounts.make(OURS, tagged(TENANT));
    accounts.expiredTokens.add('3');
    expect((await search()).ours).toMatchObject(OURS);
  });
});

describe('the search for a lost account in long lists', () => {
  beforeEach(fill);

  it('begins in the very second in which AWS lists what it has made', async () => {
    passed = 60;
    secondsPerPage = 10;
    expect(await searchOnce()).toStrictEqual({ waitSeconds: 1 });
  });

  it('reads until 200 seconds are over, and not a page longer', async () => {
    secondsPerPage = 10;
    await searchOnce();
    expect(accounts.pages).toBe(20);
  });

  it('writes where it is every 15 seconds and at the end of each list, and holds its place meanwhile', async () => {
    const commit = jest.spyOn(ledger, 'commit');
    await searchOnce();
    const written = commit.mock.calls.flatMap(([items]) => items.map(({ data }) => data as Record<string, unknown>));
    expect(
      written.slice(0, -1).map(({ phase, nextToken, readUntil }) => [phase, nextToken, readUntil !== null]),
    ).toEqual([
      ['requests', null, true],
      ['accounts', null, false],
      ['accounts', null, true],
      ['accounts', '15', true],
      ['accounts', '30', true],
      ['accounts', '45', true],
      ['over', null, false],
    ]);
    expect(written.at(-1)).toBeNull();
  });

  it('stops where AWS is too busy, keeps what it has read, and goes on there', async () => {
    let isBusy = true;
    atAccountsPage('20', () => (isBusy ? Promise.reject(new TransientError('Too many requests.')) : undefined));
    expect(await searchOnce()).toStrictEqual({ waitSeconds: undefined });
    expect(await stored()).toMatchObject({ phase: 'accounts', nextToken: '20', readUntil: null });
    isBusy = false;
    const { pages } = accounts;
    await search();
    expect(accounts.pages - pages).toBe(OTHERS - 20);
  });

  it('does not take any other failure for that', async () => {
    atAccountsPage('20', () => Promise.reject(new RangeError('odd')));
    await expect(searchOnce()).rejects.toThrow('odd');
  });

  it('stops at its next write where somebody else reads in its place, and overwrites nothing', async () => {
    let theirs: object | undefined;
    const list = accounts.listAccounts.bind(accounts);
    accounts.listAccounts = async (token) => {
      if (token === '20' && accounts.pages > 2 * FEW_PAGES) {
        const [item] = await ledger.read([ACCOUNT_SEARCH_KEY]);
        theirs = { ...(item?.data as object), readUntil: after(1e6).toISOString() };
        await ledger.commit([{ key: ACCOUNT_SEARCH_KEY, expectedVersion: item?.version ?? 0, data: theirs }]);
      }
      return list(token);
    };
    expect(await searchOnce()).toStrictEqual({ waitSeconds: undefined });
    expect(accounts.pages).toBe(1 + FEW_PAGES + 1 + 30);
    expect(await stored()).toEqual(theirs);
  });

  it('begins a list again, and not at the page whose token AWS takes no more', async () => {
    accounts.make(OURS, tagged(TENANT));
    let isTaken = false;
    const list = accounts.listAccounts.bind(accounts);
    accounts.listAccounts = (token) => {
      isTaken ||= token === null && accounts.pages > 30;
      if (token !== '30' || isTaken) return list(token);
      accounts.pages += 1;
      return Promise.resolve('expired');
    };
    expect((await search()).ours).toMatchObject(OURS);
  });

  it('takes no request of another name for ours, and looks at no account where nothing was found', async () => {
    requestsOfOthers('IN_PROGRESS');
    const describeAccount = jest.spyOn(accounts, 'describeAccount');
    expect(await search()).toMatchObject({ ours: null, foreign: null, inProgress: false, unlisted: false });
    expect(describeAccount).not.toHaveBeenCalled();
    expect(await stored()).toBeUndefined();
  });

  it('reads no accounts where a request tells which is ours, and asks not about the request again', async () => {
    requestsOfOthers();
    request(account.name, { accountId: accounts.make(OURS, tagged(TENANT)) });
    expect(await search()).toMatchObject({ ours: OURS, foreign: null, inProgress: false, unlisted: false });
    expect(accounts.pages).toBe(2 * FEW_PAGES + 11);
    expect(accounts.looks).toBe(0);
    expect(await stored()).toBeUndefined();
  });

  it('asks about a request that may be ours only once all requests are read', async () => {
    request(account.name, { state: 'IN_PROGRESS' });
    for (let times = 0; times < 4; times += 1) requestsOfOthers();
    secondsPerPage = 10;
    await searchOnce();
    expect(await stored()).toMatchObject({ phase: 'requests', wishes: [{ candidates: [{ requestId: 'car-0' }] }] });
    accounts.looks = 0;
    await searchOnce();
    expect(await stored()).toMatchObject({ phase: 'requests' });
    expect(accounts.looks).toBe(0);
    expect(await search()).toMatchObject({ inProgress: true });
  });

  it('takes a request in progress that AWS does not know any more for undecided', async () => {
    requestsOfOthers();
    request(account.name, { state: 'IN_PROGRESS' });
    expect(await search()).toMatchObject({ ours: null, inProgress: true, unlisted: false });
    accounts.requests.length = 0;
    expect(await search()).toMatchObject({ ours: null, inProgress: true, unlisted: false });
  });

  it('keeps what it has found where AWS does not show the account yet, and reads nothing a second time', async () => {
    requestsOfOthers();
    request(account.name, { accountId: OURS.id });
    expect(await search()).toMatchObject({ ours: null, inProgress: false, unlisted: true });
    const { pages } = accounts;
    expect(await search()).toMatchObject({ unlisted: true });
    accounts.make(OURS, tagged(TENANT));
    expect((await search()).ours).toMatchObject(OURS);
    expect(accounts.pages).toBe(pages);
  });

  it('names the account of others that has our e-mail', async () => {
    accounts.make(OURS, tagged(OTHER_TENANT));
    expect(await search()).toMatchObject({ ours: null, foreign: OURS, inProgress: false, unlisted: false });
  });

  it('tells of the reading that began after the wish as of when it began', async () => {
    secondsPerPage = 10;
    await searchOnce();
    await searchOnce(OTHER_TENANT, 'second@corp.example');
    await search();
    const began = clock();
    expect((await search(OTHER_TENANT, 'second@corp.example')).asOf).toEqual(began);
  });
});

describe('CheckAccount in long lists', () => {
  beforeEach(fill);

  const check = (known: Creation) => {
    const repository = new FakeTenantRepository({ creation: known });
    const at = (clock().getTime() - NOW.getTime()) / 1000;
    return checkAccount({
      repository,
      directory: accounts,
      turns: new RecordingTurns(repository),
      search: ledgerAccountSearch(ledger, clock),
      clock,
    })({ ...vending({ at }), tenant: repository.tenant });
  };

  const lost = creation({ phase: 'intended', requestId: null });
  const failed = creation({ failure: { reason: 'EMAIL_ALREADY_EXISTS' } });

  it.each([
    { what: 'whose answer was lost', known: lost },
    { what: 'that has failed', known: failed },
  ])('waits until AWS lists what it has made by a request $what', async ({ known }) => {
    passed = 10;
    expect((await check(known)).result).toEqual({ ready: false, createAgain: false, waitSeconds: 50 });
    passed = 100;
    secondsPerPage = 10;
    expect((await check(known)).result).toEqual({ ready: false, createAgain: false, waitSeconds: 1 });
  });

  it.each([
    { what: 'whose answer was lost', known: lost },
    { what: 'that has failed', known: failed },
  ])('waits while others read the lists, by a request $what', async ({ known }) => {
    secondsPerPage = 0;
    atAccountsPage('20', () => Promise.reject(new TransientError('Too many requests.')));
    expect(await check(known)).toMatchObject({
      result: { ready: false, createAgain: false, waitSeconds: 15 },
      remark: expect.stringContaining('in a large organization') as string,
    });
  });
});
