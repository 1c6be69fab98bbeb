import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { ProvisionedProduct } from '../../../functions/ports/account-factory';
import { guardAccount } from '../../../functions/steps/GuardAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { account, enrollment, OTHER_TENANT, TENANT, vending } from '../../fakes/vending';

const KEY = 'account-vending:tenant-uuid';

const product: ProvisionedProduct = {
  id: 'pp-1',
  name: 'retail.webshop-dev',
  status: 'AVAILABLE',
  lastRecordId: null,
  accountId: account.id,
  hasSucceeded: true,
};

interface Story {
  readonly there: boolean;
  readonly state: string;
  readonly managementAccountId: string;
  readonly own: string;
  readonly shared: string;
  readonly plan: Partial<VendingPlan>;
  readonly products: readonly ProvisionedProduct[];
  /** Whether there is a landing zone of Control Tower. */
  readonly isSetUp: boolean;
}

describe('GuardAccount', () => {
  const run = (
    tags: Readonly<Record<string, string>>,
    {
      there = true,
      state = 'ACTIVE',
      managementAccountId = '222222222222',
      own = '111111111111',
      shared = '777777777771',
      plan = {},
      products = [],
      isSetUp = true,
    }: Partial<Story> = {},
  ) => {
    const { id, arn, name, email } = account;
    const found = there ? { id, arn, name, email, state } : undefined;
    const directory = {
      describeAccount: (accountId: string) => Promise.resolve(accountId === id ? found : undefined),
      listTags: (accountId: string) => Promise.resolve(accountId === id ? tags : {}),
    };
    const factory = {
      productsOf: (accountId: string) => Promise.resolve(products.filter((one) => one.accountId === accountId)),
    };
    const controlTower = new FakeControlTower();
    controlTower.isThere = isSetUp;
    controlTower.sharedAccounts = [{ id: shared, part: 'centralizedLogging' }];
    const step = guardAccount({ directory, own: { id: () => Promise.resolve(own) }, controlTower, factory });
    return step(
      vending({
        tenant: { account },
        plan: { closing: { managementAccountId, closesAccount: true, releasesAlias: true }, ...plan },
      }),
    );
  };

  it('lets the account of this tenant pass', async () => {
    expect(await run({ [KEY]: TENANT, owner: 'finance' })).toEqual({
      result: { accountThere: true, accountOpen: true },
    });
  });

  it('tells of an account that somebody has closed that nothing can be done in it any more', async () => {
    expect(await run({ [KEY]: TENANT }, { state: 'CLOSED' })).toEqual({
      result: { accountThere: true, accountOpen: false },
      remark: `${account.id} is CLOSED in AWS.`,
    });
  });

  it('names the product that stays behind, where it was enrolled', async () => {
    const { remark } = await run({ [KEY]: TENANT }, { state: 'CLOSED', plan: { enrollment }, products: [product] });
    expect(remark).toContain(`${account.id} is CLOSED in AWS; its provisioned product retail.webshop-dev stays`);
    expect(remark).toContain('90 days');
    const without = await run({ [KEY]: TENANT }, { state: 'CLOSED', plan: { enrollment } });
    expect(without.remark).toBe(`${account.id} is CLOSED in AWS.`);
    const barred = await run({ [KEY]: TENANT }, { state: 'SUSPENDED', plan: { enrollment }, products: [product] });
    expect(barred.remark).toBe(`${account.id} is SUSPENDED in AWS.`);
  });

  it.each([
    { what: 'another tenant’s', tags: { [KEY]: OTHER_TENANT }, says: `belongs to tenant ${OTHER_TENANT}` },
    { what: 'untagged', tags: { owner: 'finance' }, says: `has no tag ${KEY}` },
  ])('refuses an account that is $what, and names the tag', async ({ tags, says }) => {
    await expectRejected(run(tags), says, `${KEY} = ${TENANT}`);
  });

  it('refuses the management account, whatever its tag', async () => {
    await expectRejected(
      run({ [KEY]: TENANT }, { managementAccountId: account.id }),
      'is the management account',
      'send the desired state as ACTIVE',
    );
  });

  it.each([
    { what: 'of the application', story: { own: account.id }, says: 'the account that this application runs in' },
    {
      what: 'that Control Tower shares',
      story: { shared: account.id, plan: { controlTowerRegion: 'eu-central-1' } },
      says: 'Control Tower shares (centralizedLogging',
    },
    {
      what: 'that the configuration names',
      story: { plan: { serviceAccounts: [{ id: account.id, what: 'the automation account' }] } },
      says: 'the automation account',
    },
  ])('refuses the account $what, whatever its tag', async ({ story, says }) => {
    await expectRejected(run({ [KEY]: TENANT }, story), says, 'send the desired state as ACTIVE');
    await expectRejected(run({ [KEY]: TENANT }, { ...story, there: false }), says, '');
  });

  it('takes an account that has left the organization for gone', async () => {
    expect(await run({}, { there: false })).toMatchObject({ result: { accountThere: false } });
  });

  it('says of an account that has left that nothing can be done in it', async () => {
    const report = await run({}, { there: false });
    expect(report.result).toEqual({ accountThere: false, accountOpen: false });
    expect(report.remark).toContain(account.id);
  });

  it('names every product that stays behind, while AWS is closing the account as after it', async () => {
    const products = [product, { ...product, id: 'pp-2', name: 'made-by-hand' }];
    const { remark } = await run({ [KEY]: TENANT }, { state: 'PENDING_CLOSURE', plan: { enrollment }, products });
    expect(remark).toContain('retail.webshop-dev, made-by-hand stays');
    expect(remark).toContain('(stale-products)');
  });

  it('asks Service Catalog nothing where the account was not enrolled', async () => {
    const { remark } = await run({ [KEY]: TENANT }, { state: 'CLOSED', products: [product] });
    expect(remark).toBe(`${account.id} is CLOSED in AWS.`);
  });

  it.each([
    { what: 'no Control Tower is configured', story: { shared: account.id } },
    { what: 'none is set up', story: { isSetUp: false, plan: { controlTowerRegion: 'eu-central-1' } } },
  ])('knows of no shared account where $what', async ({ story }) => {
    expect(await run({ [KEY]: TENANT }, story)).toEqual({ result: { accountThere: true, accountOpen: true } });
  });
});
