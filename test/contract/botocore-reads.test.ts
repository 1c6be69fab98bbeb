import path from 'node:path';

import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackInstancesCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { InviteAccountToOrganizationCommand, MoveAccountCommand } from '@aws-sdk/client-organizations';
import { ProvisionProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { projectRoot } from '../../sandbox/environment';
import {
  CreateAccountAssignmentCommand,
  type CreateAccountAssignmentCommandInput,
  DeleteAccountAssignmentCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { serveOrganization } from '../../sandbox/organization/http-server';
import { allServices } from '../../sandbox/organization/services/all-services';
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
import type { AccessGround, Ground, Reading } from './reading';
import { accountFactoryParameters } from './provisioning-readings';
import { importedOperations, operationsOf } from './imported-operations';
import { changeSetOf } from './stack-readings';
import { readWithBotocore, type Seen } from './read-with-botocore';

/** Has been invited, and has not answered. */
const ACQUIRED = '777777777777';

/** botocore's own names, where they are not those that requests are signed with. */
const botocoreNames: Readonly<Record<string, string>> = { sso: 'sso-admin', servicequotas: 'service-quotas' };

/** Every reading's call, and after it the one that is refused. */
function callsOf(readings: readonly Reading[], ground: Ground): readonly object[] {
  const accounts = { management: ground.management, automation: AUTOMATION, member: ground.member, acquired: ACQUIRED };
  return readings.flatMap(({ operation, account = 'management', region = 'eu-central-1', input, refused }) => {
    const [signingName = '', name] = operation.split(':');
    const service = botocoreNames[signingName] ?? signingName;
    const call = { service, operation: name, region, accessKeyId: accounts[account] };
    return [
      { ...call, input },
      { ...call, input: refused.input, accessKeyId: refused.accessKeyId ?? accounts[account] },
    ];
  });
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
  const test = organizationUnderTest({
    seed: {
      ...seed,
      serviceRoles: [...seed.serviceRoles, open],
      standaloneAccounts: [
        ...(seed.standaloneAccounts ?? []),
        { id: ACQUIRED, name: 'bought', email: 'aws+bought@corp.example' },
      ],
    },
  });
  const member = await openAccount(test);
  const [requestId = ''] = test.organization.state.creations.keys();
  await provision(test, member);
  const [product] = test.organization.state.accountFactory?.provisionedProducts.values() ?? [];
  const { id: provisionedProductId = '', lastRecordId: recordId = '' } = product ?? {};
  // Where the readings find the member; enrolling it has moved it.
  const back = { AccountId: member, SourceParentId: DEV, DestinationParentId: ROOT };
  await test.organizations.send(new MoveAccountCommand(back));
  const access = await grant(test, member);
  const invitation = new InviteAccountToOrganizationCommand({ Target: { Id: ACQUIRED, Type: 'ACCOUNT' } });
  const { Handshake } = await test.organizations.send(invitation);
  const known = { management: MANAGEMENT, member, root: ROOT, unit: DEV, requestId, invitationId: Handshake?.Id ?? '' };
  return { test, ground: { ...known, provisionedProductId, recordId, access } };
}

/** The member enrolled and with an instance of `baseline`, a spare product to terminate, and two stacks. */
async function provision({ settings, clock }: ReturnType<typeof organizationUnderTest>, member: string): Promise<void> {
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
  const cloudFormation = new CloudFormationClient(at(AUTOMATION));
  await cloudFormation.send(new CreateStackInstancesCommand(instance));
  await Promise.all(
    ['Complete', 'Ready'].map((name) => cloudFormation.send(new CreateChangeSetCommand(changeSetOf(name)))),
  );
  clock.advance(10);
  const complete = { StackName: 'Complete', ChangeSetName: 'first' };
  await cloudFormation.send(new ExecuteChangeSetCommand(complete));
  clock.advance(180);
}

/** An assignment of the first user that stays, and one that is taken away again. */
async function grant(
  { settings, clock, organization }: ReturnType<typeof organizationUnderTest>,
  member: string,
): Promise<AccessGround> {
  const center = organization.state.identityCenter;
  if (center === null) throw new Error('The seed has no Identity Center.');
  const first = (ids: Iterable<string>): string => [...ids][0] ?? '';
  const userId = first(center.users.keys());
  const client = new SSOAdminClient({ ...settings(administrator(MANAGEMENT)), region: 'eu-central-1' });
  const assignment = (PermissionSetArn: string | undefined): CreateAccountAssignmentCommandInput => ({
    ...{ InstanceArn: center.instanceArn, PermissionSetArn, TargetId: member, TargetType: 'AWS_ACCOUNT' },
    ...{ PrincipalType: 'USER', PrincipalId: userId },
  });
  const [kept, passing] = [...center.permissionSets.keys()].map(assignment);
  if (kept === undefined || passing === undefined) throw new Error('The seed has no two permission sets.');
  const created = await client.send(new CreateAccountAssignmentCommand(kept));
  await client.send(new CreateAccountAssignmentCommand(passing));
  clock.advance(60);
  const deleted = await client.send(new DeleteAccountAssignmentCommand(passing));
  clock.advance(60);
  return {
    userId,
    groupId: first(center.groups.keys()),
    membershipId: first(center.memberships.keys()),
    creationRequestId: created.AccountAssignmentCreationStatus?.RequestId ?? '',
    deletionRequestId: deleted.AccountAssignmentDeletionStatus?.RequestId ?? '',
  };
}

describe('botocore', () => {
  const seen = new Map<string, readonly [Seen, Seen]>();
  const placeholders = botocoreReadings({
    ...{ management: '', member: '', root: '', unit: '', requestId: '', invitationId: '' },
    ...{ provisionedProductId: '', recordId: '' },
    access: { userId: '', groupId: '', membershipId: '', creationRequestId: '', deletionRequestId: '' },
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
  });

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
    const imported = importedOperations(path.join(projectRoot, 'functions'));
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

  it('knows what our own client of Control Tower calls', () => {
    expect(importedOperations(path.join(projectRoot, 'functions'))).toEqual(
      expect.arrayContaining(['controltower:GetLandingZone', 'controltower:ListEnabledBaselines']),
    );
  });
});
