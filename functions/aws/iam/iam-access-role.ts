import {
  CreatePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';

import type { AccessRole, AccessRoleRights, PolicyReading } from '../../ports/iam';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isAlreadySo, isDenied } from '../base/aws-error';
import { memberIamClients } from './iam-client';

/** The access role of a member account, changed by itself. */
export function iamAccessRole(session: AwsSession): AccessRole {
  const clientFor = memberIamClients(session);
  return {
    listRights: (entry) =>
      calling(`list the policies of ${entry.accessRole} in account ${entry.accountId}`, () =>
        listRights(clientFor(entry), entry.accessRole),
      ),
    putInlinePolicy: (entry, { name, document }) =>
      calling(`put the policy ${name} on ${entry.accessRole}`, async () => {
        await clientFor(entry).send(
          new PutRolePolicyCommand({ RoleName: entry.accessRole, PolicyName: name, PolicyDocument: document }),
        );
      }),
    boundaryOf: (entry) =>
      calling(`look at ${entry.accessRole} in account ${entry.accountId}`, async () => {
        const { Role } = await clientFor(entry).send(new GetRoleCommand({ RoleName: entry.accessRole }));
        return Role?.PermissionsBoundary?.PermissionsBoundaryArn ?? null;
      }),
    putBoundary: (entry, policyArn) =>
      calling(`make ${policyArn} the boundary of ${entry.accessRole}`, async () => {
        const boundary = { RoleName: entry.accessRole, PermissionsBoundary: policyArn };
        await clientFor(entry).send(new PutRolePermissionsBoundaryCommand(boundary));
      }),
    makePolicy: (entry, { name, document }) =>
      calling(`make the policy ${name} in account ${entry.accountId}`, () =>
        ignoreIf(isAlreadySo, () =>
          clientFor(entry).send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: document })),
        ),
      ),
    readPolicy: (entry, policyArn) =>
      calling(`read the policy ${policyArn}`, () => readPolicy(clientFor(entry), policyArn)),
    detachPolicy: (entry, policyArn) =>
      calling(`detach ${policyArn} from ${entry.accessRole}`, () =>
        ignoreIf(isAbsent, () =>
          clientFor(entry).send(new DetachRolePolicyCommand({ RoleName: entry.accessRole, PolicyArn: policyArn })),
        ),
      ),
    deleteInlinePolicy: (entry, policyName) =>
      calling(`delete the policy ${policyName} of ${entry.accessRole}`, () =>
        ignoreIf(isAbsent, () =>
          clientFor(entry).send(new DeleteRolePolicyCommand({ RoleName: entry.accessRole, PolicyName: policyName })),
        ),
      ),
  };
}

async function listRights(client: IAMClient, roleName: string): Promise<AccessRoleRights> {
  const [attachedPolicyArns, inlinePolicyNames] = await Promise.all([
    listAttached(client, roleName),
    listInline(client, roleName),
  ]);
  return { attachedPolicyArns, inlinePolicyNames };
}

async function listAttached(client: IAMClient, RoleName: string): Promise<readonly string[]> {
  const arns: string[] = [];
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client }, { RoleName })) {
    arns.push(...AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []));
  }
  return arns;
}

async function listInline(client: IAMClient, RoleName: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client }, { RoleName }))
    names.push(...PolicyNames);
  return names;
}

/** The default version, which is the one that counts. */
async function readPolicy(client: IAMClient, PolicyArn: string): Promise<PolicyReading> {
  try {
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
    const version = new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId });
    const { PolicyVersion } = await client.send(version);
    return { found: 'there', document: decodeURIComponent(PolicyVersion?.Document ?? '') };
  } catch (error) {
    if (isAbsent(error)) return { found: 'absent' };
    if (isDenied(error)) return { found: 'unreadable' };
    throw error;
  }
}

async function ignoreIf(isSuccess: (error: unknown) => boolean, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isSuccess(error)) throw error;
  }
}
