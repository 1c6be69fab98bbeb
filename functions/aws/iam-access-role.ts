import {
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';

import type { AccessRole, AccessRoleRights } from '../ports/access-role';
import type { AwsCaller } from './assumed-role';
import { calling, isAbsent } from './aws-error';
import { memberIamClients } from './iam-client';

/** The access role of a member account, changed by itself. */
export function iamAccessRole(caller: AwsCaller): AccessRole {
  const clientFor = memberIamClients(caller);
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
    detachPolicy: (entry, policyArn) =>
      calling(`detach ${policyArn} from ${entry.accessRole}`, () =>
        unlessAbsent(() =>
          clientFor(entry).send(new DetachRolePolicyCommand({ RoleName: entry.accessRole, PolicyArn: policyArn })),
        ),
      ),
    deleteInlinePolicy: (entry, policyName) =>
      calling(`delete the policy ${policyName} of ${entry.accessRole}`, () =>
        unlessAbsent(() =>
          clientFor(entry).send(new DeleteRolePolicyCommand({ RoleName: entry.accessRole, PolicyName: policyName })),
        ),
      ),
  };
}

async function listRights(client: IAMClient, roleName: string): Promise<AccessRoleRights> {
  const attachedPolicyArns: string[] = [];
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client }, { RoleName: roleName })) {
    attachedPolicyArns.push(...AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []));
  }
  const inlinePolicyNames: string[] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client }, { RoleName: roleName })) {
    inlinePolicyNames.push(...PolicyNames);
  }
  return { attachedPolicyArns, inlinePolicyNames };
}

async function unlessAbsent(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}
