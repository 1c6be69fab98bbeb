import { CreateStackInstancesCommand, ListStackInstancesCommand } from '@aws-sdk/client-cloudformation';
import {
  AttachRolePolicyCommand,
  CreateAccountAliasCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateGroupCommand, CreateGroupMembershipCommand, GetUserIdCommand } from '@aws-sdk/client-identitystore';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  CreateAccountCommand,
  DescribeCreateAccountStatusCommand,
  ListParentsCommand,
  MoveAccountCommand,
  TagResourceCommand,
} from '@aws-sdk/client-organizations';
import { DescribeRecordCommand, ProvisionProductCommand } from '@aws-sdk/client-service-catalog';
import {
  CreateAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
} from '@aws-sdk/client-sso-admin';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

import type { VendingPlan } from '../../functions/domain/plan/plan';
import { namedUnitOf } from '../../functions/domain/run/step-context';
import type { PeerClients } from './peer-clients';

/** How an operation of AWS stands. */
export type Standing = 'at-work' | 'done' | 'failed';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ACCESS_ROLE = 'MeshstackAccountAccessRole';

/**
 * All calls that AWS needs for one account, without a poll more than needed: the work is that of
 * `vend-account.asl.json`, its times and its polls are the peer's. Each method makes its calls once and throws the
 * error of AWS.
 */
export class AccountWork {
  readonly #clients: PeerClients;
  readonly #plan: VendingPlan;
  #accountId = '';
  readonly #groupIds: string[] = [];
  #iamClient: IAMClient | null = null;

  constructor(clients: PeerClients, plan: VendingPlan) {
    this.#clients = clients;
    this.#plan = plan;
  }

  get email(): string {
    return this.#plan.account.email;
  }

  get isEnrolled(): boolean {
    return this.#plan.enrollment !== null;
  }

  get assignments(): number {
    return this.#plan.groups.length;
  }

  async createAccount(): Promise<string> {
    const { name, email, accessRole } = this.#plan.account;
    const { CreateAccountStatus } = await this.#clients.organizations.send(
      new CreateAccountCommand({ AccountName: name, Email: email, RoleName: accessRole }),
    );
    return CreateAccountStatus?.Id ?? '';
  }

  async checkCreation(requestId: string): Promise<Standing> {
    const { CreateAccountStatus } = await this.#clients.organizations.send(
      new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: requestId }),
    );
    this.#accountId = CreateAccountStatus?.AccountId ?? '';
    return statusOf(CreateAccountStatus?.State);
  }

  async checkAccess(): Promise<Standing> {
    try {
      await new STSClient(this.#clients.sessions.member(this.#accountId)).send(new GetCallerIdentityCommand({}));
      return 'done';
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('AccessDenied')) return 'at-work';
      throw error;
    }
  }

  /** The roles of stack sets and of Control Tower. */
  async openAccount(): Promise<void> {
    const roles = [
      [
        'AWSCloudFormationStackSetExecutionRole',
        'arn:aws:iam::333333333333:role/AWSCloudFormationStackSetAdministrationRole',
      ],
      ...(this.isEnrolled ? [['AWSControlTowerExecution', 'arn:aws:iam::222222222222:root']] : []),
    ] as const;
    for (const [RoleName = '', trusted] of roles) {
      const AssumeRolePolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: trusted }, Action: 'sts:AssumeRole' }],
      });
      await this.#iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
      await this.#iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
    }
  }

  async moveAccount(): Promise<void> {
    const { Parents = [] } = await this.#clients.organizations.send(
      new ListParentsCommand({ ChildId: this.#accountId }),
    );
    await this.#clients.organizations.send(
      new MoveAccountCommand({
        AccountId: this.#accountId,
        SourceParentId: Parents[0]?.Id,
        DestinationParentId: namedUnitOf(this.#plan),
      }),
    );
  }

  async tagAccount(): Promise<void> {
    const Tags = Object.entries(this.#plan.tags).map(([Key, Value]) => ({ Key, Value }));
    await this.#clients.organizations.send(new TagResourceCommand({ ResourceId: this.#accountId, Tags }));
  }

  async setAlias(): Promise<void> {
    await this.#iam.send(new CreateAccountAliasCommand({ AccountAlias: this.#plan.account.alias }));
  }

  async enroll(): Promise<string> {
    const { account, targetOrgUnitId } = this.#plan;
    const name = account.name.replaceAll('.', '-');
    const parameters = {
      ...{
        AccountEmail: account.email,
        AccountName: account.name,
        ManagedOrganizationalUnit: `Dev (${targetOrgUnitId})`,
      },
      ...{ SSOUserEmail: 'cloud@corp.example', SSOUserFirstName: 'Cloud', SSOUserLastName: 'Foundation' },
    };
    const { RecordDetail } = await this.#clients.serviceCatalog.send(
      new ProvisionProductCommand({
        ...{ ProductId: 'prod-abcd1234', ProvisioningArtifactName: 'v4' },
        PathName: 'AWS Control Tower Account Factory Portfolio',
        ...{ ProvisionedProductName: name, ProvisionToken: name },
        ProvisioningParameters: Object.entries(parameters).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    return RecordDetail?.RecordId ?? '';
  }

  async checkEnrollment(recordId: string): Promise<Standing> {
    const { RecordDetail } = await this.#clients.serviceCatalog.send(new DescribeRecordCommand({ Id: recordId }));
    return statusOf(RecordDetail?.Status);
  }

  async deploy(): Promise<string> {
    const [stackSet] = this.#plan.stackSets;
    const { OperationId = '' } = await this.#clients.cloudFormation.send(
      new CreateStackInstancesCommand({
        ...{ StackSetName: stackSet?.name, Accounts: [this.#accountId], Regions: [...(stackSet?.regions ?? [])] },
      }),
    );
    return OperationId;
  }

  async checkDeployment(): Promise<Standing> {
    const { Summaries = [] } = await this.#clients.cloudFormation.send(
      new ListStackInstancesCommand({
        ...{ StackSetName: this.#plan.stackSets[0]?.name, StackInstanceAccount: this.#accountId },
      }),
    );
    return statusOf(Summaries[0]?.StackInstanceStatus?.DetailedStatus);
  }

  async invokeFunction(): Promise<void> {
    const { landingZoneFunction } = this.#plan;
    const Payload = Buffer.from(JSON.stringify(landingZoneFunction?.payload ?? {}));
    await this.#clients.lambda.send(new InvokeCommand({ FunctionName: landingZoneFunction?.arn, Payload }));
  }

  async makeGroups(): Promise<void> {
    const client = this.#clients.identityStore;
    const IdentityStoreId = this.#plan.identityStore?.identityStoreId;
    for (const { name, members } of this.#plan.groups) {
      const { GroupId = '' } = await client.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: name }));
      this.#groupIds.push(GroupId);
      for (const member of members) {
        const { UserId = '' } = await client.send(
          new GetUserIdCommand({
            IdentityStoreId,
            AlternateIdentifier: { UniqueAttribute: { AttributePath: 'userName', AttributeValue: member } },
          }),
        );
        await client.send(new CreateGroupMembershipCommand({ IdentityStoreId, GroupId, MemberId: { UserId } }));
      }
    }
  }

  /** @param index of the group */
  async assign(index: number): Promise<string> {
    const { AccountAssignmentCreationStatus } = await this.#clients.identityCenter.send(
      new CreateAccountAssignmentCommand({
        ...{ InstanceArn: this.#plan.identityStore?.instanceArn, TargetId: this.#accountId, TargetType: 'AWS_ACCOUNT' },
        ...{ PrincipalType: 'GROUP', PrincipalId: this.#groupIds[index] },
        PermissionSetArn: this.#plan.groups[index]?.permissionSetArns[0],
      }),
    );
    return AccountAssignmentCreationStatus?.RequestId ?? '';
  }

  async checkAssignment(requestId: string): Promise<Standing> {
    const { AccountAssignmentCreationStatus } = await this.#clients.identityCenter.send(
      new DescribeAccountAssignmentCreationStatusCommand({
        ...{ InstanceArn: this.#plan.identityStore?.instanceArn, AccountAssignmentCreationRequestId: requestId },
      }),
    );
    return statusOf(AccountAssignmentCreationStatus?.Status);
  }

  /** What the access role keeps. It counts some time later; only then may the rest be taken away. */
  async keepRights(): Promise<void> {
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['iam:ListAttachedRolePolicies', 'iam:DetachRolePolicy'], Resource: '*' }],
    });
    await this.#iam.send(new PutRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyName: 'kept', PolicyDocument }));
  }

  async takeRights(): Promise<void> {
    await this.#iam.send(new DetachRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyArn: ADMINISTRATOR }));
  }

  get #iam(): IAMClient {
    this.#iamClient ??= new IAMClient(this.#clients.sessions.member(this.#accountId));
    return this.#iamClient;
  }
}

const AT_WORK = new Set(['CREATED', 'IN_PROGRESS', 'IN_PROGRESS_IN_ERROR', 'PENDING', 'RUNNING']);

/** In the words of all services. */
function statusOf(status: string | undefined): Standing {
  if (status === 'SUCCEEDED') return 'done';
  return AT_WORK.has(status ?? '') ? 'at-work' : 'failed';
}
