import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  PutRolePermissionsBoundaryCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';

import { RejectedError } from '../../domain/base/errors';
import { isSameTrust } from '../../domain/access/role-trust';
import { type MemberEntry, type MemberRoles, SET_BOUNDARY, TRUSTS_TOO_MANY, type WantedRole } from '../../ports/iam';
import { partitionOf } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isAlreadySo, isDenied } from '../base/aws-error';
import { bounded, memberBoundary, memberIamClients } from './iam-client';

/** Makes roles in a member account. */
export function iamMemberRoles(session: AwsSession): MemberRoles {
  const clientFor = memberIamClients(session);
  const placeOf = (entry: MemberEntry): Place => ({
    client: clientFor(entry),
    partition: partitionOf(session),
    boundary: memberBoundary(session, entry),
  });
  return {
    hasRole: (entry, roleName) =>
      calling(`look for the role ${roleName} in account ${entry.accountId}`, async () => {
        return (await findRole(clientFor(entry), roleName)) !== undefined;
      }),
    differences: (entry, role) =>
      calling(`look at the role ${role.name} in account ${entry.accountId}`, async () =>
        (await differences(placeOf(entry), role)).map(({ says }) => says),
      ),
    ensureRole: (entry, role) =>
      calling(`make the role ${role.name} in account ${entry.accountId}`, async () => {
        try {
          return await ensureRole(placeOf(entry), role);
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

/** The IAM client of the account in which a role is created, and the boundary that limits the role. */
interface Place {
  readonly client: IAMClient;
  readonly partition: string;
  readonly boundary: string | undefined;
}

async function differences(place: Place, role: WantedRole): Promise<readonly Difference[]> {
  const { client, partition } = place;
  const boundary = role.hasBoundary === false ? undefined : place.boundary;
  const trust = trustOf(partition, role);
  const wide = trustOf(partition, { ...role, trustedRoleArns: undefined });
  const found = await findRole(client, role.name);
  const existing = found?.trust;
  const attached = existing === undefined ? new Set<string>() : await attachedPolicies(client, role.name);
  const missing = role.managedPolicyArns.filter((wanted) => !attached.has(wanted));
  return [
    ...(existing === undefined
      ? [{ says: 'made the role', mend: () => createRole(client, role, { trust, boundary }) }]
      : []),
    ...(existing === undefined || isSameTrust(existing, trust)
      ? []
      : [
          {
            says: isSameTrust(existing, wide) ? TRUSTS_TOO_MANY : 'set its trust',
            mend: () => client.send(trustUpdate(role, trust)),
          },
        ]),
    ...(found === undefined || boundary === undefined || found.boundary === boundary
      ? []
      : [{ says: SET_BOUNDARY, mend: () => bounded(boundary, () => client.send(boundaryOf(role, boundary))) }]),
    ...missing.map((arn) => ({ says: `attached ${arn}`, mend: () => client.send(attachment(role, arn)) })),
  ];
}

const trustUpdate = ({ name }: WantedRole, trust: string): UpdateAssumeRolePolicyCommand =>
  new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: trust });

const boundaryOf = ({ name }: WantedRole, arn: string): PutRolePermissionsBoundaryCommand =>
  new PutRolePermissionsBoundaryCommand({ RoleName: name, PermissionsBoundary: arn });

const attachment = ({ name }: WantedRole, arn: string): AttachRolePolicyCommand =>
  new AttachRolePolicyCommand({ RoleName: name, PolicyArn: arn });

async function ensureRole(place: Place, role: WantedRole): Promise<readonly string[]> {
  const found = await differences(place, role);
  for (const { mend } of found) await mend();
  return found.map(({ says }) => says);
}

/** Somebody (our own earlier try) may make the role between our look and our write. */
async function createRole(
  client: IAMClient,
  { name }: WantedRole,
  { trust, boundary }: { readonly trust: string; readonly boundary: string | undefined },
): Promise<void> {
  const role = { RoleName: name, AssumeRolePolicyDocument: trust, PermissionsBoundary: boundary };
  try {
    await bounded(boundary, () => client.send(new CreateRoleCommand(role)));
  } catch (error) {
    if (!isAlreadySo(error)) throw error;
  }
}

interface FoundRole {
  readonly trust: string;
  readonly boundary: string | undefined;
}

async function findRole(client: IAMClient, roleName: string): Promise<FoundRole | undefined> {
  try {
    const { Role } = await client.send(new GetRoleCommand({ RoleName: roleName }));
    return {
      trust: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''),
      boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    };
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

/**
 * The account under a condition, not the roles as principals: IAM refuses a role that is not there yet, and turns the
 * name of one that is deleted into an id, which no role has that is made again. A sealed account could not be mended
 * then.
 */
function trustOf(
  partition: string,
  {
    trustedAccountId,
    trustedRoleArns,
  }: Pick<WantedRole, 'trustedAccountId'> & {
    readonly trustedRoleArns?: readonly string[] | undefined;
  },
): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${trustedAccountId}:root` },
        Action: 'sts:AssumeRole',
        ...(trustedRoleArns === undefined ? {} : { Condition: { ArnEquals: { 'aws:PrincipalArn': trustedRoleArns } } }),
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
