import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  paginateListStackSets,
} from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';

import { COST_EXPLORER_ROLE_NAME, STACK_SET_ADMINISTRATION_ROLE_NAME } from '../../infra/names';
import type { KeptRole } from './found-organization';
import { type ActingIn, PATIENT } from './profile-settings';

/** Roles that are there and that our stacks would make, so that a deployment would fail at them. */
export async function findKeptRoles({
  management,
  automation,
}: {
  readonly management: ActingIn;
  readonly automation: ActingIn;
}): Promise<readonly KeptRole[]> {
  const candidates = [
    ['costExplorerRole', management, COST_EXPLORER_ROLE_NAME, 'ManagementAccountStack'],
    ['stackSetAdministrationRole', automation, STACK_SET_ADMINISTRATION_ROLE_NAME, 'AutomationAccountStack'],
  ] as const;
  const found = await Promise.all(
    candidates.map(async ([kept, account, roleName, stackName]) =>
      (await hasRole(account, roleName)) && !(await isMadeBy(account, stackName, roleName)) ? kept : null,
    ),
  );
  return found.filter((kept) => kept !== null);
}

async function hasRole({ settings }: ActingIn, RoleName: string): Promise<boolean> {
  try {
    await new IAMClient({ ...PATIENT, ...settings }).send(new GetRoleCommand({ RoleName }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchEntityException') return false;
    throw error;
  }
}

/** A stack deletes what its template has no more: a role that it has made may never be called existing. */
async function isMadeBy({ settings }: ActingIn, StackName: string, roleName: string): Promise<boolean> {
  const client = new CloudFormationClient({ ...PATIENT, ...settings });
  try {
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
    return StackResources.some(({ PhysicalResourceId }) => PhysicalResourceId === roleName);
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return false;
    throw error;
  }
}

/** Those of the account itself whose instances it may choose account by account. */
export async function findStackSets({ settings }: ActingIn, region: string): Promise<readonly string[]> {
  const client = new CloudFormationClient({ ...PATIENT, ...settings, region });
  const found: string[] = [];
  for await (const { Summaries = [] } of paginateListStackSets({ client }, { Status: 'ACTIVE' })) {
    found.push(
      ...Summaries.filter(({ PermissionModel }) => PermissionModel !== 'SERVICE_MANAGED').flatMap(
        ({ StackSetName }) => StackSetName ?? [],
      ),
    );
  }
  return found.toSorted();
}
