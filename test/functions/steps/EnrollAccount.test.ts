import { RejectedError } from '../../../functions/domain/base/errors';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { checkEnrollment } from '../../../functions/steps/CheckEnrollment/step';
import { enrollAccount } from '../../../functions/steps/EnrollAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeOrganizationTree, unitArn } from '../../fakes/fake-organization-tree';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { account, after, enrollment, plan as planned } from '../../fakes/vending';

const TARGET = 'ou-ab12-cdefgh34';
const TEAM = 'ou-ab12-devteam1';
const OTHER = 'ou-ab12-prod0001';
const TOKEN = 'retail-webshop-dev-444444444444-7d0c1b1e-';

let tree: FakeOrganizationTree;
let factory: FakeAccountFactory;
let directory: FakeAccounts;
let controlTower: FakeControlTower;
let repository: FakeTenantRepository;
let plan: Partial<VendingPlan>;

const vendingAt = (seconds: number) => ({
  tenant: repository.tenant,
  plan: planned({ enrollment, ...plan }),
  now: after(seconds),
  stateEnteredAt: after(0),
});

const enroll = (seconds = 0): Promise<StepReport> => {
  giveTurn(repository, 'account-factory', after(seconds));
  return enrollAccount({ repository, factory, directory, tree, controlTower })(vendingAt(seconds));
};
const check = (seconds = 0): Promise<StepReport> =>
  checkEnrollment({ repository, factory, controlTower, turns: new RecordingTurns(repository) })(vendingAt(seconds));

/** The two states as the workflow calls them, until one waits for longer than a moment or all is done. */
async function goOn(seconds = 0): Promise<StepReport['result']> {
  for (let turn = 0; turn < 10; turn += 1) {
    await enroll(seconds);
    const { result } = await check(seconds);
    if (result['enrollAgain'] !== true) return result;
  }
  throw new Error('The two states call each other for ever.');
}

beforeEach(() => {
  tree = new FakeOrganizationTree({ [TARGET]: 'r-ab12', [TEAM]: TARGET, [OTHER]: 'r-ab12', [account.id]: TARGET });
  controlTower = new FakeControlTower();
  factory = new FakeAccountFactory(tree, controlTower);
  directory = new FakeAccounts();
  directory.make({ id: account.id, name: account.name, email: 'AWS+Retail@corp.example' });
  repository = FakeTenantRepository.withAccount();
  plan = {};
});

/** Enrolled by us, as an earlier run leaves it. */
async function enrolled(): Promise<void> {
  await enroll();
  await factory.end('SUCCEEDED');
  await goOn();
}

describe('EnrollAccount', () => {
  it('asks Control Tower about the account in the unit where it is wanted', async () => {
    const ask = jest.spyOn(controlTower, 'governanceOf');
    tree.place(account.id, 'r-ab12');
    await enroll();
    expect(ask.mock.calls[0]).toEqual([account.arn, unitArn(TARGET)]);
  });

  it('provisions the product for the existing account, whose e-mail is the one that AWS knows', async () => {
    expect(await enroll()).toEqual({
      result: { started: true, turnNeeded: false, waitSeconds: 180 },
      changes: [{ what: 'enrollment', from: null, to: 'provision' }],
      remark: 'Control Tower has taken it (rec-1).',
    });
    expect(factory.operations).toMatchObject([
      {
        kind: 'provision',
        token: `${TOKEN}1`,
        parameters: {
          AccountEmail: 'AWS+Retail@corp.example',
          AccountName: 'retail.webshop-dev',
          ManagedOrganizationalUnit: `${TARGET} (${TARGET})`,
          SSOUserEmail: 'cloud@corp.example',
          SSOUserFirstName: 'Cloud',
          SSOUserLastName: 'Foundation',
        },
      },
    ]);
  });

  it('is done with an account that is enrolled in its OU: a second run writes nothing at all', async () => {
    await enrolled();
    expect(repository.tenant.enrollment).toMatchObject({ phase: 'ended', attempt: 1, failures: 0 });
    const { writes } = repository;
    expect(await goOn()).toMatchObject({ ready: true });
    expect(repository.writes).toBe(writes);
    expect(factory.asked).toEqual(['provision 1']);
  });

  it('is done at once with an account that somebody else has enrolled', async () => {
    const product = { id: 'pp-1', name: 'by-hand', lastRecordId: 'rec-0', hasSucceeded: true, accountId: account.id };
    factory.products.push({ ...product, status: 'AVAILABLE' });
    controlTower.governance = 'enrolled';
    expect(await goOn()).toMatchObject({ ready: true });
    expect(repository.writes).toBe(0);
  });

  it('moves an enrolled account to another OU by an update, with a new token', async () => {
    await enrolled();
    plan = { targetOrgUnitId: OTHER };
    expect(await goOn()).toMatchObject({ ready: false });
    await factory.end('SUCCEEDED');
    expect(await goOn()).toMatchObject({ ready: true });
    expect(factory.asked).toEqual(['provision 1', 'update 2']);
    expect(await tree.parentOf(account.id)).toBe(OTHER);
    expect(tree.moves).toEqual([]);
  });

  describe('of an account that somebody has moved by hand into the unit of the next plan', () => {
    beforeEach(async () => {
      await enrolled();
      controlTower.governedFrom = TARGET;
      tree.place(account.id, OTHER);
      plan = { targetOrgUnitId: OTHER };
    });

    it('enrolls it there by an update', async () => {
      expect(await goOn()).toMatchObject({ ready: false });
      expect(factory.asked).toEqual(['provision 1', 'update 2']);
      controlTower.governedFrom = OTHER;
      await factory.end('SUCCEEDED');
      expect(await goOn()).toMatchObject({ ready: true });
    });

    it('believes the end of the update, and asks no second time in one run, where its lists come later', async () => {
      await goOn();
      await factory.end('SUCCEEDED');
      expect(await goOn()).toMatchObject({ ready: true });
      expect(factory.asked).toEqual(['provision 1', 'update 2']);
    });

    it('asks again in a later run, where it is still governed from elsewhere', async () => {
      await goOn();
      await factory.end('SUCCEEDED');
      await goOn();
      await goOn(3600);
      expect(factory.asked).toEqual(['provision 1', 'update 2', 'update 3']);
    });

    it('takes an update into another unit, whose end no run has seen, for none into this one', async () => {
      await goOn();
      await factory.end('SUCCEEDED');
      controlTower.governedFrom = OTHER;
      tree.place(account.id, TARGET);
      plan = {};
      await goOn();
      expect(factory.asked).toEqual(['provision 1', 'update 2', 'update 3']);
    });

    it('does not take an operation of somebody else for its own', async () => {
      const [product] = factory.products;
      if (product === undefined) throw new Error('There is no product.');
      factory.products[0] = { ...product, status: 'UNDER_CHANGE', lastRecordId: 'rec-theirs' };
      await goOn();
      factory.products[0] = { ...product, status: 'AVAILABLE', lastRecordId: 'rec-theirs' };
      await enroll(600);
      expect(factory.asked).toEqual(['provision 1', 'update 2']);
    });
  });

  it('never uses a token again after the end, not even where its record was never learned', async () => {
    await enrolled();
    plan = { targetOrgUnitId: OTHER };
    for (const attempt of [2, 3]) {
      tree.place(account.id, TARGET);
      factory.losesAnswer = true;
      await expect(enroll()).rejects.toThrow('The connection was reset.');
      factory.losesAnswer = false;
      await factory.end('SUCCEEDED');
      expect(await goOn()).toMatchObject({ ready: true });
      expect(factory.asked.at(-1)).toBe(`update ${attempt}`);
    }
  });

  it.each([
    { hierarchical: true, asked: [] },
    { hierarchical: false, asked: ['update 2'] },
  ])(
    'leaves an enrolled account in an OU below where that is allowed ($hierarchical)',
    async ({ hierarchical, asked }) => {
      await enrolled();
      tree.place(account.id, TEAM);
      plan = { allowHierarchicalOrganizationalUnitAssignment: hierarchical };
      await goOn();
      expect(factory.asked.slice(1)).toEqual(asked);
    },
  );

  it('enrolls an account where it is, when that is below the target and allowed', async () => {
    tree.place(account.id, TEAM);
    plan = { allowHierarchicalOrganizationalUnitAssignment: true };
    await enroll();
    expect(factory.operations[0]?.parameters['ManagedOrganizationalUnit']).toBe(`${TEAM} (${TEAM})`);
  });

  it.each(['!!! _', '-retail'])('makes a token that AWS takes of the account name "%s"', async (name) => {
    repository = FakeTenantRepository.withAccount({ account: { ...account, name } });
    await enroll();
    expect(factory.operations[0]?.token).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,127}$/);
  });

  describe('killed', () => {
    it.each([
      { where: 'before it wrote anything down', killedAt: 1 },
      { where: 'before it wrote the record down', killedAt: 2 },
    ])('$where, asks for the same operation', async ({ killedAt }) => {
      repository.killedAt = killedAt;
      await expect(enroll()).rejects.toThrow();
      await goOn(30);
      expect(factory.asked).toEqual(['provision 1']);
      expect(repository.tenant.enrollment).toMatchObject({ phase: 'asked', recordId: 'rec-1' });
    });

    it('asks again under the same token after a connection broke', async () => {
      factory.isCutOff = true;
      await expect(enroll()).rejects.toThrow();
      factory.isCutOff = false;
      await enroll();
      expect(factory.asked).toEqual(['provision 1']);
    });

    it('takes a new token when the plan has changed since the call that nobody answered', async () => {
      factory.isCutOff = true;
      await expect(enroll()).rejects.toThrow();
      factory.isCutOff = false;
      plan = { targetOrgUnitId: OTHER };
      await enroll();
      expect(factory.asked).toEqual(['provision 2']);
    });

    it('goes on with an operation of somebody else, and decides by its end', async () => {
      await enrolled();
      factory.losesAnswer = true;
      plan = { targetOrgUnitId: OTHER };
      await enroll().catch(() => undefined);
      repository = FakeTenantRepository.withAccount();
      expect(await goOn()).toMatchObject({ ready: false, enrollAgain: false });
      expect(repository.tenant.enrollment).toMatchObject({ phase: 'asked', recordId: 'rec-2', attempt: 0 });
      const { writes } = repository;
      await goOn(60);
      expect(repository.writes).toBe(writes);
      await factory.end('SUCCEEDED');
      expect(await goOn(600)).toMatchObject({ ready: true });
    });

    it('pauses where an operation goes on that has no record yet', async () => {
      const product = { id: 'pp-1', name: 'by-hand', lastRecordId: null, hasSucceeded: true, accountId: account.id };
      factory.products.push({ ...product, status: 'UNDER_CHANGE' });
      expect(await goOn()).toMatchObject({ ready: false, waitSeconds: 30 });
    });
  });

  describe('of what failed', () => {
    it('repairs a tainted product that was once good, by an update', async () => {
      await enrolled();
      const [product] = factory.products;
      if (product !== undefined) factory.products[0] = { ...product, status: 'TAINTED' };
      await goOn();
      await factory.end('SUCCEEDED');
      expect(await goOn()).toMatchObject({ ready: true });
      expect(factory.asked).toEqual(['provision 1', 'update 2']);
    });

    it.each([
      { what: 'knows its account', knows: true },
      { what: 'does not know its account', knows: false },
    ])(
      'takes back an enrollment that never succeeded and $what, and begins again with a new name',
      async ({ knows }) => {
        await enroll();
        await factory.end('FAILED', { error: 'AccountFactoryFailure: as a test has it', knows });
        await goOn(100);
        expect(await goOn(130)).toMatchObject({ enrollAgain: false });
        expect(factory.asked).toEqual(['provision 1', 'terminate 2']);
        expect(tree.moves).toEqual([]);
        await factory.end('SUCCEEDED');
        expect((await check(600)).result).toMatchObject({ reopen: true });
        expect((await check(610)).result).toMatchObject({ reopen: true });
        await goOn(640);
        await factory.end('SUCCEEDED');
        expect(await goOn(2400)).toMatchObject({ ready: true });
        expect(factory.asked).toEqual(['provision 1', 'terminate 2', 'provision 3']);
        expect(factory.products.map(({ name }) => name)).toEqual([`${TOKEN}3`]);
      },
    );

    it('finds the failed product again when taking it back had to wait and then failed', async () => {
      await enroll();
      await factory.end('FAILED', { knows: false });
      await goOn();
      factory.isBusy = true;
      await goOn(30);
      await check(30);
      factory.isBusy = false;
      await goOn(60);
      expect(factory.asked).toEqual(['provision 1', 'terminate 2']);
      await factory.end('FAILED', { knows: false });
      await goOn(600);
      await check(630);
      await goOn(630);
      expect(factory.asked).toEqual(['provision 1', 'terminate 2', 'terminate 3']);
    });
  });

  describe('refuses', () => {
    it.each([
      {
        what: 'a product without an active version',
        product: { artifactId: null },
        reason: 'no version',
        remedy: 'landing zone',
      },
      {
        what: 'a product without a launch path',
        product: { launchPathId: null },
        reason: 'launch path',
        remedy: 'portfolio',
      },
    ])('$what, before anything is written', async ({ product, reason, remedy }) => {
      factory.product = { ...factory.product, ...product };
      await expectRejected(enroll(), reason, remedy);
      expect(repository.writes).toBe(0);
    });

    it('an OU that is gone', async () => {
      plan = { targetOrgUnitId: 'ou-ab12-gone0001' };
      await expectRejected(enroll(), 'ou-ab12-gone0001', 'landing-zones/aws-dev.json');
    });

    it('an account that is gone', async () => {
      directory.accounts.length = 0;
      await expectRejected(enroll(), 'is not in the organization any more', 'bring the account back');
    });
  });

  describe('into a unit that is not registered with Control Tower', () => {
    it.each(['absent', 'failed'] as const)('is refused before Control Tower is asked: %s', async (registration) => {
      controlTower.registrations.set(unitArn(TARGET), registration);

      await expectRejected(enroll(), 'egist', '"Register organizational unit"');

      expect(factory.operations).toEqual([]);
      expect(repository.tenant.enrollment).toBeNull();
    });

    it('is left to Control Tower while that changes the unit', async () => {
      controlTower.registrations.set(unitArn(TARGET), 'changing');

      expect(await enroll()).toMatchObject({ result: { started: true } });
    });

    it('is not told by a refusal to say', async () => {
      controlTower.registrations.set(unitArn(TARGET), new RejectedError('odd', 'Look.'));

      await expectRejected(enroll(), 'odd', 'Look.');
    });
  });
});
