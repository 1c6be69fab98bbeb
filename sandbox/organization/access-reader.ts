import {
  DescribeGroupCommand,
  DescribeUserCommand,
  type IdentitystoreClient,
  paginateListGroupMemberships,
  ResourceNotFoundException,
} from '@aws-sdk/client-identitystore';
import {
  type AccountAssignment,
  DescribePermissionSetCommand,
  type InstanceMetadata,
  paginateListAccountAssignments,
  paginateListInstances,
  paginateListPermissionSets,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin';

/** One assignment of a permission set in an account. */
export interface AssignmentReading {
  readonly permissionSetArn: string;
  readonly permissionSet: string;
  readonly principalType: string;
  readonly principalId: string;
  /** A group's display name, a user's name; null where there is no such group or user any more. */
  readonly principal: string | null;
}

/** A group that has something in the account. */
export interface GroupReading {
  readonly id: string;
  readonly name: string;
  /** Sorted by userName. */
  readonly members: readonly string[];
}

export interface AccessReading {
  readonly groups: readonly GroupReading[];
  readonly assignments: readonly AssignmentReading[];
}

export interface AccessClients {
  readonly ssoAdmin: SSOAdminClient;
  readonly identityStore: IdentitystoreClient;
}

/** Groups, members and assignments of one account in IAM Identity Center; nothing where it is not enabled. */
export async function readAccess(clients: AccessClients, accountId: string): Promise<AccessReading> {
  const instance = await readInstance(clients.ssoAdmin);
  if (instance?.InstanceArn === undefined || instance.IdentityStoreId === undefined) {
    return { groups: [], assignments: [] };
  }
  const { InstanceArn, IdentityStoreId } = instance;
  const groups = new Map<string, GroupReading>();
  const assignments: AssignmentReading[] = [];
  for (const found of await listAssignments(clients.ssoAdmin, InstanceArn, accountId)) {
    const group = await readGroup(clients, IdentityStoreId, found);
    if (group !== null) groups.set(group.id, group);
    assignments.push(await readAssignment(clients, instance, found, group));
  }
  return { groups: [...groups.values()].toSorted((one, other) => one.name.localeCompare(other.name)), assignments };
}

async function readAssignment(
  clients: AccessClients,
  { InstanceArn, IdentityStoreId }: InstanceMetadata,
  { PermissionSetArn = '', PrincipalType = 'GROUP', PrincipalId = '' }: AccountAssignment,
  group: GroupReading | null,
): Promise<AssignmentReading> {
  const set = await clients.ssoAdmin.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }));
  const isUser = PrincipalType === 'USER';
  return {
    permissionSetArn: PermissionSetArn,
    permissionSet: set.PermissionSet?.Name ?? '',
    principalType: PrincipalType,
    principalId: PrincipalId,
    principal: isUser ? await readUserName(clients, IdentityStoreId, PrincipalId) : (group?.name ?? null),
  };
}

async function readInstance(client: SSOAdminClient): Promise<InstanceMetadata | undefined> {
  for await (const { Instances = [] } of paginateListInstances({ client }, {})) {
    if (Instances[0] !== undefined) return Instances[0];
  }
  return undefined;
}

async function listAssignments(
  client: SSOAdminClient,
  InstanceArn: string,
  AccountId: string,
): Promise<readonly AccountAssignment[]> {
  const found: AccountAssignment[] = [];
  for await (const { PermissionSets = [] } of paginateListPermissionSets({ client }, { InstanceArn })) {
    for (const PermissionSetArn of PermissionSets) {
      const pages = paginateListAccountAssignments({ client }, { InstanceArn, AccountId, PermissionSetArn });
      for await (const { AccountAssignments = [] } of pages) found.push(...AccountAssignments);
    }
  }
  return found;
}

async function readGroup(
  { identityStore: client }: AccessClients,
  IdentityStoreId: string,
  { PrincipalType, PrincipalId: GroupId = '' }: AccountAssignment,
): Promise<GroupReading | null> {
  if (PrincipalType !== 'GROUP') return null;
  const found = await orNull(client.send(new DescribeGroupCommand({ IdentityStoreId, GroupId })));
  if (found === null) return null;
  const members: string[] = [];
  for await (const page of paginateListGroupMemberships({ client }, { IdentityStoreId, GroupId })) {
    for (const { MemberId } of page.GroupMemberships ?? []) {
      const user = await client.send(new DescribeUserCommand({ IdentityStoreId, UserId: MemberId?.UserId }));
      members.push(user.UserName ?? '');
    }
  }
  return { id: GroupId, name: found.DisplayName ?? '', members: members.toSorted() };
}

async function readUserName(
  { identityStore }: AccessClients,
  IdentityStoreId: string | undefined,
  UserId: string,
): Promise<string | null> {
  const user = await orNull(identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId })));
  return user?.UserName ?? null;
}

async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null;
    throw error;
  }
}
