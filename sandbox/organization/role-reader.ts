import {
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
  return { name: RoleName, path: Path, trust: decoded(AssumeRolePolicyDocument), attachedPolicies, inlinePolicies };
}

/** IAM answers documents URL-encoded. */
function decoded(document: string | undefined): unknown {
  return JSON.parse(decodeURIComponent(document ?? 'null'));
}
