import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { Creation } from '../../../functions/domain/records/account-records';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { ledgerAccountSearch } from '../../../functions/ledger/tenants/account-search';
import { checkAccount } from '../../../functions/steps/CheckAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingTurns } from '../../fakes/recording-turns';
import { account, after, creation, NOW, vending } from '../../fakes/vending';

const MINUTE = 60;
const HOUR = 3600;
const FREED = ['free account-creation'];

let accounts: FakeAccounts;
let repository: FakeTenantRepository;
let turns: RecordingTurns;

/** AWS has one of our requests, in this state; the ledger knows it so. */
function begin(request: Partial<FakeAccounts['requests'][number]>, known: Partial<Creation> = {}): void {
  accounts = new FakeAccounts();
  accounts.requests.push({
    id: 'car-1',
    state: 'IN_PROGRESS',
    accountName: account.name,
    accountId: null,
    requestedAt: NOW,
    failureReason: null,
    ...request,
  });
  repository = new FakeTenantRepository({ creation: creation({ requestId: 'car-1', ...known }) });
  turns = new RecordingTurns(repository);
}

const look = (at = 0, plan: Partial<VendingPlan> = {}): Promise<StepReport> => {
  const clock = () => after(at);
  const search = ledgerAccountSearch(new RecordingLedgerStore(), clock);
  return checkAccount({ repository, directory: accounts, turns, search, clock })({
    ...vending({ at, plan }),
    tenant: repository.tenant,
  });
};

const closing: Partial<VendingPlan> = {
  closing: { managementAccountId: '222222222222', closesAccount: false, releasesAlias: false },
};

it('CheckAccount gives back its slot where the account is known already', async () => {
  begin({});
  repository = FakeTenantRepository.withAccount();
  turns = new RecordingTurns(repository);
  expect((await look()).result).toMatchObject({ ready: true });
  expect(turns.told).toEqual(FREED);
});

describe('CheckAccount with a request that AWS has carried out', () => {
  it.each([
    { state: 'IN_PROGRESS', id: 'car-1', remark: 'is making the account' },
    { state: 'IN_PROGRESS', id: 'car-another', remark: 'does not know the request' },
    { state: 'SUCCEEDED', id: 'car-1', remark: 'does not say which' },
  ] as const)('says what it waits for, and writes nothing: AWS $remark', async ({ state, id, remark }) => {
    begin({ state, id });
    expect(await look(20)).toMatchObject({ result: { ready: false, createAgain: false, waitSeconds: 4 } });
    expect((await look(20)).remark).toContain(remark);
    expect(repository.writes).toBe(0);
  });

  it('writes down which account AWS has made, and asks about the request no more', async () => {
    begin({ state: 'SUCCEEDED', accountId: account.id });
    expect((await look(20)).result).toEqual({ ready: false, createAgain: false, waitSeconds: 3 });
    expect(repository.tenant.creation).toEqual(creation({ requestId: 'car-1', madeAccountId: account.id }));
    expect(turns.told).toEqual(FREED);
    await look(23);
    expect(accounts.looks).toBe(1);
    expect(repository.writes).toBe(1);
  });
});

describe('CheckAccount with a request that AWS could not carry out', () => {
  it('tells the reason and what it means, and no account where there is none', async () => {
    begin({ state: 'FAILED', failureReason: 'ACCOUNT_LIMIT_EXCEEDED' });
    await expectRejected(look(30), 'as many accounts as its quota allows.', 'quota');
    expect(turns.told).toEqual(expect.arrayContaining(FREED));
  });

  it('is no failure of a tenant that is to be deleted: it has no account', async () => {
    begin({ state: 'FAILED', failureReason: 'ACCOUNT_LIMIT_EXCEEDED' });
    const { result, remark } = await look(30, closing);
    expect(result).toEqual({ ready: false, createAgain: true, waitSeconds: 0 });
    expect(remark).toContain('ACCOUNT_LIMIT_EXCEEDED');
    expect(repository.tenant.creation).toBeNull();
  });

  it('says for which reason it looks, and writes that down once', async () => {
    begin({ state: 'FAILED', failureReason: 'EMAIL_ALREADY_EXISTS' });
    expect((await look(5)).remark).toContain('EMAIL_ALREADY_EXISTS');
    await look(20);
    expect(repository.writes).toBe(1);
    expect(repository.tenant.creation).toEqual(
      creation({ requestId: 'car-1', failure: { reason: 'EMAIL_ALREADY_EXISTS' } }),
    );
  });

  it('says that AWS gave no reason where it looks for the account of an earlier request without one', async () => {
    begin({ state: 'FAILED' }, { attempt: 2 });
    accounts.requests.push({
      id: 'car-0',
      state: 'IN_PROGRESS',
      accountName: account.name,
      accountId: null,
      requestedAt: NOW,
      failureReason: null,
    });
    const { result, remark } = await look(30);
    expect(result).toMatchObject({ ready: false, createAgain: false });
    expect(remark).toContain('nothing');
  });

  it('has another request made after a fault of AWS, and says so', async () => {
    begin({ state: 'FAILED', failureReason: 'INTERNAL_FAILURE' });
    const { result, remark } = await look(5 * MINUTE);
    expect(result).toEqual({ ready: false, createAgain: true, waitSeconds: 0 });
    expect(remark).toContain('INTERNAL_FAILURE');
    expect(repository.tenant.creation).toEqual(creation({ phase: 'cleared', requestId: null }));
  });
});

describe('CheckAccount with a request whose answer was lost', () => {
  it('gives up after six hours with a request in progress that nobody knows by its id', async () => {
    begin({}, { phase: 'intended', requestId: null });
    expect((await look(6 * HOUR)).result).toMatchObject({ ready: false, createAgain: false });
    await expectRejected(look(6 * HOUR + 1), '(request unknown)', 'asks for no second account');
  });
});
