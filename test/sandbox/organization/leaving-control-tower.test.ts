import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  DescribeRecordCommand,
  ProvisionProductCommand,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
  UpdateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import type { ServiceEvent } from '../../../sandbox/organization/event-listener';
import { seededRandom } from '../../../sandbox/organization/draw';
import { addOperation } from '../../../sandbox/organization/services/control-tower/enabled-baselines';
import { plantProduct } from '../../../sandbox/organization/services/service-catalog/plant-product';
import {
  administrator,
  DEV,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  outcomeOf,
  ROOT,
  type UnderTest,
} from './organization-under-test';

const ROLE = 'AWSControlTowerExecution';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` }, Action: 'sts:AssumeRole' }],
});

const catalogOf = ({ settings }: UnderTest) =>
  new ServiceCatalogClient({ ...settings(administrator(MANAGEMENT)), region: 'eu-central-1' });

function makeRole({ settings }: UnderTest, accountId: string): Promise<unknown> {
  const iam = new IAMClient(settings(administrator(accountId)));
  return iam.send(new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument: trust }));
}

async function readyAccount(test: UnderTest, number = 1): Promise<string> {
  const accountId = await openAccount(test, { Email: `aws+${number}@corp.example`, AccountName: `shop-${number}` });
  await makeRole(test, accountId);
  const iam = new IAMClient(test.settings(administrator(accountId)));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachRolePolicyCommand({ RoleName: ROLE, PolicyArn }));
  test.clock.advance(30);
  return accountId;
}

async function provision(test: UnderTest, number = 1, attempt = 1): Promise<string> {
  const values = {
    AccountEmail: `aws+${number}@corp.example`,
    AccountName: `shop-${number}`,
    ManagedOrganizationalUnit: `Dev (${DEV})`,
    SSOUserEmail: 'cloud@corp.example',
    SSOUserFirstName: 'Cloud',
    SSOUserLastName: 'Foundation',
  };
  const name = `shop-${number}-${attempt}`;
  const { RecordDetail } = await catalogOf(test).send(
    new ProvisionProductCommand({
      ProductId: 'prod-abcd1234',
      ProvisioningArtifactId: 'pa-current00001',
      ProvisionedProductName: name,
      ProvisionToken: name,
      ProvisioningParameters: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  test.clock.advance(1800);
  return ended(test, RecordDetail?.RecordId);
}

async function ended(test: UnderTest, Id: string | undefined): Promise<string> {
  const { RecordDetail = {} } = await catalogOf(test).send(new DescribeRecordCommand({ Id }));
  return [RecordDetail.Status, ...(RecordDetail.RecordErrors ?? []).map(({ Description }) => Description)].join(': ');
}

const terminate = (test: UnderTest, name: string) =>
  catalogOf(test).send(
    new TerminateProvisionedProductCommand({ ProvisionedProductName: name, TerminateToken: `end-${name}` }),
  );

const placeOf = ({ organization: { state } }: UnderTest, accountId: string) => {
  const account = state.accounts.get(accountId);
  return { in: account?.parentId, role: account?.roles.has(ROLE), governed: state.inheritedBaselines.has(accountId) };
};

const GONE = { in: ROOT, role: false, governed: false };

describe('the product of a closed account', () => {
  it('cannot be terminated as long as AWS keeps the account', async () => {
    const test = organizationUnderTest();
    const accountId = await readyAccount(test);
    await provision(test);
    const { accounts, accountFactory } = test.organization.state;
    const account = accounts.get(accountId);
    if (account !== undefined) account.state = 'CLOSED';
    const { RecordDetail } = await terminate(test, 'shop-1-1');
    test.clock.advance(600);
    expect(await ended(test, RecordDetail?.RecordId)).toContain('FAILED: AWSControlTowerExecution role');
    expect([...(accountFactory?.provisionedProducts.values() ?? [])]).toMatchObject([{ status: 'TAINTED' }]);
    accounts.delete(accountId);
    const name = { ProvisionedProductName: 'shop-1-1', TerminateToken: 'after-90-days' };
    const { RecordDetail: later } = await catalogOf(test).send(new TerminateProvisionedProductCommand(name));
    test.clock.advance(600);
    expect(await ended(test, later?.RecordId)).toBe('SUCCEEDED');
    expect(accountFactory?.provisionedProducts.size).toBe(0);
  });
});

describe('terminating a product of the Account Factory', () => {
  it('takes an enrolled account to the root, without the role that somebody else had made', async () => {
    const test = organizationUnderTest();
    const accountId = await readyAccount(test);
    expect(await provision(test)).toBe('SUCCEEDED');
    expect(placeOf(test, accountId)).toEqual({ in: DEV, role: true, governed: true });

    await terminate(test, 'shop-1-1');
    test.clock.advance(600);
    expect(placeOf(test, accountId)).toEqual(GONE);
  });

  it('takes out an enrolled account although the product never succeeded', async () => {
    const test = organizationUnderTest();
    const accountId = await readyAccount(test);
    await provision(test);
    plantProduct(test.organization.state, {
      id: 'pp-stale',
      name: 'stale',
      accountId,
      status: 'TAINTED',
      hasSucceeded: false,
      createdAt: 0,
    });

    await terminate(test, 'stale');
    test.clock.advance(600);
    expect(placeOf(test, accountId)).toEqual(GONE);
  });

  it('leaves an account whose enrollment never succeeded where it is, or takes it out; the role may be refused once', async () => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 20; seed += 1) {
      const test = organizationUnderTest({
        random: seededRandom(seed),
        faults: { accountFactory: () => 'AWS Control Tower stumbled.' },
      });
      const accountId = await readyAccount(test);
      const account = test.organization.state.accounts.get(accountId);
      if (account !== undefined) account.parentId = DEV;
      await provision(test);
      await terminate(test, 'shop-1-1');
      test.clock.advance(600);
      const place = placeOf(test, accountId);
      if (account !== undefined) account.parentId = ROOT;
      const first = place.role === true ? 'not asked' : await outcomeOf(makeRole(test, accountId));
      const second = first === 'AccessDenied' ? await outcomeOf(makeRole(test, accountId)) : 'not asked';
      outcomes.add(JSON.stringify([place, first, second]));
    }
    expect([...outcomes].toSorted()).toEqual(
      [
        [GONE, 'ok', 'not asked'],
        [GONE, 'AccessDenied', 'ok'],
        [{ in: DEV, role: true, governed: false }, 'not asked', 'not asked'],
      ]
        .map((outcome) => JSON.stringify(outcome))
        .toSorted(),
    );
  });

  it('is done for one account at a time: a second one is refused, or accepted and failed', async () => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 12; seed += 1) {
      const test = organizationUnderTest({ random: seededRandom(seed) });
      for (const number of [1, 2]) {
        await readyAccount(test, number);
        await provision(test, number);
      }
      await terminate(test, 'shop-1-1');
      const second = terminate(test, 'shop-2-1');
      const refusal = await outcomeOf(second);
      test.clock.advance(60);
      outcomes.add(refusal === 'ok' ? await ended(test, (await second).RecordDetail?.RecordId) : refusal);
    }
    expect([...outcomes].toSorted()).toEqual([
      expect.stringContaining('another AWS Control Tower operation is in progress') as string,
      'ResourceInUseException',
    ]);
  });
});

describe('the Account Factory', () => {
  it('does not enroll again what is enrolled without a product', async () => {
    const test = organizationUnderTest();
    const accountId = await readyAccount(test);
    await provision(test);
    test.organization.state.accountFactory?.provisionedProducts.clear();

    expect(await provision(test, 1, 2)).toContain('is already enrolled');
    expect(placeOf(test, accountId)).toEqual({ in: DEV, role: true, governed: true });
  });

  it('does nothing while an operation of the landing zone is in progress', async () => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 12; seed += 1) {
      const test = organizationUnderTest({ random: seededRandom(seed) });
      await readyAccount(test);
      addOperation(test.organization.state, { type: 'RESET_ENABLED_BASELINE', targetId: DEV, startedAt: 0 });
      outcomes.add(await provision(test).catch((error: unknown) => (error instanceof Error ? error.name : '')));
    }
    expect([...outcomes].toSorted()).toEqual([
      expect.stringContaining('another AWS Control Tower operation is in progress') as string,
      'ResourceInUseException',
    ]);
  });
});

describe('the event with which Control Tower ends', () => {
  const namesTold = (told: readonly ServiceEvent[]): readonly unknown[] =>
    told
      .filter(({ source }) => source === 'aws.controltower')
      .map(({ detail }) => [detail['eventName'], JSON.stringify(detail['serviceEventDetails']).includes('SUCCEEDED')]);

  // controltower/userguide/lifecycle-events: when one updates the product after an error, the account is there already,
  // so that the end is told as UpdateManagedAccount. No call of AWS shows it.
  it('is that of an update once a first enrollment has failed, and that of a creation at first', async () => {
    const told: ServiceEvent[] = [];
    const test = organizationUnderTest({
      faults: {
        accountFactory: ({ recordType }) =>
          recordType === 'PROVISION_PRODUCT' ? 'AWS Control Tower stumbled.' : undefined,
      },
    });
    test.organization.listen({ planned: () => undefined, told: (event) => told.push(event) });
    await readyAccount(test);
    expect(await provision(test)).toContain('FAILED');
    expect(namesTold(told)).toEqual([['CreateManagedAccount', false]]);

    const { RecordDetail } = await catalogOf(test).send(
      new UpdateProvisionedProductCommand({ ProvisionedProductName: 'shop-1-1', UpdateToken: 'again' }),
    );
    test.clock.advance(1800);
    expect(await ended(test, RecordDetail?.RecordId)).toBe('SUCCEEDED');
    expect(namesTold(told)).toEqual([
      ['CreateManagedAccount', false],
      ['UpdateManagedAccount', true],
    ]);
  });
});
