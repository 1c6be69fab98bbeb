import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { CloudFormationClient, CreateStackInstancesCommand } from '@aws-sdk/client-cloudformation';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { MoveAccountCommand } from '@aws-sdk/client-organizations';
import { ProvisionProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { serveOrganization } from '../../sandbox/organization/http-server';
import { allServices } from '../../sandbox/organization/services/all-services';
import { ensurePythonEnvironment } from '../../sandbox/runtime-plane/python-environment';
import {
  administrator,
  AUTOMATION,
  DEV,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  ROOT,
} from '../sandbox/organization/organization-under-test';
import { botocoreReadings } from './botocore-readings';
import type { Ground, Reading } from './reading';
import { accountFactoryParameters } from './furnishing-readings';
import { importedOperations, operationsOf } from './imported-operations';

interface Seen {
  readonly answer?: unknown;
  readonly error?: string;
  readonly status?: number;
}

/** Every reading's call, and after it the one that is refused. */
function callsOf(readings: readonly Reading[], ground: Ground): readonly object[] {
  const accounts = { management: ground.management, automation: AUTOMATION, member: ground.member };
  return readings.flatMap(({ operation, account = 'management', input, refused }) => {
    const [service, name] = operation.split(':');
    const call = { service, operation: name, region: 'eu-central-1', accessKeyId: accounts[account] };
    return [
      { ...call, input },
      { ...call, input: refused.input, accessKeyId: refused.accessKeyId ?? accounts[account] },
    ];
  });
}

async function readWithBotocore(endpoint: string, calls: readonly object[]): Promise<readonly Seen[]> {
  const { python } = await ensurePythonEnvironment();
  const child = spawn(python, [path.join(projectRoot, 'test/contract/read_with_botocore.py')], {
    env: isolatedEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ endpoint, calls }));
  return JSON.parse(await text(child.stdout)) as readonly Seen[];
}

async function openGround(): Promise<{
  readonly ground: Ground;
  readonly test: ReturnType<typeof organizationUnderTest>;
}> {
  const seed = exampleOrganization();
  const open = {
    accountId: MANAGEMENT,
    name: 'Open',
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    },
  };
  const test = organizationUnderTest({ seed: { ...seed, serviceRoles: [...seed.serviceRoles, open] } });
  const member = await openAccount(test);
  const [requestId = ''] = test.organization.state.creations.keys();
  await furnish(test, member);
  const [product] = test.organization.state.accountFactory?.provisionedProducts.values() ?? [];
  const { id: provisionedProductId = '', lastRecordId: recordId = '' } = product ?? {};
  // Where the readings find the member; enrolling it has moved it.
  const back = { AccountId: member, SourceParentId: DEV, DestinationParentId: ROOT };
  await test.organizations.send(new MoveAccountCommand(back));
  const ground = { management: MANAGEMENT, member, root: ROOT, unit: DEV, requestId, provisionedProductId, recordId };
  return { test, ground };
}

/** The member enrolled and with an instance of `baseline`, and a spare product to terminate. */
async function furnish({ settings, clock }: ReturnType<typeof organizationUnderTest>, member: string): Promise<void> {
  const at = (id: string) => ({ ...settings(administrator(id)), region: 'eu-central-1' });
  const iam = new IAMClient(at(member));
  const roles = { AWSControlTowerExecution: MANAGEMENT, AWSCloudFormationStackSetExecutionRole: AUTOMATION };
  for (const [RoleName, trusted] of Object.entries(roles)) {
    const statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${trusted}:root` }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  }
  clock.advance(30);
  const product = { ProductId: 'prod-abcd1234', ProvisioningArtifactId: 'pa-current00001' };
  const catalog = new ServiceCatalogClient(at(MANAGEMENT));
  const products = [
    ['retail.shop-1', 'aws+shop@corp.example', `Dev (${DEV})`],
    ['spare', 'aws+spare@corp.example', 'Prod'],
  ] as const;
  for (const [ProvisionedProductName, email, unit] of products) {
    const ProvisioningParameters = [...accountFactoryParameters(email, unit)];
    const named = { ProvisionedProductName, ProvisionToken: ProvisionedProductName.replace('.', '-') };
    await catalog.send(new ProvisionProductCommand({ ...product, ...named, ProvisioningParameters }));
    clock.advance(1800);
  }
  const ParameterOverrides = [{ ParameterKey: 'AccountName', ParameterValue: 'retail.shop' }];
  const instance = { StackSetName: 'baseline', Accounts: [member], Regions: ['eu-central-1'], ParameterOverrides };
  await new CloudFormationClient(at(AUTOMATION)).send(new CreateStackInstancesCommand(instance));
  clock.advance(180);
}

describe('botocore', () => {
  const seen = new Map<string, readonly [Seen, Seen]>();
  const placeholders = botocoreReadings({
    ...{ management: '', member: '', root: '', unit: '', requestId: '' },
    ...{ provisionedProductId: '', recordId: '' },
  });
  let expected: readonly Reading[] = [];

  beforeAll(async () => {
    const { test, ground } = await openGround();
    const server = await serveOrganization(test.organization);
    expected = botocoreReadings(ground);
    try {
      const results = await readWithBotocore(server.endpoint, callsOf(expected, ground));
      expected.forEach(({ operation }, n) => seen.set(operation, [results[2 * n] ?? {}, results[2 * n + 1] ?? {}]));
    } finally {
      await server.close();
    }
  }, 180_000);

  it.each(placeholders.map(({ operation }) => operation))('reads an answer and an error of %s', (operation) => {
    const reading = expected.find((one) => one.operation === operation);
    const [answered, refused] = seen.get(operation) ?? [];
    expect(answered).toMatchObject({ answer: reading?.answer });
    expect(refused).toEqual({ error: reading?.refused.error, status: reading?.refused.status });
  });

  it('reads every operation of the model', () => {
    const modelled = allServices.flatMap(({ signingName, operations }) =>
      [...operations.keys()].map((name) => `${signingName}:${name}`),
    );
    expect(placeholders.map(({ operation }) => operation).sort()).toEqual(modelled.sort());
  });

  it('reads every operation that the functions import', () => {
    const imported = importedOperations(path.join(projectRoot, 'functions/aws'));
    expect(imported.length).toBeGreaterThan(10);
    expect(placeholders.map(({ operation }) => operation)).toEqual(expect.arrayContaining([...imported]));
  });
});

describe('the list of imported operations', () => {
  it('knows commands and paginators, and no other service', () => {
    const source = `
      import { type Account, DescribeAccountCommand, OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
      import { SendMessageCommand } from '@aws-sdk/client-sqs';`;
    expect(operationsOf(source)).toEqual(['organizations:DescribeAccount', 'organizations:ListAccounts']);
  });
});
