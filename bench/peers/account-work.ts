import * as z from 'zod';

import { type VendingPlan, namedUnitOf } from '../../functions/domain/plan/plan';
import { ServiceError } from '../../sandbox/organization/service-error';
import type { PeerSessions, RoleCall } from './peer-session';

/** How an operation of AWS stands. */
export type Standing = 'at-work' | 'done' | 'failed';

const RequestSchema = z.object({
  CreateAccountStatus: z.object({ Id: z.string(), State: z.string(), AccountId: z.string().optional() }),
});
const ParentsSchema = z.object({ Parents: z.array(z.object({ Id: z.string() })) });
const RecordSchema = z.object({ RecordDetail: z.object({ RecordId: z.string(), Status: z.string() }) });
const InstancesSchema = z.object({
  Summaries: z.array(z.object({ StackInstanceStatus: z.object({ DetailedStatus: z.string() }) })),
});
const GroupSchema = z.object({ GroupId: z.string() });
const UserSchema = z.object({ UserId: z.string() });
const AssignmentSchema = z.object({
  AccountAssignmentCreationStatus: z.object({ RequestId: z.string(), Status: z.string() }),
});
const AnySchema = z.object({});

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ACCESS_ROLE = 'MeshstackAccountAccessRole';

/**
 * All calls that AWS needs for one account, without a poll more than needed: the work is that of
 * `vend-account.asl.json`, its times and its polls are the peer's. Each method makes its calls once and throws the
 * error of AWS.
 */
export class AccountWork {
  readonly #sessions: PeerSessions;
  readonly #plan: VendingPlan;
  #accountId = '';
  readonly #groupIds: string[] = [];

  constructor(sessions: PeerSessions, plan: VendingPlan) {
    this.#sessions = sessions;
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
    const { CreateAccountStatus } = await this.#sessions.management(
      'organizations:CreateAccount',
      { AccountName: name, Email: email, RoleName: accessRole },
      RequestSchema,
    );
    return CreateAccountStatus.Id;
  }

  async checkCreation(requestId: string): Promise<Standing> {
    const { CreateAccountStatus } = await this.#sessions.management(
      'organizations:DescribeCreateAccountStatus',
      { CreateAccountRequestId: requestId },
      RequestSchema,
    );
    this.#accountId = CreateAccountStatus.AccountId ?? '';
    return statusOf(CreateAccountStatus.State);
  }

  async checkAccess(): Promise<Standing> {
    try {
      await this.#member('sts:GetCallerIdentity', {}, AnySchema);
      return 'done';
    } catch (error) {
      if (error instanceof ServiceError && error.code.startsWith('AccessDenied')) return 'at-work';
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
      await this.#member('iam:CreateRole', { RoleName, AssumeRolePolicyDocument }, AnySchema);
      await this.#member('iam:AttachRolePolicy', { RoleName, PolicyArn: ADMINISTRATOR }, AnySchema);
    }
  }

  async moveAccount(): Promise<void> {
    const { Parents } = await this.#sessions.management(
      'organizations:ListParents',
      { ChildId: this.#accountId },
      ParentsSchema,
    );
    await this.#sessions.management(
      'organizations:MoveAccount',
      {
        AccountId: this.#accountId,
        SourceParentId: Parents[0]?.Id,
        DestinationParentId: namedUnitOf(this.#plan),
      },
      AnySchema,
    );
  }

  async tagAccount(): Promise<void> {
    const Tags = Object.entries(this.#plan.tags).map(([Key, Value]) => ({ Key, Value }));
    await this.#sessions.management('organizations:TagResource', { ResourceId: this.#accountId, Tags }, AnySchema);
  }

  async setAlias(): Promise<void> {
    await this.#member('iam:CreateAccountAlias', { AccountAlias: this.#plan.account.alias }, AnySchema);
  }

  async enroll(): Promise<string> {
    const { account, targetOrgUnitId } = this.#plan;
    const name = account.name.replaceAll('.', '-');
    const parameters = {
      AccountEmail: account.email,
      AccountName: account.name,
      ManagedOrganizationalUnit: `Dev (${targetOrgUnitId})`,
      SSOUserEmail: 'cloud@corp.example',
      SSOUserFirstName: 'Cloud',
      SSOUserLastName: 'Foundation',
    };
    const { RecordDetail } = await this.#sessions.management(
      'servicecatalog:ProvisionProduct',
      {
        ProductId: 'prod-abcd1234',
        ProvisioningArtifactName: 'v4',
        PathName: 'AWS Control Tower Account Factory Portfolio',
        ProvisionedProductName: name,
        ProvisionToken: name,
        ProvisioningParameters: Object.entries(parameters).map(([Key, Value]) => ({ Key, Value })),
      },
      RecordSchema,
    );
    return RecordDetail.RecordId;
  }

  async checkEnrollment(recordId: string): Promise<Standing> {
    const { RecordDetail } = await this.#sessions.management(
      'servicecatalog:DescribeRecord',
      { Id: recordId },
      RecordSchema,
    );
    return statusOf(RecordDetail.Status);
  }

  async deploy(): Promise<void> {
    const [stackSet] = this.#plan.stackSets;
    await this.#sessions.automation(
      'cloudformation:CreateStackInstances',
      { StackSetName: stackSet?.name, Accounts: [this.#accountId], Regions: stackSet?.regions },
      AnySchema,
    );
  }

  async checkDeployment(): Promise<Standing> {
    const { Summaries } = await this.#sessions.automation(
      'cloudformation:ListStackInstances',
      { StackSetName: this.#plan.stackSets[0]?.name, StackInstanceAccount: this.#accountId },
      InstancesSchema,
    );
    return statusOf(Summaries[0]?.StackInstanceStatus.DetailedStatus);
  }

  async invokeFunction(): Promise<void> {
    const { landingZoneFunction } = this.#plan;
    const Payload = JSON.stringify(landingZoneFunction?.payload ?? {});
    await this.#sessions.automation('lambda:Invoke', { FunctionName: landingZoneFunction?.arn, Payload }, AnySchema);
  }

  async makeGroups(): Promise<void> {
    const { management } = this.#sessions;
    const IdentityStoreId = this.#plan.identityStore?.identityStoreId;
    for (const { name, members } of this.#plan.groups) {
      const { GroupId } = await management(
        'identitystore:CreateGroup',
        { IdentityStoreId, DisplayName: name },
        GroupSchema,
      );
      this.#groupIds.push(GroupId);
      for (const member of members) {
        const { UserId } = await management(
          'identitystore:GetUserId',
          {
            IdentityStoreId,
            AlternateIdentifier: { UniqueAttribute: { AttributePath: 'userName', AttributeValue: member } },
          },
          UserSchema,
        );
        await management(
          'identitystore:CreateGroupMembership',
          { IdentityStoreId, GroupId, MemberId: { UserId } },
          AnySchema,
        );
      }
    }
  }

  /** @param index of the group */
  async assign(index: number): Promise<string> {
    const { AccountAssignmentCreationStatus } = await this.#sessions.management(
      'sso:CreateAccountAssignment',
      {
        InstanceArn: this.#plan.identityStore?.instanceArn,
        TargetId: this.#accountId,
        TargetType: 'AWS_ACCOUNT',
        PrincipalType: 'GROUP',
        PrincipalId: this.#groupIds[index],
        PermissionSetArn: this.#plan.groups[index]?.permissionSetArns[0],
      },
      AssignmentSchema,
    );
    return AccountAssignmentCreationStatus.RequestId;
  }

  async checkAssignment(requestId: string): Promise<Standing> {
    const { AccountAssignmentCreationStatus } = await this.#sessions.management(
      'sso:DescribeAccountAssignmentCreationStatus',
      { InstanceArn: this.#plan.identityStore?.instanceArn, AccountAssignmentCreationRequestId: requestId },
      AssignmentSchema,
    );
    return statusOf(AccountAssignmentCreationStatus.Status);
  }

  /** What the access role keeps. It counts some time later; only then may the rest be taken away. */
  async keepRights(): Promise<void> {
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['iam:ListAttachedRolePolicies', 'iam:DetachRolePolicy'], Resource: '*' }],
    });
    await this.#member('iam:PutRolePolicy', { RoleName: ACCESS_ROLE, PolicyName: 'kept', PolicyDocument }, AnySchema);
  }

  async takeRights(): Promise<void> {
    await this.#member('iam:DetachRolePolicy', { RoleName: ACCESS_ROLE, PolicyArn: ADMINISTRATOR }, AnySchema);
  }

  get #member(): RoleCall {
    return this.#sessions.member(this.#accountId);
  }
}

const AT_WORK = new Set(['CREATED', 'IN_PROGRESS', 'IN_PROGRESS_IN_ERROR', 'PENDING', 'RUNNING']);

/** In the words of all services. */
function statusOf(status: string | undefined): Standing {
  if (status === 'SUCCEEDED') return 'done';
  return AT_WORK.has(status ?? '') ? 'at-work' : 'failed';
}
