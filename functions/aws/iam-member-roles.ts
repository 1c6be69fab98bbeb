import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';

import { RejectedError } from '../domain/errors';
import { isSameTrust } from '../domain/role-trust';
import type { MemberRoles, WantedRole } from '../ports/member-account';
import { type AwsCaller, partitionOf } from './assumed-role';
import { calling, isAbsent, isAlreadySo, isDenied } from './aws-error';
import { memberIamClients } from './iam-client';

/** Makes roles in a member account. */
export function iamMemberRoles(caller: AwsCaller): MemberRoles {
  const clientFor = memberIamClients(caller);
  return {
    hasRole: (entry, roleName) =>
      calling(`look for the role ${roleName} in account ${entry.accountId}`, async () => {
        return (await trustDocument(clientFor(entry), roleName)) !== undefined;
      }),
    differences: (entry, role) =>
      calling(`look at the role ${role.name} in account ${entry.accountId}`, async () =>
        (await differences(clientFor(entry), partitionOf(caller), role)).map(({ says }) => says),
      ),
    ensureRole: (entry, role) =>
      calling(`make the role ${role.name} in account ${entry.accountId}`, async () => {
        try {
          return await ensureRole(clientFor(entry), partitionOf(caller), role);
        } catch (error) {
          throw isDenied(error) ? forbidden(role, entry.accountId, error) : error;
        }
      }),
  };
}

/** Something that a role lacks: in words, and how it is mended. */
interface Difference {
  readonly says: string;
  readonly mend: () => Promise<unknown>;
}

async function differences(client: IAMClient, partition: string, role: WantedRole): Promise<readonly Difference[]> {
  const trust = trustOf(partition, role);
  const existing = await trustDocument(client, role.name);
  const attached = existing === undefined ? new Set<string>() : await attachedPolicies(client, role.name);
  const missing = role.managedPolicyArns.filter((wanted) => !attached.has(wanted));
  return [
    ...(existing === undefined ? [{ says: 'made the role', mend: () => createRole(client, role, trust) }] : []),
    ...(existing === undefined || isSameTrust(existing, trust)
      ? []
      : [{ says: 'set its trust', mend: () => client.send(trustUpdate(role, trust)) }]),
    ...missing.map((arn) => ({ says: `attached ${arn}`, mend: () => client.send(attachment(role, arn)) })),
  ];
}

const trustUpdate = ({ name }: WantedRole, trust: string): UpdateAssumeRolePolicyCommand =>
  new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: trust });

const attachment = ({ name }: WantedRole, arn: string): AttachRolePolicyCommand =>
  new AttachRolePolicyCommand({ RoleName: name, PolicyArn: arn });

async function ensureRole(client: IAMClient, partition: string, role: WantedRole): Promise<readonly string[]> {
  const found = await differences(client, partition, role);
  for (const { mend } of found) await mend();
  return found.map(({ says }) => says);
}

/** Somebody (an earlier try of ours) may make the role between our look and our write. */
async function createRole(client: IAMClient, role: WantedRole, trust: string): Promise<void> {
  try {
    await client.send(new CreateRoleCommand({ RoleName: role.name, AssumeRolePolicyDocument: trust }));
  } catch (error) {
    if (!isAlreadySo(error)) throw error;
  }
}

async function trustDocument(client: IAMClient, roleName: string): Promise<string | undefined> {
  try {
    const { Role } = await client.send(new GetRoleCommand({ RoleName: roleName }));
    return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

async function attachedPolicies(client: IAMClient, roleName: string): Promise<ReadonlySet<string>> {
  const arns = new Set<string>();
  for await (const page of paginateListAttachedRolePolicies({ client }, { RoleName: roleName })) {
    for (const { PolicyArn } of page.AttachedPolicies ?? []) if (PolicyArn !== undefined) arns.add(PolicyArn);
  }
  return arns;
}

function trustOf(partition: string, { trustedAccountId }: WantedRole): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${trustedAccountId}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
  });
}

function forbidden(role: WantedRole, accountId: string, cause: unknown): RejectedError {
  const detail = cause instanceof Error ? cause.message : '';
  return new RejectedError(
    `The role ${role.name} may not be made in account ${accountId}. ${detail}`,
    "Look for a service control policy on the account's OU that denies iam:CreateRole or iam:AttachRolePolicy (a Control Tower OU " +
      'protects its own roles: such an account has to be outside the OU until the role is there), then replay this run.',
    { cause },
  );
}
