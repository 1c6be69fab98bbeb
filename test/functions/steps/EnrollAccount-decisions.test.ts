import type { Enrollment } from '../../../functions/domain/records/account-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { StepReport } from '../../../functions/domain/run/step-context';
import type { ProvisionedProduct } from '../../../functions/ports/account-factory';
import { enrollAccount } from '../../../functions/steps/EnrollAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { giveTurn } from '../../fakes/recording-turns';
import { account, after, enrollment, NOW, plan as planned } from '../../fakes/vending';

const ROOT = 'r-ab12';
const TARGET = 'ou-ab12-cdefgh34';
const OTHER = 'ou-ab12-prod0001';

let tree: FakeOrganizationTree;
let factory: FakeAccountFactory;
let directory: FakeAccounts;
let controlTower: FakeControlTower;
let repository: FakeTenantRepository;

const enroll = (seconds = 0, plan: Partial<VendingPlan> = {}): Promise<StepReport> => {
  giveTurn(repository, 'account-factory', after(seconds));
  return enrollAccount({ repository, factory, directory, tree, controlTower })({
    tenant: repository.tenant,
    plan: planned({ enrollment, ...plan }),
    now: after(seconds),
    stateEnteredAt: NOW,
  });
};

beforeEach(() => {
  tree = new FakeOrganizationTree({ [TARGET]: ROOT, [OTHER]: ROOT, [account.id]: TARGET });
  controlTower = new FakeControlTower();
  factory = new FakeAccountFactory(tree, controlTower);
  directory = new FakeAccounts();
  directory.make({ id: account.id, name: account.name, email: account.email });
  repository = FakeTenantRepository.withAccount();
});

/** A product of others, which has succeeded, with changes. */
const plant = (changes: Partial<ProvisionedProduct> = {}): void => {
  factory.products.push({
    id: 'pp-9',
    name: 'by-hand',
    lastRecordId: 'rec-0',
    hasSucceeded: true,
    accountId: account.id,
    status: 'AVAILABLE',
    ...changes,
  });
};

const change = (changes: Partial<ProvisionedProduct>): void => {
  const [product] = factory.products;
  if (product === undefined) throw new Error('There is no product.');
  factory.products[0] = { ...product, ...changes };
};

const record = (changes: Partial<Enrollment>): Enrollment => ({
  phase: 'asked',
  kind: 'update',
  attempt: 1,
  recordId: 'rec-1',
  requestHash: null,
  productName: null,
  askedAt: NOW.toISOString(),
  busySince: null,
  hasPaused: false,
  failures: 0,
  ...changes,
});

describe('EnrollAccount', () => {
  it('asks nothing of Control Tower for a landing zone without it', async () => {
    expect((await enroll(0, { enrollment: null })).result).toMatchObject({ started: false, turnNeeded: false });
    expect([repository.writes, controlTower.governanceAsked, factory.asked]).toEqual([0, 0, []]);
  });

  it('waits where Control Tower has no place, and remembers since when', async () => {
    factory.isBusy = true;
    expect((await enroll(5)).result).toMatchObject({ started: false, turnNeeded: false });
    expect(repository.tenant.enrollment).toMatchObject({
      phase: 'waiting',
      kind: 'provision',
      attempt: 1,
      recordId: null,
      busySince: after(5).toISOString(),
    });
  });

  it('asks for no registration of the root, which has none', async () => {
    const asked = jest.spyOn(controlTower, 'registrationOf');
    await enroll(0, { targetOrgUnitId: ROOT });
    expect(asked).not.toHaveBeenCalled();
    expect(factory.asked).toEqual(['provision 1']);
  });

  it('names the role that lacks the launch path by the end of its name', async () => {
    factory.product = { ...factory.product, launchPathId: null };
    await expectRejected(enroll(), 'has no launch path', 'whose name ends with -ControlTower');
  });

  it('reads no version of the product for an account that is enrolled in its unit', async () => {
    await enroll();
    await factory.end('SUCCEEDED');
    const read = jest.spyOn(factory, 'describeProduct');
    await enroll(1800);
    expect(read).not.toHaveBeenCalled();
    expect(repository.tenant.enrollment?.phase).toBe('ended');
  });

  it('believes the end of a provisioning that Control Tower’s lists do not show yet', async () => {
    await enroll();
    await factory.end('SUCCEEDED');
    controlTower.governance = 'none';
    await enroll(1800);
    expect(factory.asked).toEqual(['provision 1']);
  });

  it('enrolls by an update what a product of others stands for, and Control Tower governs no more', async () => {
    plant();
    await enroll();
    expect(factory.asked).toEqual(['update 1']);
  });

  it('asks again where the last operation on the product was somebody else’s', async () => {
    plant();
    await enroll();
    await factory.end('SUCCEEDED');
    controlTower.governance = 'none';
    change({ lastRecordId: 'rec-theirs' });
    await enroll(900);
    expect(factory.asked).toEqual(['update 1', 'update 2']);
  });

  it('uses no token again for another product', async () => {
    plant();
    factory.isCutOff = true;
    await expect(enroll()).rejects.toThrow('The connection was reset.');
    factory.isCutOff = false;
    change({ id: 'pp-10' });
    await enroll(60);
    expect(factory.asked).toEqual(['update 2']);
  });
});

describe('EnrollAccount refuses', () => {
  it('an account that the landing zone alone manages', async () => {
    controlTower.governance = 'shared';
    await expectRejected(enroll(), `Account ${account.id} is a service integration account`, 'another account');
    expect(repository.writes).toBe(0);
  });

  it('to move a governed account without a product, and names the unit', async () => {
    controlTower.governance = 'elsewhere';
    await expectRejected(enroll(), `governs account ${account.id} outside ${TARGET}`, `move the account to ${TARGET}`);
    expect(factory.asked).toEqual([]);
  });

  it('to terminate a failed product of others, and names it', async () => {
    plant({ status: 'TAINTED', hasSucceeded: false });
    controlTower.governance = 'failed';
    await expectRejected(enroll(), 'product by-hand', 'terminate that product');
    expect(factory.asked).toEqual([]);
  });

  it('not where the failed product is its own: that is taken back', async () => {
    await enroll();
    await factory.end('FAILED');
    controlTower.governance = 'failed';
    await enroll(600);
    expect(factory.asked).toEqual(['provision 1', 'terminate 2']);
  });
});

describe('EnrollAccount after it has taken back a failed enrollment', () => {
  it('asks for nothing before the account is made ready again', async () => {
    await enroll();
    await factory.end('FAILED');
    await enroll(600);
    await factory.end('SUCCEEDED');
    const { writes } = repository;
    expect((await enroll(900)).result).toMatchObject({ started: false });
    expect(factory.asked).toEqual(['provision 1', 'terminate 2']);
    expect(repository.writes).toBe(writes);
  });

  it('goes on with a product that somebody has repaired meanwhile', async () => {
    repository = FakeTenantRepository.withAccount({ enrollment: record({ kind: 'terminate' }) });
    plant();
    tree.place(account.id, OTHER);
    await enroll();
    expect(factory.asked).toEqual(['update 2']);
  });
});

describe('EnrollAccount while Control Tower is at work on the account', () => {
  it('without a product: there is no record to look at', async () => {
    controlTower.governance = 'changing';
    const { result, remark } = await enroll();
    expect(result).toMatchObject({ started: false });
    expect(remark).toContain('the account');
    expect(repository.tenant.enrollment).toMatchObject({ phase: 'waiting', recordId: null });
  });

  it('beside a product that is at rest: its last record is of something else', async () => {
    plant();
    controlTower.governance = 'changing';
    const { remark } = await enroll();
    expect(remark).toContain('by-hand');
    expect(repository.tenant.enrollment).toMatchObject({ phase: 'waiting', recordId: null });
  });
});
