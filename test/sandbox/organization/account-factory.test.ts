import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { MoveAccountCommand } from '@aws-sdk/client-organizations';
import {
  DescribeProvisionedProductCommand,
  DescribeRecordCommand,
  ListLaunchPathsCommand,
  ListProvisioningArtifactsCommand,
  ListRecordHistoryCommand,
  ProvisionProductCommand,
  SearchProvisionedProductsCommand,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
  UpdateProvisionedProductCommand,
  type ProvisionProductCommandInput,
  type RecordDetail,
} from '@aws-sdk/client-service-catalog';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { awsLatencies } from '../../../sandbox/organization/latencies';
import type { LaunchPathSeed, OrganizationSeed } from '../../../sandbox/organization/organization-seed';
import { accountsInDrift } from '../../fakes/accounts-in-drift';
import {
  administrator,
  assumeServiceRole,
  DEV,
  LEGACY,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  outcomeOf,
  ROOT,
  SERVICE_ROLE,
  type UnderTest,
} from './organization-under-test';

const PRODUCT = 'prod-abcd1234';
/** The portfolio is open to it. */
const ENROLLING_ROLE = `${SERVICE_ROLE}-ControlTower`;
const ARTIFACT = 'pa-current00001';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` }, Action: 'sts:AssumeRole' }],
});

function withLaunchPaths(launchPaths: readonly LaunchPathSeed[]): OrganizationSeed {
  const { accountFactory, ...seed } = exampleOrganization();
  return accountFactory === undefined ? seed : { ...seed, accountFactory: { ...accountFactory, launchPaths } };
}

/** An account in the root that is ready to be enrolled, and Service Catalog as the service role sees it. */
async function readyToEnroll(options: Parameters<typeof organizationUnderTest>[0] = {}) {
  const test = organizationUnderTest(options);
  const accountId = await openAccount(test);
  await makeExecutionRole(test, accountId);
  test.clock.advance(30);
  return { ...test, accountId, catalog: await catalogOf(test) };
}

async function makeExecutionRole({ settings }: UnderTest, accountId: string, document = trust) {
  const iam = new IAMClient(settings(administrator(accountId)));
  const RoleName = 'AWSControlTowerExecution';
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
}

async function catalogOf(test: UnderTest, region = 'eu-central-1') {
  return new ServiceCatalogClient({ ...test.settings(await assumeServiceRole(test, ENROLLING_ROLE)), region });
}

const parameters = (values: Readonly<Record<string, string>> = {}) =>
  Object.entries({
    AccountEmail: 'aws+shop@corp.example',
    AccountName: 'retail.shop',
    ManagedOrganizationalUnit: `Dev (${DEV})`,
    SSOUserEmail: 'cloud@corp.example',
    SSOUserFirstName: 'Cloud',
    SSOUserLastName: 'Foundation',
    ...values,
  }).map(([Key, Value]) => ({ Key, Value }));

const request = (input: Partial<ProvisionProductCommandInput> = {}) =>
  new ProvisionProductCommand({
    ProductId: PRODUCT,
    ProvisioningArtifactId: ARTIFACT,
    ProvisionedProductName: 'retail.shop-1',
    ProvisioningParameters: parameters(),
    ProvisionToken: 'token-1',
    ...input,
  });

type Ready = Awaited<ReturnType<typeof readyToEnroll>>;

async function recordOf({ catalog }: Pick<Ready, 'catalog'>, detail: RecordDetail | undefined): Promise<RecordDetail> {
  return (await catalog.send(new DescribeRecordCommand({ Id: detail?.RecordId }))).RecordDetail ?? {};
}

/** Provisions, lets the longest enrollment pass, and gives the record as it is then. Sessions last an hour only. */
async function provision(ready: Ready, input: Partial<ProvisionProductCommandInput> = {}): Promise<RecordDetail> {
  const { RecordDetail } = await (await catalogOf(ready)).send(request(input));
  ready.clock.advance(1800);
  return recordOf({ catalog: await catalogOf(ready) }, RecordDetail);
}

async function productNamed({ catalog }: Ready, Name: string) {
  return (await catalog.send(new DescribeProvisionedProductCommand({ Name }))).ProvisionedProductDetail;
}

describe('the Account Factory product', () => {
  it('has versions of which only some can be provisioned', async () => {
    const { catalog } = await readyToEnroll();
    const { ProvisioningArtifactDetails = [] } = await catalog.send(
      new ListProvisioningArtifactsCommand({ ProductId: PRODUCT }),
    );
    expect(ProvisioningArtifactDetails.map(({ Id, Active, Guidance }) => [Id, Active, Guidance])).toEqual([
      ['pa-withdrawn001', false, 'DEFAULT'],
      ['pa-current00001', true, 'DEFAULT'],
      ['pa-previous0001', true, 'DEFAULT'],
      ['pa-deprecated01', true, 'DEPRECATED'],
    ]);
    expect(await outcomeOf(catalog.send(request({ ProvisioningArtifactId: 'pa-withdrawn001' })))).toBe(
      'InvalidParametersException',
    );
    expect(await outcomeOf(catalog.send(request({ ProvisioningArtifactId: 'pa-deprecated01' })))).toBe(
      'InvalidParametersException',
    );
    expect(await outcomeOf(catalog.send(request({ ProvisioningArtifactId: 'pa-unknown' })))).toBe(
      'ResourceNotFoundException',
    );
  });

  it('has a launch path for the principals of its portfolio only', async () => {
    const { catalog } = await readyToEnroll();
    expect(await catalog.send(new ListLaunchPathsCommand({ ProductId: PRODUCT }))).toMatchObject({
      LaunchPathSummaries: [{ Id: 'lpv3-accountfactory' }],
    });

    const closed = await readyToEnroll({
      seed: withLaunchPaths([{ id: 'lpv3-other', name: 'Other', principals: [] }]),
    });
    const words = `No launch paths found for resource: ${PRODUCT}`;
    await expect(closed.catalog.send(new ListLaunchPathsCommand({ ProductId: PRODUCT }))).rejects.toThrow(words);
    await expect(closed.catalog.send(request())).rejects.toThrow(words);
  });

  it('asks which launch path, where there are several', async () => {
    const principals = [ENROLLING_ROLE];
    const paths = ['one', 'two'].map((name) => ({ id: `lpv3-${name}`, name, principals }));
    const ready = await readyToEnroll({ seed: withLaunchPaths(paths) });
    await expect(ready.catalog.send(request())).rejects.toThrow('More than one launch path');
    expect(await outcomeOf(ready.catalog.send(request({ PathId: 'lpv3-two' })))).toBe('ok');
  });

  it('is at home in one region of the management account', async () => {
    const ready = await readyToEnroll();
    const elsewhere = await catalogOf(ready, 'us-east-1');
    const list = new ListProvisioningArtifactsCommand({ ProductId: PRODUCT });
    expect(await outcomeOf(elsewhere.send(list))).toBe('ResourceNotFoundException');
    expect(await elsewhere.send(new SearchProvisionedProductsCommand({}))).toMatchObject({ ProvisionedProducts: [] });
  });
});

describe('enrolling an account', () => {
  it('takes half an hour and ends with the account in its OU', async () => {
    const ready = await readyToEnroll();
    const { RecordDetail } = await ready.catalog.send(request());
    expect(RecordDetail).toMatchObject({
      Status: 'CREATED',
      RecordType: 'PROVISION_PRODUCT',
      ProvisionedProductType: 'CONTROL_TOWER_ACCOUNT',
    });
    expect((await productNamed(ready, 'retail.shop-1'))?.Status).toBe('UNDER_CHANGE');

    ready.clock.advance(1199);
    expect(await recordOf(ready, RecordDetail)).toMatchObject({ Status: 'IN_PROGRESS' });
    expect(ready.organization.state.accounts.get(ready.accountId)?.parentId).toBe(ROOT);
    ready.clock.advance(601);
    expect(await recordOf(ready, RecordDetail)).toMatchObject({ Status: 'SUCCEEDED', RecordErrors: [] });
    expect(await productNamed(ready, 'retail.shop-1')).toMatchObject({
      Status: 'AVAILABLE',
      IdempotencyToken: 'token-1',
      LastRecordId: RecordDetail?.RecordId,
      LastSuccessfulProvisioningRecordId: RecordDetail?.RecordId,
    });
    expect(ready.organization.state.accounts.get(ready.accountId)?.parentId).toBe(DEV);
    expect(ready.organization.state.accounts.size).toBe(4);
  });

  it.each([
    ['a nested OU with its id', 'Team (ou-ab12-devteam1)', 'ou-ab12-devteam1'],
    ['an OU under the root by its plain name', 'Prod', 'ou-ab12-prod0001'],
  ])('goes into %s', async (_case, unit, id) => {
    const ready = await readyToEnroll();
    const record = await provision(ready, { ProvisioningParameters: parameters({ ManagedOrganizationalUnit: unit }) });
    expect(record.Status).toBe('SUCCEEDED');
    expect(ready.organization.state.accounts.get(ready.accountId)?.parentId).toBe(id);
  });

  it.each([
    [
      'an OU that is not registered',
      { ManagedOrganizationalUnit: `Legacy (${LEGACY})` },
      'is not registered with AWS Control Tower',
    ],
    ['a nested OU by its plain name', { ManagedOrganizationalUnit: 'Team' }, 'does not exist'],
    ['a name that is not the name of the id', { ManagedOrganizationalUnit: `Prod (${DEV})` }, 'does not exist'],
    ['a new account whose e-mail is taken', { AccountEmail: 'taken@elsewhere.example' }, 'already exists'],
  ])('fails for %s and leaves the product tainted', async (_case, values, words) => {
    const ready = await readyToEnroll();
    const record = await provision(ready, { ProvisioningParameters: parameters(values) });
    expect(record).toMatchObject({
      Status: 'FAILED',
      RecordErrors: [{ Description: expect.stringContaining(words) as string }],
    });
    expect((await productNamed(ready, 'retail.shop-1'))?.Status).toBe('TAINTED');
    expect(ready.organization.state.accounts.get(ready.accountId)?.parentId).toBe(ROOT);
  });

  it.each([
    ['is absent', undefined],
    ['trusts somebody else', trust.replace(MANAGEMENT, '444444444444')],
  ])('fails where AWSControlTowerExecution %s', async (_case, document) => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test);
    if (document !== undefined) {
      await makeExecutionRole(test, accountId, document);
    }
    test.clock.advance(30);
    const record = await provision({ ...test, accountId, catalog: await catalogOf(test) });
    const Description = expect.stringContaining("can't assume the AWSControlTowerExecution role") as string;
    expect(record).toMatchObject({ Status: 'FAILED', RecordErrors: [{ Description }] });
  });

  it('fails where AWSControlTowerExecution has not propagated when Control Tower looks', async () => {
    const late = { ...awsLatencies, iamPropagation: [300, 300] as const };
    const ready = await readyToEnroll({ latencies: late });
    expect((await provision(ready)).Status).toBe('FAILED');
  });

  it('makes a new account where the e-mail is not that of an account', async () => {
    const ready = await readyToEnroll();
    await provision(ready, { ProvisioningParameters: parameters({ AccountEmail: 'aws+typo@corp.example' }) });
    expect(ready.organization.state.accounts.size).toBe(5);
    expect(ready.organization.state.accounts.get(ready.accountId)?.parentId).toBe(ROOT);
  });

  it.each(['a=b@corp.example', 'aws+retail/shop@corp.example', '#shop@corp.example', 'shop@corp.xn--p1ai'])(
    'fails for the e-mail %s, which AWS Organizations takes',
    async (AccountEmail) => {
      const ready = await readyToEnroll();
      const record = await provision(ready, { ProvisioningParameters: parameters({ AccountEmail }) });

      const Description = expect.stringContaining('does not conform to the naming standards') as string;
      expect(record).toMatchObject({ Status: 'FAILED', RecordErrors: [{ Description }] });
    },
  );

  it('is one request for one token, and another for another', async () => {
    const ready = await readyToEnroll();
    const first = await ready.catalog.send(request());
    const again = await ready.catalog.send(request());
    expect(again.RecordDetail?.RecordId).toBe(first.RecordDetail?.RecordId);

    const other = request({ ProvisioningParameters: parameters({ AccountName: 'retail.web' }) });
    await expect(ready.catalog.send(other)).rejects.toThrow('was used before with other parameters');
    await expect(ready.catalog.send(request({ ProvisionToken: 'token-2' }))).rejects.toMatchObject({
      name: 'InvalidParametersException',
      message: 'A stack named retail.shop-1 already exists.',
    });
  });

  it('happens once for an account', async () => {
    const ready = await readyToEnroll();
    await provision(ready);
    const again = await provision(ready, { ProvisionedProductName: 'retail.shop-2', ProvisionToken: 'token-2' });
    expect(again.RecordErrors?.[0]?.Description).toContain('already enrolled');
  });

  it('can be made to fail at its end', async () => {
    const ready = await readyToEnroll({ faults: { accountFactory: () => 'AWS Control Tower stumbled.' } });
    const record = await provision(ready);
    expect(record).toMatchObject({ Status: 'FAILED', RecordErrors: [{ Description: 'AWS Control Tower stumbled.' }] });
    expect(await productNamed(ready, 'retail.shop-1')).toMatchObject({
      Status: 'TAINTED',
      StatusMessage: 'AWS Control Tower stumbled.',
    });
  });

  it.each([
    [
      'a missing parameter',
      { ProvisioningParameters: parameters().slice(1) },
      'Parameters: [AccountEmail] must have values',
    ],
    [
      'an unknown parameter',
      { ProvisioningParameters: parameters({ Color: 'red' }) },
      'Parameters: [Color] do not exist',
    ],
  ])('is refused at once for %s', async (_case, input, words) => {
    const { catalog } = await readyToEnroll();
    await expect(catalog.send(request(input))).rejects.toThrow(words);
  });

  it('is refused for a product name with a space', async () => {
    const { catalog } = await readyToEnroll();
    expect(await outcomeOf(catalog.send(request({ ProvisionedProductName: 'retail shop' })))).toBe(
      'ValidationException',
    );
  });

  it('meets the limit of five account operations, at once or in its record', async () => {
    const ready = await readyToEnroll();
    const start = async (n: number) => {
      const input = request({
        ProvisionedProductName: `product-${n}`,
        ProvisionToken: `token-${n}`,
        ProvisioningParameters: parameters({ AccountEmail: `aws+${n}@corp.example` }),
      });
      try {
        return (await ready.catalog.send(input)).RecordDetail?.RecordId ?? '';
      } catch (error) {
        return (error as Error).name;
      }
    };
    const five = await Promise.all([1, 2, 3, 4, 5].map(start));
    expect(five.every((id) => id.startsWith('rec-'))).toBe(true);

    const more: string[] = [];
    for (let n = 6; n < 26; n += 1) {
      more.push(await start(n));
      ready.clock.advance(1);
    }
    expect(more).toContain('ResourceInUseException');
    ready.clock.advance(60);
    const accepted = more.find((id) => id.startsWith('rec-'));
    expect(await recordOf(ready, { RecordId: accepted })).toMatchObject({
      Status: 'FAILED',
      RecordErrors: [{ Code: 'ResourceInUseException' }],
    });
  });
});

describe('a provisioned product', () => {
  const update = (UpdateToken: string, values: Readonly<Record<string, string>> = {}) =>
    new UpdateProvisionedProductCommand({
      ProvisionedProductName: 'retail.shop-1',
      ProvisioningArtifactId: ARTIFACT,
      UpdateToken,
      ProvisioningParameters: [
        ...Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
        { Key: 'AccountEmail', UsePreviousValue: true },
      ],
    });

  it('moves its account to another OU by an update, which is no drift', async () => {
    const ready = await readyToEnroll();
    await provision(ready);
    await ready.catalog.send(update('update-1', { ManagedOrganizationalUnit: 'Prod (ou-ab12-prod0001)' }));
    expect((await productNamed(ready, 'retail.shop-1'))?.Status).toBe('UNDER_CHANGE');
    await expect(ready.catalog.send(update('update-2'))).rejects.toThrow('is under change');
    ready.clock.advance(900);
    expect(ready.organization.state.accounts.get(ready.accountId)?.parentId).toBe('ou-ab12-prod0001');
    expect(accountsInDrift(ready.organization.state)).toEqual([]);

    const move = { AccountId: ready.accountId, SourceParentId: 'ou-ab12-prod0001', DestinationParentId: DEV };
    await ready.organizations.send(new MoveAccountCommand(move));
    expect(accountsInDrift(ready.organization.state)).toEqual([ready.accountId]);
  });

  it('is mended by an update after a failure', async () => {
    const problems = ['AWS Control Tower stumbled.'];
    const ready = await readyToEnroll({ faults: { accountFactory: () => problems.shift() } });
    expect((await provision(ready)).Status).toBe('FAILED');
    await ready.catalog.send(update('update-1'));
    ready.clock.advance(900);
    expect((await productNamed(ready, 'retail.shop-1'))?.Status).toBe('AVAILABLE');
    expect(ready.organization.state.accounts.get(ready.accountId)?.parentId).toBe(DEV);
  });

  it('keeps its e-mail', async () => {
    const ready = await readyToEnroll();
    await provision(ready);
    const command = new UpdateProvisionedProductCommand({
      ProvisionedProductName: 'retail.shop-1',
      UpdateToken: 'update-1',
      ProvisioningParameters: [{ Key: 'AccountEmail', Value: 'aws+other@corp.example' }],
    });
    await expect(ready.catalog.send(command)).rejects.toThrow('AccountEmail cannot be changed');
  });

  it('is gone after termination, and its account from Control Tower; with the role it can be enrolled again', async () => {
    const ready = await readyToEnroll();
    await provision(ready);
    const command = new TerminateProvisionedProductCommand({
      ProvisionedProductName: 'retail.shop-1',
      TerminateToken: 'end-1',
    });
    const { RecordDetail } = await ready.catalog.send(command);
    expect((await ready.catalog.send(command)).RecordDetail?.RecordId).toBe(RecordDetail?.RecordId);
    expect(await productNamed(ready, 'retail.shop-1')).toMatchObject({
      LastProvisioningRecordId: RecordDetail?.RecordId,
    });
    ready.clock.advance(600);
    expect(await recordOf(ready, RecordDetail)).toMatchObject({
      Status: 'SUCCEEDED',
      RecordType: 'TERMINATE_PROVISIONED_PRODUCT',
    });
    expect(await outcomeOf(productNamed(ready, 'retail.shop-1'))).toBe('ResourceNotFoundException');
    expect(await outcomeOf(ready.catalog.send(command))).toBe('ResourceNotFoundException');
    expect(ready.organization.state.accounts.get(ready.accountId)).toMatchObject({ state: 'ACTIVE', parentId: ROOT });

    await makeExecutionRole(ready, ready.accountId);
    ready.clock.advance(30);
    const again = await provision(ready, { ProvisionedProductName: 'retail.shop-2', ProvisionToken: 'token-2' });
    expect(again.Status).toBe('SUCCEEDED');
  });

  it.each([
    ['name:retail.shop-1', 1],
    ['idempotencyToken:token-1', 1],
    ['status:AVAILABLE', 1],
    ['status:TAINTED', 0],
    ['productName:"AWS Control Tower Account Factory"', 1],
    [PRODUCT, 1],
    ['token-1', 1],
    ['"AWS Control Tower Account Factory"', 1],
    ['anything', 0],
  ])('is searched by %s', async (query, count) => {
    const ready = await readyToEnroll();
    await provision(ready);
    const search = new SearchProvisionedProductsCommand({ Filters: { SearchQuery: [query] } });
    expect(await ready.catalog.send(search)).toMatchObject({ TotalResultsCount: count });
  });

  it('is found by its account, and not by a query that is none', async () => {
    const ready = await readyToEnroll();
    await provision(ready);
    const search = (query: string) =>
      ready.catalog.send(new SearchProvisionedProductsCommand({ Filters: { SearchQuery: [query] } }));
    expect((await search(`physicalId:${ready.accountId}`)).ProvisionedProducts).toMatchObject([
      { Name: 'retail.shop-1', PhysicalId: ready.accountId, Type: 'CONTROL_TOWER_ACCOUNT', UserArn: ENROLLING_ROLE },
    ]);
    expect(await outcomeOf(search('colour:blue'))).toBe('InvalidParametersException');
    expect(await outcomeOf(search(''))).toBe('InvalidParametersException');
  });

  it('shows its history to the session that made it, newest first, and to others only when they ask for all', async () => {
    const ready = await readyToEnroll();
    await provision(ready);
    await ready.catalog.send(update('update-1'));
    const types = async (catalog: ServiceCatalogClient, Key?: 'Account' | 'Role') => {
      const filter = Key === undefined ? {} : { AccessLevelFilter: { Key, Value: 'self' } };
      const { RecordDetails = [] } = await catalog.send(new ListRecordHistoryCommand(filter));
      return RecordDetails.map(({ RecordType }) => RecordType);
    };
    expect(await types(ready.catalog)).toEqual(['UPDATE_PROVISIONED_PRODUCT', 'PROVISION_PRODUCT']);
    const other = new ServiceCatalogClient({ ...ready.settings(administrator(MANAGEMENT)), region: 'eu-central-1' });
    expect(await types(other)).toEqual([]);
    expect(await types(other, 'Role')).toEqual([]);
    expect(await types(other, 'Account')).toHaveLength(2);
  });
});
