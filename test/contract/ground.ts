import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackInstancesCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { InviteAccountToOrganizationCommand, MoveAccountCommand } from '@aws-sdk/client-organizations';
import { ProvisionProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import {
  CreateAccountAssignmentCommand,
  type CreateAccountAssignmentCommandInput,
  DeleteAccountAssignmentCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { awsLatencies } from '../../sandbox/organization/latencies';
import {
  administrator,
  AUTOMATION,
  DEV,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  ROOT,
} from '../sandbox/organization/organization-under-test';
import { buildsInSeed, callCodeBuild, startOf } from '../sandbox/organization/call-codebuild';
import { accountFactoryParameters } from './provisioning-readings';
import type { AccessGround, Ground, Reading } from './reading';
import { changeSetOf } from './stack-readings';

/** Has been invited, and has not answered. */
const ACQUIRED = '777777777777';

/** botocore's own names, where they are not those that requests are signed with. */
const botocoreNames: Readonly<Record<string, string>> = { sso: 'sso-admin', servicequotas: 'service-quotas' };

/** Every reading's call, and after it the one that is refused. */
export function callsOf(readings: readonly Reading[], ground: Ground): readonly object[] {
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

/** An organization in which every reading can be made. */
export async function openGround(): Promise<{
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
      ...buildsInSeed,
      controlTower: { ...seed.controlTower, updatedAt: '2026-11-23T10:00:00Z' },
      serviceRoles: [...seed.serviceRoles, open],
      standaloneAccounts: [
        ...(seed.standaloneAccounts ?? []),
        { id: ACQUIRED, name: 'bought', email: 'aws+bought@corp.example' },
      ],
    },
    // An operation on a unit without accounts is over at once: one comes after the other.
    latencies: { ...awsLatencies, enrollmentUpdate: [0, 0] },
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
  await callCodeBuild(test.organization, 'StartBuild', startOf());
  const [buildId = ''] = test.organization.state.builds.keys();
  return { test, ground: { ...known, provisionedProductId, recordId, buildId, access } };
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
    InstanceArn: center.instanceArn,
    PermissionSetArn,
    TargetId: member,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId: userId,
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
