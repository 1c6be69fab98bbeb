import { CloudFormationClient, CreateStackInstancesCommand } from '@aws-sdk/client-cloudformation';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateAccountAliasCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { MoveAccountCommand } from '@aws-sdk/client-organizations';
import { ProvisionProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { RECALL_FUNCTION } from '../../../sandbox/organization/example-organization';
import { readOrganization } from '../../../sandbox/organization/independent-reader';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import type { ListHabits } from '../../../sandbox/organization/lists/list-habits';
import {
  ACCESS_ROLE,
  administrator,
  assumeAccessRole,
  AUTOMATION,
  DEV,
  iamOf,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  ROOT,
} from './organization-under-test';

const where = { region: 'eu-central-1', managementAccountId: MANAGEMENT, automationAccountId: AUTOMATION };

const lists: ListHabits = () => ({ seed: 1, emptyFirst: true, pages: 3 });

describe('readOrganization', () => {
  it('reads accounts with everything that hangs on them', async () => {
    const test = organizationUnderTest({ lists });
    const accountId = await openAccount(test, { Tags: [{ Key: 'meshstack_project', Value: 'shop' }] });
    const iam = iamOf(test, await assumeAccessRole(test, accountId));
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
    await iam.send(
      new PutRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyName: 'own', PolicyDocument: JSON.stringify(document) }),
    );
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'corp-shop' }));
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'Guard', PolicyDocument: JSON.stringify(document) }),
    );
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: ACCESS_ROLE, PermissionsBoundary: Policy?.Arn }));
    await test.organizations.send(
      new MoveAccountCommand({ AccountId: accountId, SourceParentId: ROOT, DestinationParentId: DEV }),
    );

    const requestHandler = inProcessRequestHandler(test.organization);
    const [reading, ...others] = await readOrganization({ ...where, requestHandler, accountIds: [accountId] });
    expect(others).toEqual([]);
    expect(reading).toMatchObject({
      id: accountId,
      name: 'retail.shop',
      email: 'aws+shop@corp.example',
      ouId: DEV,
      tags: { meshstack_project: 'shop' },
      alias: 'corp-shop',
      stackInstances: [],
      provisionedProduct: null,
      landingZonePayloads: [],
    });
    expect(reading?.roles.find(({ name }) => name === ACCESS_ROLE)).toEqual({
      name: ACCESS_ROLE,
      path: '/',
      trust: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` }, Action: 'sts:AssumeRole' },
        ],
      },
      attachedPolicies: [{ name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
      inlinePolicies: [{ name: 'own', document }],
      permissionsBoundary: { arn: Policy?.Arn, document },
    });
  });

  it('reads all accounts where none is named', async () => {
    const test = organizationUnderTest({ lists });
    const readings = await readOrganization({ ...where, requestHandler: inProcessRequestHandler(test.organization) });
    const inOrder = readings.toSorted((one, other) => one.name.localeCompare(other.name));
    expect(inOrder.map(({ name, ouId, alias }) => ({ name, ouId, alias }))).toEqual([
      { name: 'automation', ouId: 'ou-ab12-infra001', alias: null },
      { name: 'management', ouId: ROOT, alias: null },
      { name: 'meshcloud', ouId: 'ou-ab12-infra001', alias: null },
    ]);
  });

  it('reads what provisioning an account has left', async () => {
    const test = organizationUnderTest({ lists });
    const accountId = await openAccount(test);
    const settings = (id: string) => ({ ...test.settings(administrator(id)), region: where.region });
    const iam = new IAMClient(settings(accountId));
    await makeRole(iam, 'AWSControlTowerExecution', MANAGEMENT);
    await makeRole(iam, 'AWSCloudFormationStackSetExecutionRole', AUTOMATION);
    test.clock.advance(30);
    await new ServiceCatalogClient(settings(MANAGEMENT)).send(new ProvisionProductCommand(enrollment));
    test.clock.advance(1800);
    const ParameterOverrides = [{ ParameterKey: 'AccountName', ParameterValue: 'retail.shop' }];
    const instance = { StackSetName: 'baseline', Accounts: [accountId], Regions: ['eu-west-1'], ParameterOverrides };
    await new CloudFormationClient(settings(AUTOMATION)).send(new CreateStackInstancesCommand(instance));
    test.clock.advance(180);
    const Payload = Buffer.from(JSON.stringify({ AccountId: accountId, Stage: 'shop' }));
    await new LambdaClient(settings(AUTOMATION)).send(new InvokeCommand({ FunctionName: 'landing-zone', Payload }));

    const requestHandler = inProcessRequestHandler(test.organization);
    const reader = { ...where, requestHandler, accountIds: [accountId], recallFunction: RECALL_FUNCTION };
    const [reading] = await readOrganization(reader);
    expect(reading).toMatchObject({
      ouId: DEV,
      stackInstances: [
        {
          stackSet: 'baseline',
          region: 'eu-west-1',
          status: 'CURRENT',
          detailedStatus: 'SUCCEEDED',
          reason: null,
          parameters: { AccountName: 'retail.shop' },
        },
      ],
      provisionedProduct: {
        name: 'retail.shop-1',
        status: 'AVAILABLE',
        productId: 'prod-abcd1234',
        provisioningArtifactId: 'pa-current00001',
      },
      landingZonePayloads: [{ AccountId: accountId, Stage: 'shop' }],
    });
  });
});

const enrollment = {
  ProductId: 'prod-abcd1234',
  ProvisioningArtifactId: 'pa-current00001',
  ProvisionedProductName: 'retail.shop-1',
  ProvisionToken: 'token-1',
  ProvisioningParameters: Object.entries({
    AccountEmail: 'aws+shop@corp.example',
    AccountName: 'retail.shop',
    ManagedOrganizationalUnit: `Dev (${DEV})`,
    SSOUserEmail: 'cloud@corp.example',
    SSOUserFirstName: 'Cloud',
    SSOUserLastName: 'Foundation',
  }).map(([Key, Value]) => ({ Key, Value })),
};

async function makeRole(iam: IAMClient, RoleName: string, trusted: string) {
  const statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${trusted}:root` }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
}
