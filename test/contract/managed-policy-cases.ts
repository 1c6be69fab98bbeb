import {
  CreatePolicyCommand,
  type CreatePolicyCommandInput,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  AttachRolePolicyCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  type IAMClient,
  ListPoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import type { ContractCase } from './contract-case';

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const trust = document({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const first = document({ Effect: 'Allow', Action: ['iam:ListRoles', 's3:*'], Resource: '*' });
const second = document({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' });

/** The steps of a case on a policy, and perhaps a role, of its own. */
const withPolicy =
  (steps: (policies: Policies) => Promise<unknown>): ContractCase['run'] =>
  async ({ memberIam, accountId, unique }) => {
    const policies = new Policies(memberIam, accountId, unique);
    await policies.make();
    return steps(policies);
  };

class Policies {
  readonly iam: IAMClient;
  readonly PolicyName: string;
  readonly RoleName: string;
  readonly Path: string;
  readonly PolicyArn: string;
  readonly unknown: string;

  constructor(iam: IAMClient, accountId: string, unique: string) {
    this.iam = iam;
    this.PolicyName = `Guard-${unique}`;
    this.RoleName = `Guarded-${unique}`;
    this.Path = `/guards/${unique}/`;
    this.PolicyArn = `arn:aws:iam::${accountId}:policy${this.Path}${this.PolicyName}`;
    this.unknown = `arn:aws:iam::${accountId}:policy/Unknown-${unique}`;
  }

  make(details: Partial<CreatePolicyCommandInput> = {}) {
    const { PolicyName, Path } = this;
    return this.iam.send(new CreatePolicyCommand({ PolicyName, Path, PolicyDocument: first, ...details }));
  }

  makeRole(details: { readonly PermissionsBoundary?: string } = {}) {
    const { RoleName } = this;
    return this.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...details }));
  }

  makeVersion(SetAsDefault = false) {
    const { PolicyArn } = this;
    return this.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: second, SetAsDefault }));
  }

  get() {
    return this.iam.send(new GetPolicyCommand({ PolicyArn: this.PolicyArn }));
  }

  getRole() {
    return this.iam.send(new GetRoleCommand({ RoleName: this.RoleName }));
  }
}

const of = (operation: string, name: string, steps: (policies: Policies) => Promise<unknown>): ContractCase => ({
  operation: `iam:${operation}`,
  case: name,
  run: withPolicy(steps),
});

/** Customer managed policies, their versions, and permissions boundaries. */
export const managedPolicyCases: readonly ContractCase[] = [
  of('CreatePolicy', 'success', (policies) => policies.make({ PolicyName: `${policies.PolicyName}-2` })),
  of('CreatePolicy', 'error: a name that is taken', (policies) => policies.make()),
  of('CreatePolicy', 'error: text that is no policy', (policies) => policies.make({ PolicyDocument: 'everything' })),
  of('GetPolicy', 'success', async (policies) => {
    await policies.makeRole();
    await policies.iam.send(
      new AttachRolePolicyCommand({ RoleName: policies.RoleName, PolicyArn: policies.PolicyArn }),
    );
    return policies.get();
  }),
  of('GetPolicy', 'error: an unknown policy', ({ iam, unknown }) =>
    iam.send(new GetPolicyCommand({ PolicyArn: unknown })),
  ),
  of('ListPolicies', 'success', ({ iam, Path }) =>
    iam.send(new ListPoliciesCommand({ Scope: 'Local', PathPrefix: Path })),
  ),
  of('ListPolicies', 'error: too small a page', ({ iam }) => iam.send(new ListPoliciesCommand({ MaxItems: 0 }))),
  of('DeletePolicy', 'success', async (policies) => {
    await policies.iam.send(new DeletePolicyCommand({ PolicyArn: policies.PolicyArn }));
    return policies.get();
  }),
  of('DeletePolicy', 'error: one that a role has', async (policies) => {
    await policies.makeRole();
    const { iam, RoleName, PolicyArn } = policies;
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    return iam.send(new DeletePolicyCommand({ PolicyArn }));
  }),
  of('DeletePolicy', 'error: the boundary of a role', async (policies) => {
    await policies.makeRole({ PermissionsBoundary: policies.PolicyArn });
    return policies.iam.send(new DeletePolicyCommand({ PolicyArn: policies.PolicyArn }));
  }),
  of('CreatePolicyVersion', 'success', (policies) => policies.makeVersion()),
  of('CreatePolicyVersion', 'success: as default', async (policies) => {
    await policies.makeVersion(true);
    return policies.get();
  }),
  of('CreatePolicyVersion', 'error: a sixth version', async (policies) => {
    for (let version = 2; version <= 5; version += 1) await policies.makeVersion();
    return policies.makeVersion();
  }),
  of('GetPolicyVersion', 'success', ({ iam, PolicyArn }) =>
    iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' })),
  ),
  of('GetPolicyVersion', 'error: an unknown version', ({ iam, PolicyArn }) =>
    iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v9' })),
  ),
  of('SetDefaultPolicyVersion', 'success', async (policies) => {
    await policies.makeVersion();
    const { iam, PolicyArn } = policies;
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    return policies.get();
  }),
  of('SetDefaultPolicyVersion', 'error: an unknown version', ({ iam, PolicyArn }) =>
    iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v9' })),
  ),
  of('DeletePolicyVersion', 'success', async (policies) => {
    await policies.makeVersion();
    const { iam, PolicyArn } = policies;
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    return iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
  }),
  of('DeletePolicyVersion', 'error: the default version', ({ iam, PolicyArn }) =>
    iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' })),
  ),
  of('PutRolePermissionsBoundary', 'success', async (policies) => {
    await policies.makeRole();
    const { iam, RoleName, PolicyArn } = policies;
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: PolicyArn }));
    return policies.getRole();
  }),
  of('PutRolePermissionsBoundary', 'error: an unknown role', ({ iam, PolicyArn }) =>
    iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'Nobody', PermissionsBoundary: PolicyArn })),
  ),
  of('PutRolePermissionsBoundary', 'error: an unknown policy', async (policies) => {
    await policies.makeRole();
    const { iam, RoleName, unknown } = policies;
    return iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: unknown }));
  }),
  of('DeleteRolePermissionsBoundary', 'success', async (policies) => {
    await policies.makeRole({ PermissionsBoundary: policies.PolicyArn });
    await policies.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: policies.RoleName }));
    return policies.getRole();
  }),
  of('DeleteRolePermissionsBoundary', 'error: an unknown role', ({ iam }) =>
    iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'Nobody' })),
  ),
  of('CreateRole', 'success: with a boundary', (policies) =>
    policies.makeRole({ PermissionsBoundary: policies.PolicyArn }),
  ),
];
