import {
  AttachRolePolicyCommand,
  CreateAccountAliasCommand,
  CreateRoleCommand,
  DeleteAccountAliasCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetAccountPasswordPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateAssumeRolePolicyCommand,
  type CreateRoleCommandInput,
  type IAMClient,
} from '@aws-sdk/client-iam';
import type { ContractCase } from './contract-case';

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const trust = document({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::123456789012:root' },
  Action: 'sts:AssumeRole',
});
const otherTrust = document({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const policy = document({ Effect: 'Allow', Action: ['iam:ListRoles', 's3:*'], Resource: '*' });
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** The steps of a case on a role and an alias of its own. */
const inMember =
  (steps: (member: Member) => Promise<unknown>): ContractCase['run'] =>
  ({ memberIam, iam, unique }) =>
    steps(new Member(memberIam, iam, unique));

class Member {
  readonly iam: IAMClient;
  readonly otherIam: IAMClient;
  readonly RoleName: string;
  readonly Path: string;
  readonly AccountAlias: string;

  constructor(iam: IAMClient, otherIam: IAMClient, unique: string) {
    this.iam = iam;
    this.otherIam = otherIam;
    this.RoleName = `Worker-${unique}`;
    this.Path = `/workers/${unique}/`;
    this.AccountAlias = `corp-${unique}`;
  }

  get named() {
    return { RoleName: this.RoleName, PolicyName: 'own' };
  }

  makeRole(details: Partial<CreateRoleCommandInput> = {}) {
    return this.iam.send(
      new CreateRoleCommand({ RoleName: this.RoleName, AssumeRolePolicyDocument: trust, ...details }),
    );
  }

  async makeRoleWithPolicies() {
    await this.makeRole();
    await this.iam.send(new AttachRolePolicyCommand({ RoleName: this.RoleName, PolicyArn: ADMINISTRATOR }));
    await this.iam.send(new PutRolePolicyCommand({ ...this.named, PolicyDocument: policy }));
  }

  makeAlias(AccountAlias = this.AccountAlias) {
    return this.iam.send(new CreateAccountAliasCommand({ AccountAlias }));
  }
}

export const iamCases: readonly ContractCase[] = [
  {
    operation: 'iam:CreateRole',
    case: 'success',
    run: inMember((member) =>
      member.makeRole({
        Path: member.Path,
        Description: 'works',
        MaxSessionDuration: 7200,
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    ),
  },
  {
    operation: 'iam:CreateRole',
    case: 'error: a name that is taken',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.makeRole();
    }),
  },
  {
    operation: 'iam:CreateRole',
    case: 'error: a trust that is no policy',
    run: inMember((member) => member.makeRole({ AssumeRolePolicyDocument: 'trust me' })),
  },
  {
    operation: 'iam:CreateRole',
    case: 'error: too short a session',
    run: inMember((member) => member.makeRole({ MaxSessionDuration: 60 })),
  },
  {
    operation: 'iam:GetRole',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.iam.send(new GetRoleCommand({ RoleName: member.RoleName }));
    }),
  },
  {
    operation: 'iam:GetRole',
    case: 'error: an unknown role',
    run: inMember((member) => member.iam.send(new GetRoleCommand({ RoleName: member.RoleName }))),
  },
  {
    operation: 'iam:ListRoles',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRole({ Path: member.Path });
      return member.iam.send(new ListRolesCommand({ PathPrefix: member.Path }));
    }),
  },
  {
    operation: 'iam:ListRoles',
    case: 'error: too small a page',
    run: inMember((member) => member.iam.send(new ListRolesCommand({ MaxItems: 0 }))),
  },
  {
    operation: 'iam:UpdateAssumeRolePolicy',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRole();
      await member.iam.send(
        new UpdateAssumeRolePolicyCommand({ RoleName: member.RoleName, PolicyDocument: otherTrust }),
      );
      return member.iam.send(new GetRoleCommand({ RoleName: member.RoleName }));
    }),
  },
  {
    operation: 'iam:UpdateAssumeRolePolicy',
    case: 'error: an unknown role',
    run: inMember((member) =>
      member.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: member.RoleName, PolicyDocument: trust })),
    ),
  },
  {
    operation: 'iam:AttachRolePolicy',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.iam.send(new AttachRolePolicyCommand({ RoleName: member.RoleName, PolicyArn: ADMINISTRATOR }));
    }),
  },
  {
    operation: 'iam:AttachRolePolicy',
    case: 'error: an unknown policy',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.iam.send(
        new AttachRolePolicyCommand({ RoleName: member.RoleName, PolicyArn: 'arn:aws:iam::aws:policy/NoSuchPolicy' }),
      );
    }),
  },
  {
    operation: 'iam:AttachRolePolicy',
    case: 'error: an unknown role',
    run: inMember((member) =>
      member.iam.send(new AttachRolePolicyCommand({ RoleName: member.RoleName, PolicyArn: ADMINISTRATOR })),
    ),
  },
  {
    operation: 'iam:DetachRolePolicy',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRoleWithPolicies();
      await member.iam.send(new DetachRolePolicyCommand({ RoleName: member.RoleName, PolicyArn: ADMINISTRATOR }));
      return member.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: member.RoleName }));
    }),
  },
  {
    operation: 'iam:DetachRolePolicy',
    case: 'error: a policy that is not attached',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.iam.send(new DetachRolePolicyCommand({ RoleName: member.RoleName, PolicyArn: ADMINISTRATOR }));
    }),
  },
  {
    operation: 'iam:ListAttachedRolePolicies',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRoleWithPolicies();
      return member.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: member.RoleName }));
    }),
  },
  {
    operation: 'iam:ListAttachedRolePolicies',
    case: 'error: an unknown role',
    run: inMember((member) => member.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: member.RoleName }))),
  },
  {
    operation: 'iam:PutRolePolicy',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.iam.send(new PutRolePolicyCommand({ ...member.named, PolicyDocument: policy }));
    }),
  },
  {
    operation: 'iam:PutRolePolicy',
    case: 'error: text that is no policy',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.iam.send(new PutRolePolicyCommand({ ...member.named, PolicyDocument: 'everything' }));
    }),
  },
  {
    operation: 'iam:GetRolePolicy',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRoleWithPolicies();
      return member.iam.send(new GetRolePolicyCommand(member.named));
    }),
  },
  {
    operation: 'iam:GetRolePolicy',
    case: 'error: an unknown policy',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.iam.send(new GetRolePolicyCommand(member.named));
    }),
  },
  {
    operation: 'iam:DeleteRolePolicy',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRoleWithPolicies();
      await member.iam.send(new DeleteRolePolicyCommand(member.named));
      return member.iam.send(new ListRolePoliciesCommand({ RoleName: member.RoleName }));
    }),
  },
  {
    operation: 'iam:DeleteRolePolicy',
    case: 'error: an unknown policy',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.iam.send(new DeleteRolePolicyCommand(member.named));
    }),
  },
  {
    operation: 'iam:ListRolePolicies',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRoleWithPolicies();
      return member.iam.send(new ListRolePoliciesCommand({ RoleName: member.RoleName }));
    }),
  },
  {
    operation: 'iam:ListRolePolicies',
    case: 'error: an unknown role',
    run: inMember((member) => member.iam.send(new ListRolePoliciesCommand({ RoleName: member.RoleName }))),
  },
  {
    operation: 'iam:DeleteRole',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeRole();
      return member.iam.send(new DeleteRoleCommand({ RoleName: member.RoleName }));
    }),
  },
  {
    operation: 'iam:DeleteRole',
    case: 'error: a role with policies',
    run: inMember(async (member) => {
      await member.makeRoleWithPolicies();
      return member.iam.send(new DeleteRoleCommand({ RoleName: member.RoleName }));
    }),
  },
  {
    operation: 'iam:CreateAccountAlias',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeAlias('corp-old');
      await member.makeAlias();
      return member.iam.send(new ListAccountAliasesCommand({}));
    }),
  },
  {
    operation: 'iam:CreateAccountAlias',
    case: 'error: taken by another account',
    run: inMember(async (member) => {
      await member.otherIam.send(new CreateAccountAliasCommand({ AccountAlias: member.AccountAlias }));
      return member.makeAlias();
    }),
  },
  {
    operation: 'iam:UpdateAccountPasswordPolicy',
    case: 'success',
    run: inMember((member) => member.iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14 }))),
  },
  {
    operation: 'iam:UpdateAccountPasswordPolicy',
    case: 'error: too long a password',
    run: inMember((member) => member.iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 129 }))),
  },
  {
    operation: 'iam:GetAccountPasswordPolicy',
    case: 'success',
    run: inMember(async (member) => {
      await member.iam.send(new UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 90, RequireNumbers: true }));
      return member.iam.send(new GetAccountPasswordPolicyCommand({}));
    }),
  },
  {
    operation: 'iam:GetAccountPasswordPolicy',
    case: 'error: an account without one',
    run: inMember((member) => member.otherIam.send(new GetAccountPasswordPolicyCommand({}))),
  },
  {
    operation: 'iam:ListAccountAliases',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeAlias();
      return member.iam.send(new ListAccountAliasesCommand({}));
    }),
  },
  {
    operation: 'iam:ListAccountAliases',
    case: 'error: too small a page',
    run: inMember((member) => member.iam.send(new ListAccountAliasesCommand({ MaxItems: 0 }))),
  },
  {
    operation: 'iam:DeleteAccountAlias',
    case: 'success',
    run: inMember(async (member) => {
      await member.makeAlias();
      await member.iam.send(new DeleteAccountAliasCommand({ AccountAlias: member.AccountAlias }));
      return member.iam.send(new ListAccountAliasesCommand({}));
    }),
  },
  {
    operation: 'iam:DeleteAccountAlias',
    case: 'error: an unknown alias',
    run: inMember((member) => member.iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'corp-unknown' }))),
  },
  {
    operation: 'iam:SimulatePrincipalPolicy',
    case: 'success',
    run: ({ memberIam, accountId }) =>
      memberIam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::${accountId}:role/AWSCloudFormationStackSetExecutionRole`,
          ActionNames: ['s3:GetObject'],
        }),
      ),
  },
  {
    operation: 'iam:SimulatePrincipalPolicy',
    case: 'error: an unknown role',
    run: ({ memberIam, accountId }) =>
      memberIam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::${accountId}:role/Nobody`,
          ActionNames: ['s3:GetObject'],
        }),
      ),
  },
];
