import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  paginateListRoles,
  type IAMClient,
  type Role,
} from '@aws-sdk/client-iam';

export interface RoleReading {
  readonly name: string;
  readonly path: string;
  /** The trust policy. */
  readonly trust: unknown;
  readonly attachedPolicies: readonly { readonly name: string; readonly arn: string }[];
  readonly inlinePolicies: readonly { readonly name: string; readonly document: unknown }[];
  /** The most that the role may do; its document is null where the policy is AWS's own. */
  readonly permissionsBoundary: { readonly arn: string; readonly document: unknown } | null;
}

/** Every role of the client's account, with its policies. */
export async function readRoles(client: IAMClient): Promise<readonly RoleReading[]> {
  const readings: RoleReading[] = [];
  for await (const { Roles = [] } of paginateListRoles({ client }, {})) {
    for (const role of Roles) {
      readings.push(await readRole(client, role));
    }
  }
  return readings;
}

async function readRole(client: IAMClient, role: Role): Promise<RoleReading> {
  const { RoleName = '', Path = '/', AssumeRolePolicyDocument } = role;
  const attachedPolicies: RoleReading['attachedPolicies'][number][] = [];
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client }, { RoleName })) {
    attachedPolicies.push(
      ...AttachedPolicies.map(({ PolicyName = '', PolicyArn = '' }) => ({ name: PolicyName, arn: PolicyArn })),
    );
  }
  const inlinePolicies: RoleReading['inlinePolicies'][number][] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client }, { RoleName })) {
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      inlinePolicies.push({ name: PolicyName, document: decoded(PolicyDocument) });
    }
  }
  const trust = decoded(AssumeRolePolicyDocument);
  const permissionsBoundary = await readBoundary(client, RoleName);
  return { name: RoleName, path: Path, trust, attachedPolicies, inlinePolicies, permissionsBoundary };
}

/** Only GetRole returns it. */
async function readBoundary(client: IAMClient, RoleName: string): Promise<RoleReading['permissionsBoundary']> {
  const { Role: role } = await client.send(new GetRoleCommand({ RoleName }));
  const PolicyArn = role?.PermissionsBoundary?.PermissionsBoundaryArn;
  if (PolicyArn === undefined) {
    return null;
  }
  return { arn: PolicyArn, document: PolicyArn.includes(':iam::aws:') ? null : await readDefault(client, PolicyArn) };
}

async function readDefault(client: IAMClient, PolicyArn: string): Promise<unknown> {
  const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
  const version = new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId });
  return decoded((await client.send(version)).PolicyVersion?.Document);
}

/** IAM answers documents URL-encoded. */
function decoded(document: string | undefined): unknown {
  return JSON.parse(decodeURIComponent(document ?? 'null'));
}
