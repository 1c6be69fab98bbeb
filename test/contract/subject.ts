import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  DescribeCreateAccountStatusCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { seededRandom } from '../../sandbox/organization/draw';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import { awsLatencies } from '../../sandbox/organization/latencies';
import { Organization } from '../../sandbox/organization/organization';
import type { OrganizationSeed } from '../../sandbox/organization/organization-seed';
import { HandClock } from '../sandbox/organization/organization-under-test';
import type { MotoServer } from './moto-server';

/** moto's own account id, so the model takes it as its management account. */
const MANAGEMENT = '123456789012';
const OUTSIDER = '999999999999';

/** The same small organization in either: the management account, one OU, one member in the root. */
export interface Subject {
  readonly organizations: OrganizationsClient;
  /** Of an account that is in no organization. */
  readonly outsider: OrganizationsClient;
  readonly sts: STSClient;
  readonly memberSts: STSClient;
  readonly memberIam: IAMClient;
  readonly memberConfig: ConfigServiceClient;
  readonly iam: IAMClient;
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;
  readonly identityStore: IdentitystoreClient;
  readonly ssoAdmin: SSOAdminClient;
  readonly identityStoreId: string;
  readonly instanceArn: string;
  readonly rootId: string;
  readonly unitId: string;
  readonly accountId: string;
  readonly requestId: string;
  /** Different for every case, for what one organization may have only once. */
  readonly unique: string;
  /** Lets pass the time that the model takes and moto does not. */
  readonly wait: () => void;
}

interface Transport {
  readonly region: string;
  readonly maxAttempts: number;
  readonly endpoint?: string;
  readonly requestHandler?: ReturnType<typeof inProcessRequestHandler>;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export async function motoSubject(moto: MotoServer): Promise<Omit<Subject, 'unique'>> {
  await moto.reset();
  const transport: Transport = { region: 'us-east-1', maxAttempts: 1, endpoint: moto.endpoint };
  const administrator = { accessKeyId: MANAGEMENT, secretAccessKey: 'any' };
  const organizations = new OrganizationsClient({ ...transport, credentials: administrator });
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const scp = { RootId: Roots?.[0]?.Id, PolicyType: 'SERVICE_CONTROL_POLICY' } as const;
  await organizations.send(new EnablePolicyTypeCommand(scp));
  const outsider = await credentialsOf(transport, administrator, `arn:aws:iam::${OUTSIDER}:role/any`);
  return provision(
    transport,
    administrator,
    new OrganizationsClient({ ...transport, credentials: outsider }),
    () => undefined,
  );
}

export function modelSubject(): Promise<Omit<Subject, 'unique'>> {
  const clock = new HandClock();
  const organization = new Organization({
    seed,
    clock,
    latencies: awsLatencies,
    random: seededRandom(1),
  });
  const requestHandler = inProcessRequestHandler(organization);
  const transport: Transport = { region: 'us-east-1', maxAttempts: 1, requestHandler };
  const administrator = { accessKeyId: MANAGEMENT, secretAccessKey: 'any' };
  const outsider = {
    ...transport,
    credentials: { ...administrator, accessKeyId: OUTSIDER },
    userAgentAppId: 'Outsider',
  };
  return provision(transport, administrator, new OrganizationsClient(outsider), () => {
    clock.advance(200);
  });
}

const seed: OrganizationSeed = {
  organizationId: 'o-contract01',
  rootId: 'r-ct01',
  managementAccountId: MANAGEMENT,
  automationAccountId: MANAGEMENT,
  meshcloudAccountId: OUTSIDER,
  organizationalUnits: [],
  accounts: [{ id: MANAGEMENT, name: 'master', email: 'master@example.com', parentId: 'r-ct01' }],
  // Stack sets need it; moto does not ask.
  serviceRoles: exampleOrganization()
    .serviceRoles.filter(({ name }) => name === 'AWSCloudFormationStackSetAdministrationRole')
    .map((role) => ({ ...role, accountId: MANAGEMENT })),
  identityCenter: {
    region: 'us-east-1',
    instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
    identityStoreId: 'd-1234567890',
    permissionSets: [],
    users: [],
  },
};

async function provision(
  transport: Transport,
  administrator: Credentials,
  outsider: OrganizationsClient,
  wait: () => void,
): Promise<Omit<Subject, 'unique'>> {
  const settings = { ...transport, credentials: administrator };
  const organizations = new OrganizationsClient(settings);
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const rootId = Roots?.[0]?.Id ?? '';
  const unit = await organizations.send(new CreateOrganizationalUnitCommand({ ParentId: rootId, Name: 'Dev' }));
  const member = { Email: 'member@example.com', AccountName: 'member', Tags: [{ Key: 'project', Value: 'shop' }] };
  const accepted = await organizations.send(new CreateAccountCommand(member));
  const requestId = accepted.CreateAccountStatus?.Id ?? '';
  wait();
  const status = await organizations.send(
    new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: requestId }),
  );
  const accountId = status.CreateAccountStatus?.AccountId ?? '';
  const accessRole = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
  const memberSettings = { ...transport, credentials: await credentialsOf(transport, administrator, accessRole) };
  const memberIam = new IAMClient(memberSettings);
  await makeExecutionRole(memberIam);
  wait();
  return {
    organizations,
    outsider,
    rootId,
    accountId,
    requestId,
    memberIam,
    wait,
    sts: new STSClient(settings),
    memberSts: new STSClient(memberSettings),
    memberConfig: new ConfigServiceClient(memberSettings),
    iam: new IAMClient(settings),
    cloudFormation: new CloudFormationClient(settings),
    lambda: new LambdaClient(settings),
    identityStore: new IdentitystoreClient(settings),
    ...(await identityCenterOf(new SSOAdminClient(settings))),
    unitId: unit.OrganizationalUnit?.Id ?? '',
  };
}

async function identityCenterOf(
  ssoAdmin: SSOAdminClient,
): Promise<Pick<Subject, 'ssoAdmin' | 'identityStoreId' | 'instanceArn'>> {
  const { Instances = [] } = await ssoAdmin.send(new ListInstancesCommand({}));
  const [{ IdentityStoreId = '', InstanceArn = '' } = {}] = Instances;
  return { ssoAdmin, identityStoreId: IdentityStoreId, instanceArn: InstanceArn };
}

/** For stack sets of the management account; with an inline policy, since moto does not always know managed ones. */
async function makeExecutionRole(iam: IAMClient): Promise<void> {
  const RoleName = 'AWSCloudFormationStackSetExecutionRole';
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` }, Action: 'sts:AssumeRole' };
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }));
  const PolicyDocument = document({ Effect: 'Allow', Action: '*', Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'everything', PolicyDocument }));
}

async function credentialsOf(transport: Transport, credentials: Credentials, RoleArn: string): Promise<Credentials> {
  const sts = new STSClient({ ...transport, credentials });
  const { Credentials: made } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'contract' }));
  return {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  };
}
