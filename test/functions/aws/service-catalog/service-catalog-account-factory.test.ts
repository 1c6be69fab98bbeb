import { serviceCatalogAccountFactory } from '../../../../functions/aws/service-catalog/service-catalog-account-factory';
import type {
  AccountFactory,
  EnrollmentRequest,
  ProvisionedProduct,
} from '../../../../functions/ports/account-factory';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';
import type { AccountFactorySeed } from '../../../../sandbox/organization/organization-seed';
import {
  type PlantedProduct,
  plantProduct,
} from '../../../../sandbox/organization/services/service-catalog/plant-product';
import { expectRejected } from '../../../fakes/expect-rejected';
import { faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const HOME = 'eu-central-1';
const PRODUCT = 'prod-abcd1234';
const DEV = 'ou-ab12-cdefgh34';

const request = (changes: Partial<EnrollmentRequest['parameters']> = {}, token = 'member-1'): EnrollmentRequest => ({
  productId: PRODUCT,
  artifactId: 'pa-current00001',
  launchPathId: 'lpv3-accountfactory',
  token,
  parameters: {
    AccountEmail: 'Aws+Member@corp.example',
    AccountName: 'member',
    ManagedOrganizationalUnit: `Dev (${DEV})`,
    SSOUserEmail: 'cloud@corp.example',
    SSOUserFirstName: 'Cloud',
    SSOUserLastName: 'Foundation',
    ...changes,
  },
});

/** The example organization with its Account Factory changed. */
const worldWith = (changes: Partial<AccountFactorySeed>): OrganizationWorld => {
  const { accountFactory } = exampleOrganization();
  return new OrganizationWorld({ seed: { accountFactory: { ...accountFactory, ...changes } as AccountFactorySeed } });
};

const factoryIn = (world: OrganizationWorld, region = HOME): AccountFactory =>
  serviceCatalogAccountFactory(world.caller(), region);

async function recordId(started: ReturnType<AccountFactory['provision']>): Promise<string> {
  const answer = await started;
  return answer === 'busy' ? 'busy' : answer.recordId;
}

/** The member's enrollment has failed: nobody has made the role that Control Tower needs. */
async function failedEnrollment(world: OrganizationWorld): Promise<ProvisionedProduct> {
  await factoryIn(world).provision(request());
  world.pass(200);
  const product = await factoryIn(world).findByName('member-1');
  expect(product).toMatchObject({ status: 'TAINTED', hasSucceeded: false });
  if (product === undefined) throw new Error('There is no product.');
  return product;
}

describe('the Account Factory in Service Catalog', () => {
  describe('as a product', () => {
    it('has a newest version, neither deprecated nor withdrawn, and a launch path', async () => {
      expect(await factoryIn(new OrganizationWorld()).describeProduct(PRODUCT)).toEqual({
        artifactId: 'pa-current00001',
        launchPathId: 'lpv3-accountfactory',
      });
    });

    it.each([
      { what: 'no version that may be used', changes: { artifacts: [] }, found: { artifactId: null } },
      { what: 'no launch path for our role', changes: { launchPaths: [] }, found: { launchPathId: null } },
    ])('can have $what', async ({ changes, found }) => {
      expect(await factoryIn(worldWith(changes)).describeProduct(PRODUCT)).toMatchObject(found);
    });

    it.each([
      { productId: 'prod-unknown1', region: HOME },
      { productId: PRODUCT, region: 'eu-west-1' },
    ])('is not found as $productId in $region: the remedy names the configuration', async ({ productId, region }) => {
      const call = factoryIn(new OrganizationWorld(), region).describeProduct(productId);
      await expectRejected(call, `no Account Factory product ${productId} in ${region}`, 'accountFactoryProductId');
    });

    it('may be refused for a while', async () => {
      const world = new OrganizationWorld({
        faults: faultsFor('ListLaunchPaths', ...Array.from({ length: 9 }, () => refusal('ThrottlingException'))),
      });
      await expect(factoryIn(world).describeProduct(PRODUCT)).rejects.toMatchObject({ name: 'TransientError' });
    });
  });

  it('is asked under one session name, whichever state asks', async () => {
    const world = new OrganizationWorld();
    await factoryIn(world).findByAccount(MEMBER);
    expect(world.callsOf('SearchProvisionedProducts')[0]?.principal).toMatchObject({
      arn: expect.stringMatching(/MeshfedServiceRole-ControlTower\/account-vending$/) as string,
    });
  });

  describe('provisioning', () => {
    it('answers the same record for the same token, and makes one product', async () => {
      const world = new OrganizationWorld();
      const first = await recordId(factoryIn(world).provision(request()));
      expect(await recordId(factoryIn(world).provision(request()))).toBe(first);
      expect(world.organization.state.accountFactory?.provisionedProducts.size).toBe(1);
      expect(await factoryIn(world).describeRecord(first)).toEqual({
        state: 'IN_PROGRESS',
        wasBusy: false,
        error: null,
      });
      expect(await factoryIn(world).findByName('member-1')).toMatchObject({
        status: 'UNDER_CHANGE',
        lastRecordId: first,
        hasSucceeded: false,
      });
    });

    it('names one of several launch paths', async () => {
      const principals = ['arn:aws:iam::222222222222:role/MeshfedServiceRole-ControlTower'];
      const paths = ['lpv3-accountfactory', 'lpv3-another'].map((id) => ({ id, name: id, principals }));
      const world = worldWith({ launchPaths: paths });
      expect(await recordId(factoryIn(world).provision(request()))).toMatch(/^rec-/);
    });

    it('refuses the token for another request', async () => {
      const world = new OrganizationWorld();
      await factoryIn(world).provision(request());
      const call = factoryIn(world).provision(request({ ManagedOrganizationalUnit: 'Prod' }));
      await expectRejected(call, 'AWS refused to provision member-1', 'Change what AWS names');
    });

    it('is busy while Control Tower works on five accounts, at once or as its end', async () => {
      const world = new OrganizationWorld();
      const factory = factoryIn(world);
      for (const number of [1, 2, 3, 4, 5]) {
        await factory.provision(request({ AccountEmail: `new-${number}@corp.example` }, `new-${number}`));
      }
      const answers: string[] = [];
      for (let number = 6; number < 16; number += 1) {
        answers.push(await recordId(factory.provision(request({}, `member-${number}`))));
      }
      expect(answers).toContain('busy');
      const accepted = answers.find((answer) => answer !== 'busy') ?? '';
      world.pass(60);
      expect(await factory.describeRecord(accepted)).toMatchObject({ state: 'FAILED', wasBusy: true });
    });

    it('tells why it has failed', async () => {
      const world = new OrganizationWorld();
      const record = await recordId(factoryIn(world).provision(request()));
      world.pass(200);
      expect(await factoryIn(world).describeRecord(record)).toEqual({
        state: 'FAILED',
        wasBusy: false,
        error: expect.stringContaining("can't assume the AWSControlTowerExecution role") as string,
      });
    });

    it.each([{ kind: 'connection-reset' }, { kind: 'lost-answer' }] as const)(
      'may have worked when the answer does not come ($kind)',
      async (fault) => {
        const world = new OrganizationWorld({ faults: faultsFor('ProvisionProduct', fault, fault, fault, fault) });
        await expect(factoryIn(world).provision(request())).rejects.toMatchObject({ name: 'TransientError' });
      },
    );
  });

  describe('taking back', () => {
    it('removes a product that never succeeded', async () => {
      const world = new OrganizationWorld();
      const product = await failedEnrollment(world);
      const record = await recordId(factoryIn(world).terminate(product, 'member-2'));
      world.pass(700);
      expect(await factoryIn(world).describeRecord(record)).toMatchObject({ state: 'SUCCEEDED' });
      expect(await factoryIn(world).findByName('member-1')).toBeUndefined();
    });

    it('looks again when it has gone already', async () => {
      const world = new OrganizationWorld();
      const product = await failedEnrollment(world);
      world.organization.state.accountFactory?.provisionedProducts.clear();
      await expect(factoryIn(world).terminate(product, 'member-2')).rejects.toMatchObject({ name: 'TransientError' });
    });
  });

  it('updates a product', async () => {
    const world = new OrganizationWorld();
    const product = await failedEnrollment(world);
    const record = await recordId(factoryIn(world).update(product, request({}, 'member-2')));
    expect(await factoryIn(world).findByName('member-1')).toMatchObject({
      status: 'UNDER_CHANGE',
      lastRecordId: record,
    });
  });

  it('sends the organizational unit alone with an update; everything else stays as it was', async () => {
    const world = new OrganizationWorld();
    const product = await failedEnrollment(world);
    await factoryIn(world).update(product, request({ SSOUserEmail: 'other@corp.example' }, 'member-2'));
    const input = world.callsOf('UpdateProvisionedProduct')[0]?.input as { ProvisioningParameters: object[] };
    expect(input.ProvisioningParameters).toEqual([
      { Key: 'AccountEmail', UsePreviousValue: true },
      { Key: 'AccountName', UsePreviousValue: true },
      { Key: 'ManagedOrganizationalUnit', Value: `Dev (${DEV})` },
      ...['SSOUserEmail', 'SSOUserFirstName', 'SSOUserLastName'].map((Key) => ({ Key, UsePreviousValue: true })),
    ]);
  });

  describe('the products of one account', () => {
    const plant = (world: OrganizationWorld, id: string, changes: Partial<PlantedProduct> = {}): void => {
      plantProduct(world.organization.state, {
        id,
        name: id,
        accountId: MEMBER,
        status: 'TAINTED',
        hasSucceeded: false,
        createdAt: 0,
        ...changes,
      });
    };

    it('are all found, no matter who has made them and on whatever page they stand; the healthy one counts', async () => {
      const world = new OrganizationWorld();
      plant(world, 'pp-stale');
      plant(world, 'pp-works', { status: 'AVAILABLE', hasSucceeded: true });
      plant(world, 'pp-other', { accountId: '222222222222', status: 'AVAILABLE', hasSucceeded: true });
      const found = await factoryIn(world).productsOf(MEMBER);
      expect(found.map(({ id }) => id).toSorted()).toEqual(['pp-stale', 'pp-works']);
      expect(await factoryIn(world).findByAccount(MEMBER)).toMatchObject({ id: 'pp-works' });
    });

    it.each([
      { what: 'knows no account yet', accountId: null, found: { id: 'pp-1' } },
      { what: 'has another account', accountId: '222222222222', found: undefined },
    ])('are found by our own name where none has the account: one that $what', async ({ accountId, found }) => {
      const world = new OrganizationWorld();
      plant(world, 'pp-1', { name: 'member-1' });
      const planted = world.organization.state.accountFactory?.provisionedProducts.get('pp-1');
      if (planted !== undefined) planted.physicalId = accountId;
      const product = await factoryIn(world).findByAccount(MEMBER, 'member-1');
      expect(product === undefined ? undefined : { id: product.id }).toEqual(found);
    });

    it('are refused where two are healthy', async () => {
      const world = new OrganizationWorld();
      for (const id of ['pp-1', 'pp-2']) plant(world, id, { status: 'AVAILABLE', hasSucceeded: true });
      await expectRejected(factoryIn(world).findByAccount(MEMBER), 'pp-1 (pp-1) and pp-2 (pp-2)', 'AWS Support');
    });

    it('are not those whose name begins alike', async () => {
      const world = new OrganizationWorld();
      plant(world, 'pp-12', { name: 'member-12' });
      expect(await factoryIn(world).findByName('member-1')).toBeUndefined();
    });
  });
});
