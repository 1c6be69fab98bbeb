import { CreateAccountFailureReason } from '@aws-sdk/client-organizations';

import type { Creation } from '../../../functions/domain/records/account-records';
import { ledgerAccountSearch } from '../../../functions/ledger/tenants/account-search';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { checkAccount } from '../../../functions/steps/CheckAccount/step';
import { createAccount } from '../../../functions/steps/CreateAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { account, after, creation, NOW, OTHER_TENANT, TENANT, vending } from '../../fakes/vending';

const OURS = { 'account-vending:tenant-uuid': TENANT };
const intended = creation({ phase: 'intended', requestId: null });
const ready = { ready: true, createAgain: false, waitSeconds: 0 };
const again = { ready: false, createAgain: true, waitSeconds: 0 };
const MINUTE = 60;

describe('CheckAccount', () => {
  let repository: FakeTenantRepository;
  let accounts: FakeAccounts;
  let turns: RecordingTurns;
  let ledger: RecordingLedgerStore;
  let secondsPerPage: number;
  let pagesBefore: number;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    secondsPerPage = 0;
    pagesBefore = 0;
    repository = new FakeTenantRepository();
    turns = new RecordingTurns(repository);
    accounts = new FakeAccounts();
  });

  /** Each page takes some time, where a test says so. */
  const clock = (changes: Parameters<typeof vending>[0]): Date =>
    new Date(vending(changes).now.getTime() + (accounts.pages - pagesBefore) * secondsPerPage * 1000);

  /** One look, `at` seconds after the request. */
  const look = (at = 0): Promise<StepReport> => lookFor({ at });

  /** The same, of a tenant that is to be deleted. */
  const lastLook = (at = 0): Promise<StepReport> =>
    lookFor({
      at,
      plan: { closing: { managementAccountId: '222222222222', closesAccount: false, releasesAlias: false } },
    });

  const lookFor = (changes: Parameters<typeof vending>[0]): Promise<StepReport> =>
    checkAccount({
      repository,
      directory: accounts,
      turns,
      search: ledgerAccountSearch(ledger, () => clock(changes)),
      clock: () => clock(changes),
    })({ ...vending(changes), tenant: repository.tenant });

  const ask = (at = 0): Promise<StepReport> => {
    giveTurn(repository, 'account-creation', after(at));
    const tree = new FakeOrganizationTree({ 'ou-ab12-cdefgh34': 'r-ab12' });
    return createAccount({ repository, accounts, tree, turns })({ ...vending({ at }), tenant: repository.tenant });
  };

  const knows = (known: Creation | null): void => {
    repository = new FakeTenantRepository({ creation: known });
    turns = new RecordingTurns(repository);
  };

  describe('with a request that AWS has answered', () => {
    beforeEach(async () => {
      await ask();
    });

    it('waits while AWS makes the account, without reading the organization', async () => {
      expect(await look(6)).toMatchObject({ result: { ready: false, createAgain: false, waitSeconds: 4 } });
      expect(accounts.searches).toBe(0);
      expect(turns.told).toEqual([]);
    });

    it.each([
      { at: 0, waitSeconds: 4 },
      { at: 60, waitSeconds: 4 },
      { at: 200, waitSeconds: 8 },
      { at: 3600, waitSeconds: 30 },
    ])(
      'looks again the later, the longer it has waited: after $at s in $waitSeconds s',
      async ({ at, waitSeconds }) => {
        expect(await look(at)).toMatchObject({ result: { waitSeconds } });
      },
    );

    it('writes the account down once AWS has made it, and says so', async () => {
      const id = accounts.make({ email: account.email }, OURS);
      accounts.settle(0, { state: 'SUCCEEDED', accountId: id });
      expect(await look(20)).toEqual({ result: ready, changes: [{ what: 'account', from: null, to: id }] });
      expect(repository.tenant.account).toEqual({
        id,
        arn: expect.stringContaining(id) as string,
        name: account.name,
        email: account.email,
        knownSince: after(20).toISOString(),
        imported: false,
      });
      expect(accounts.searches).toBe(0);
    });

    it('waits until AWS lists the account that it has made', async () => {
      const id = accounts.make({ email: account.email });
      accounts.settle(0, { state: 'SUCCEEDED', accountId: id });
      accounts.accounts[0] = { account: { ...account, id, state: 'ACTIVE' }, tags: {}, listed: false };
      expect(await look(20)).toMatchObject({ result: { ready: false, createAgain: false } });
      expect(repository.tenant.account).toBeNull();
    });

    it('waits while AWS does not know the request yet', async () => {
      accounts.requests.length = 0;
      expect(await look(2)).toMatchObject({ result: { ready: false, createAgain: false } });
    });

    it('gives up after six hours with the request to ask AWS about, and keeps the request', async () => {
      expect(await look(6 * 60 * MINUTE)).toMatchObject({ result: { ready: false } });
      await expectRejected(look(6 * 60 * MINUTE + 1), 'request car-1', 'AWS Support');
      expect(repository.tenant.creation).toMatchObject({ phase: 'requested', requestId: 'car-1' });
    });
  });

  it('answers at once for an account that is known', async () => {
    repository = new FakeTenantRepository({ account, creation: creation() });
    expect(await look()).toEqual({ result: ready });
    expect(repository.creations).toEqual([]);
  });

  it.each([
    { known: null, what: 'nothing was asked' },
    { known: creation({ phase: 'cleared', requestId: null }), what: 'it is certain that AWS has made nothing' },
  ])('sends the workflow back to CreateAccount when $what', async ({ known }) => {
    knows(known);
    expect(await look()).toMatchObject({ result: again });
  });

  it('waits until AWS takes requests again, and then has it asked', async () => {
    knows(creation({ phase: 'cleared', requestId: null, attempt: 0, notBefore: after(300).toISOString() }));
    expect(await look(10)).toMatchObject({ result: { ready: false, createAgain: false, waitSeconds: 290 } });
    expect(await look(299.5)).toMatchObject({ result: { ready: false, createAgain: false, waitSeconds: 1 } });
    expect(await look(300)).toMatchObject({ result: again });
    expect(accounts.searches).toBe(0);
  });

  it('counts the six hours of a request from when it was made, not from the first that AWS did not take', async () => {
    const late = 25 * 3600;
    knows(creation({ intendedAt: after(late).toISOString(), requestId: 'car-unknown' }));
    expect(await look(late + 60)).toMatchObject({ result: { ready: false } });
    await expectRejected(look(late + 6 * 3600 + 1), 'not there after 6 hours', 'AWS Support');
  });

  describe('with a request that AWS could not carry out', () => {
    const fail = async (failureReason: string | null, attempt = 1): Promise<void> => {
      knows(creation({ phase: 'cleared', requestId: null, attempt: attempt - 1 }));
      await ask();
      accounts.settle(0, { state: 'FAILED', failureReason });
    };

    it.each(
      Object.values(CreateAccountFailureReason).filter(
        (reason) => !['EMAIL_ALREADY_EXISTS', 'CONCURRENT_ACCOUNT_MODIFICATION', 'INTERNAL_FAILURE'].includes(reason),
      ),
    )('gives up at once on %s, with a remedy, and pins nothing', async (reason) => {
      await fail(reason);
      await expectRejected(look(30), `(${account.email}): ${reason}, `, '.');
      expect(repository.tenant.creation).toBeNull();
      expect(accounts.searches).toBe(0);
    });

    it.each(['A_REASON_OF_2027', null])('leaves a reason to a person that it does not know: %s', async (reason) => {
      await fail(reason);
      await expectRejected(look(30), reason ?? 'no reason given', 'AWS Organizations API reference');
    });

    it('finds the account of an earlier request before it gives up on a later one', async () => {
      await fail('ACCOUNT_LIMIT_EXCEEDED', 2);
      const id = accounts.make({ email: account.email }, OURS);
      expect(await look(30)).toMatchObject({ result: ready });
      expect(repository.tenant.account).toMatchObject({ id });
    });

    it('gives up on a later request when no earlier one has left an account', async () => {
      await fail('ACCOUNT_LIMIT_EXCEEDED', 2);
      await expectRejected(look(30), 'ACCOUNT_LIMIT_EXCEEDED', 'quota');
      expect(accounts.searches).toBe(1);
    });

    it.each(['EMAIL_ALREADY_EXISTS', 'CONCURRENT_ACCOUNT_MODIFICATION'])(
      'takes the account with our tag when AWS says %s',
      async (reason) => {
        await fail(reason);
        const id = accounts.make({ email: account.email.toUpperCase() }, OURS);
        expect(await look(30)).toMatchObject({ result: ready });
        expect(repository.tenant.account).toMatchObject({ id });
      },
    );

    it.each(['EMAIL_ALREADY_EXISTS', 'CONCURRENT_ACCOUNT_MODIFICATION'])(
      'looks for 15 minutes for the account behind %s, ever more seldom, then gives up',
      async (reason) => {
        await fail(reason);
        expect(await look(5)).toMatchObject({ result: { ready: false, createAgain: false, waitSeconds: 15 } });
        expect(await look(15 * MINUTE - 1)).toMatchObject({ result: { ready: false, waitSeconds: 108 } });
        await expectRejected(look(15 * MINUTE), reason, 'replay this run');
        expect(repository.tenant.creation).toBeNull();
      },
    );

    it('asks AWS once whether a request has failed, and remembers why', async () => {
      await fail('CONCURRENT_ACCOUNT_MODIFICATION');
      await look(5);
      expect(repository.tenant.creation).toMatchObject({ failure: { reason: 'CONCURRENT_ACCOUNT_MODIFICATION' } });
      const looks = accounts.looks;
      await look(20);
      expect(accounts.looks).toBe(looks);
      expect(accounts.searches).toBe(2);
    });

    it('gives up on an e-mail that another account of the organization has, and names it', async () => {
      await fail('EMAIL_ALREADY_EXISTS');
      accounts.make({ id: '999999999999', name: 'legacy', email: account.email }, {});
      await expectRejected(look(MINUTE), '(999999999999, "legacy")', 'accountEmailPattern');
    });

    it('asks for another number where the pattern of e-mails tells tenants apart, and for the pattern else', async () => {
      await fail('EMAIL_ALREADY_EXISTS');
      accounts.make({ id: '999999999999', name: 'legacy', email: account.email }, {});
      await expectRejected(look(MINUTE), '999999999999', 'tenantPlatformNumber that was never used');
    });

    it('takes an account with our e-mail for a stranger no earlier than its tags can be listed', async () => {
      await fail('EMAIL_ALREADY_EXISTS');
      accounts.make({ email: account.email }, {});
      expect(await look(MINUTE - 1)).toMatchObject({ result: { ready: false } });
      accounts.accounts.forEach((known) => {
        known.tags = OURS;
      });
      expect(await look(MINUTE)).toMatchObject({ result: ready });
    });

    it('never takes the account of another tenant', async () => {
      await fail('EMAIL_ALREADY_EXISTS');
      accounts.make({ email: account.email }, { 'account-vending:tenant-uuid': OTHER_TENANT });
      await expectRejected(look(MINUTE), 'EMAIL_ALREADY_EXISTS', 'accountEmailPattern');
      expect(repository.tenant.account).toBeNull();
    });

    it('asks again after an internal failure of AWS, three times in all', async () => {
      const failAgain = async (): Promise<void> => {
        await ask();
        accounts.settle(accounts.requests.length - 1, { state: 'FAILED', failureReason: 'INTERNAL_FAILURE' });
      };
      await failAgain();
      expect(await look(10)).toMatchObject({ result: again });
      await failAgain();
      expect(await look(10)).toMatchObject({ result: again });
      await failAgain();
      expect(repository.tenant.creation).toMatchObject({ phase: 'requested', attempt: 3 });
      await expectRejected(look(10), 'INTERNAL_FAILURE', 'AWS Health Dashboard');
      expect(accounts.asked).toHaveLength(3);
      expect(new Set(accounts.asked.map(({ email }) => email))).toEqual(new Set([account.email]));
      expect(repository.tenant.creation).toBeNull();
    });

    it('asks not again while a request that may be ours is in progress', async () => {
      await fail('INTERNAL_FAILURE', 3);
      accounts.requests.push({
        id: 'car-lost',
        state: 'IN_PROGRESS',
        accountName: account.name,
        accountId: null,
        requestedAt: NOW,
        failureReason: null,
      });
      expect(await look(10)).toMatchObject({ result: { ready: false, createAgain: false } });
      expect(repository.tenant.creation).toMatchObject({ phase: 'requested' });
    });
  });

  describe('with a request whose answer was lost', () => {
    beforeEach(async () => {
      accounts.losesAnswer = true;
      await ask().catch(() => undefined);
      accounts.losesAnswer = false;
    });

    it('waits while the request that may be ours is in progress, however long that takes', async () => {
      const looks = [await look(1), await look(5 * MINUTE), await look(60 * MINUTE)];
      expect(looks.map(({ result }) => result['createAgain'])).toEqual([false, false, false]);
      expect(accounts.asked).toHaveLength(1);
    });

    it('takes the account of the request by its tag', async () => {
      const id = accounts.make({ email: account.email }, OURS);
      accounts.settle(0, { state: 'SUCCEEDED', accountId: id });
      expect(await look(20)).toMatchObject({ result: ready });
      expect(repository.tenant.account).toMatchObject({ id });
    });

    it('takes the account by its e-mail and tag when the requests do not show it', async () => {
      accounts.requests.length = 0;
      const id = accounts.make({ email: account.email.toUpperCase() }, OURS);
      expect(await look(20)).toMatchObject({ result: ready });
      expect(repository.tenant.account).toMatchObject({ id });
    });

    it.each([
      { what: 'of another name', changes: { accountName: 'another.name' } },
      { what: 'of long before', changes: { requestedAt: after(-121) } },
    ])('takes no notice of a request $what', async ({ changes }) => {
      const stranger = accounts.make({ email: 'someone@corp.example' }, OURS);
      accounts.settle(0, { state: 'SUCCEEDED', accountId: stranger, ...changes });
      expect(await look(MINUTE)).toMatchObject({ result: again });
      expect(repository.tenant.account).toBeNull();
    });

    it('waits for an account that AWS has made and does not show yet: it may be ours', async () => {
      accounts.settle(0, { state: 'SUCCEEDED', accountId: '999999999998' });
      expect(await look(2 * MINUTE)).toMatchObject({ result: { ready: false, createAgain: false } });
      expect(await look(15 * MINUTE - 1)).toMatchObject({ result: { ready: false, createAgain: false } });
      const id = accounts.make({ id: '999999999998', email: account.email }, OURS);
      expect(await look(15 * MINUTE)).toMatchObject({ result: ready });
      expect(repository.tenant.account).toMatchObject({ id });
      expect(accounts.asked).toHaveLength(1);
    });

    it('waits no longer for one that never shows: it was of the same name and has left the organization', async () => {
      accounts.settle(0, { state: 'SUCCEEDED', accountId: '999999999998' });
      expect(await look(15 * MINUTE)).toMatchObject({ result: again });
    });

    it('takes no account that only has the name: names are not unique', async () => {
      const other = accounts.make({ email: 'other@corp.example' }, { 'account-vending:tenant-uuid': OTHER_TENANT });
      accounts.settle(0, { state: 'SUCCEEDED', accountId: other });
      expect(await look(MINUTE)).toMatchObject({ result: again });
      expect(repository.tenant.account).toBeNull();
    });

    it('asks again no earlier than AWS lists what it has made', async () => {
      accounts.requests.length = 0;
      expect(await look(MINUTE - 1)).toMatchObject({ result: { ready: false, createAgain: false } });
      expect(await look(MINUTE)).toMatchObject({ result: again });
      expect(repository.tenant.creation).toEqual({ ...intended, phase: 'cleared' });
      await ask(MINUTE);
      expect(accounts.asked).toHaveLength(2);
    });

    it('finds a lost account by the second request when its lists were older than that', async () => {
      accounts.requests.length = 0;
      await look(MINUTE);
      await ask(MINUTE);
      const id = accounts.make({ email: account.email }, OURS);
      accounts.settle(0, { state: 'FAILED', failureReason: 'EMAIL_ALREADY_EXISTS' });
      expect(await look(2 * MINUTE)).toMatchObject({ result: ready });
      expect(repository.tenant.account).toMatchObject({ id });
    });

    it('gives up on an e-mail that another account of the organization has, without asking AWS again', async () => {
      accounts.requests.length = 0;
      accounts.make({ id: '999999999999', name: 'legacy', email: account.email }, {});
      await expectRejected(look(MINUTE), '(999999999999, "legacy")', 'accountEmailPattern');
      expect(accounts.asked).toHaveLength(1);
      expect(repository.tenant.creation).toBeNull();
    });

    it('gives up when AWS answers no request, and lets a replay begin to count again', async () => {
      accounts.requests.length = 0;
      knows({ ...intended, attempt: 10 });
      await expectRejected(look(MINUTE), 'any of 10 requests', 'AWS Health Dashboard');
      expect(repository.tenant.creation).toMatchObject({ phase: 'cleared', email: account.email, attempt: 1 });
    });
  });

  describe('with a request whose answer was lost, of a tenant that is to be deleted', () => {
    beforeEach(async () => {
      accounts.losesAnswer = true;
      await ask().catch(() => undefined);
      accounts.requests.length = 0;
    });

    it('looks for 15 minutes: AWS is not asked again, which would tell', async () => {
      expect(await lastLook(15 * MINUTE - 1)).toMatchObject({ result: { ready: false, createAgain: false } });
      expect(await lastLook(15 * MINUTE)).toMatchObject({ result: again });
    });

    it('finds an account that AWS shows late', async () => {
      await lastLook(MINUTE);
      const id = accounts.make({ email: account.email }, OURS);
      expect(await lastLook(2 * MINUTE)).toMatchObject({ result: ready });
      expect(repository.tenant.account).toMatchObject({ id });
    });

    it.each([1, 10])(
      'looks, too, where the run before has found none and would have asked again: attempt %i',
      async (attempt) => {
        knows({ ...intended, phase: 'cleared', attempt });
        expect(await lastLook(MINUTE)).toMatchObject({ result: { ready: false, createAgain: false } });
        const id = accounts.make({ email: account.email }, OURS);
        expect(await lastLook(60 * MINUTE)).toMatchObject({ result: ready });
        expect(repository.tenant.account).toMatchObject({ id });
      },
    );

    it('ends where there is none, however many answers were lost', async () => {
      knows({ ...intended, phase: 'cleared', attempt: 10 });
      expect(await lastLook(60 * MINUTE)).toMatchObject({ result: again });
    });
  });
});
