import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  DeleteGroupCommand,
  DeleteGroupMembershipCommand,
  DescribeGroupCommand,
  GetGroupIdCommand,
  GetUserIdCommand,
  IdentitystoreClient,
  paginateListGroupMemberships,
  ResourceNotFoundException,
} from '@aws-sdk/client-identitystore';

import { RejectedError } from '../../domain/base/errors';
import type { VendingPlan } from '../../domain/plan/plan';
import type { GroupDirectory, Member } from '../../ports/identity-center';
import { identityCenterCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isTaken, ignoreIf } from '../base/aws-error';
import { clientSettings, PACED, paced } from '../base/aws-settings';

/** The identity store in one region, with every call bound to it. */
interface Store {
  readonly client: IdentitystoreClient;
  readonly named: { readonly IdentityStoreId: string };
}

/**
 * Groups in the identity store of IAM Identity Center, by its own API: no bearer token is needed, the management
 * account's role is enough. A group's description carries the mark.
 *
 * @param identityStore null where none is configured: then nothing of this is called
 */
export function identityStoreGroupDirectory(
  session: AwsSession,
  identityStore: Pick<NonNullable<VendingPlan['identityStore']>, 'identityStoreId' | 'region'> | null,
): GroupDirectory {
  const client = new IdentitystoreClient({
    ...clientSettings(session.settings, session.functionName),
    ...(identityStore === null ? {} : { region: identityStore.region }),
    credentials: identityCenterCredentials(session),
  });
  client.middlewareStack.add(paced('identitystore', session), PACED);
  const store: Store = { client, named: { IdentityStoreId: identityStore?.identityStoreId ?? '' } };
  return {
    findUsers: (userNames) => inStore(store, 'look up users in IAM Identity Center', () => findUsers(store, userNames)),
    findGroup: (name) => inStore(store, `look up the group ${name}`, () => findGroup(store, name)),
    markOf: (groupId) => inStore(store, `describe the group ${groupId}`, () => markOf(store, groupId)),
    createGroup: ({ name, mark }) =>
      inStore(store, `create the group ${name}`, async () => {
        const input = { ...store.named, DisplayName: name, Description: mark };
        const { GroupId } = await client.send(new CreateGroupCommand(input));
        if (GroupId === undefined) throw new Error('The identity store answered without a group id.');
        return GroupId;
      }),
    deleteGroup: (groupId) =>
      inStore(store, `delete the group ${groupId}`, () =>
        ignoreIf(isGone('GROUP'), async () => {
          await client.send(new DeleteGroupCommand({ ...store.named, GroupId: groupId }));
        }),
      ),
    listMembers: (groupId) => inStore(store, `list the members of group ${groupId}`, () => listMembers(store, groupId)),
    addMembers: (groupId, userIds) =>
      inStore(store, `add members to group ${groupId}`, () => addMembers(store, groupId, userIds)),
    removeMembers: (groupId, members) =>
      inStore(store, `remove members from group ${groupId}`, () => removeMembers(store, members)),
  };
}

async function findUsers({ client, named }: Store, userNames: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const userName of userNames) {
    const AlternateIdentifier = byAttribute('userName', userName);
    await ignoreIf(isGone('USER'), async () => {
      const { UserId } = await client.send(new GetUserIdCommand({ ...named, AlternateIdentifier }));
      if (UserId !== undefined) found.set(userName, UserId);
    });
  }
  return found;
}

async function findGroup({ client, named }: Store, name: string): Promise<string | undefined> {
  const AlternateIdentifier = byAttribute('displayName', name);
  const found = await ignoreIf(isGone('GROUP'), () =>
    client.send(new GetGroupIdCommand({ ...named, AlternateIdentifier })),
  );
  return found?.GroupId;
}

const byAttribute = (
  AttributePath: string,
  AttributeValue: string,
): { UniqueAttribute: { AttributePath: string; AttributeValue: string } } => ({
  UniqueAttribute: { AttributePath, AttributeValue },
});

async function markOf({ client, named }: Store, GroupId: string): Promise<string | null> {
  const group = await ignoreIf(isGone('GROUP'), () => client.send(new DescribeGroupCommand({ ...named, GroupId })));
  return group?.Description ?? null;
}

function listMembers({ client, named }: Store, GroupId: string): Promise<readonly Member[] | undefined> {
  return ignoreIf(isGone('GROUP'), async () => {
    const members: Member[] = [];
    for await (const page of paginateListGroupMemberships({ client }, { ...named, GroupId })) {
      for (const { MembershipId = '', MemberId } of page.GroupMemberships ?? []) {
        members.push({ userId: MemberId?.UserId ?? '', membershipId: MembershipId });
      }
    }
    return members;
  });
}

async function addMembers({ client, named }: Store, GroupId: string, userIds: readonly string[]): Promise<void> {
  for (const UserId of userIds) {
    const input = { ...named, GroupId, MemberId: { UserId } };
    await ignoreIf(isTaken, () => client.send(new CreateGroupMembershipCommand(input)));
  }
}

async function removeMembers({ client, named }: Store, members: readonly Member[]): Promise<void> {
  for (const { membershipId: MembershipId } of members) {
    await ignoreIf(isGone('GROUP_MEMBERSHIP'), () =>
      client.send(new DeleteGroupMembershipCommand({ ...named, MembershipId })),
    );
  }
}

/**
 * Not there, and of this kind: that the store itself is not there must never pass for a user or a group that is gone.
 */
export const isGone =
  (resourceType: 'USER' | 'GROUP' | 'GROUP_MEMBERSHIP') =>
  (error: unknown): boolean =>
    error instanceof ResourceNotFoundException && error.ResourceType === resourceType;

/** A store that is not there is a mistake in the configuration, which is named. */
export function inStore<Answer>(store: Store, doing: string, call: () => Promise<Answer>): Promise<Answer> {
  return calling(doing, async () => {
    try {
      return await call();
    } catch (error) {
      throw isStoreAbsent(error) ? await noStore(store, error) : error;
    }
  });
}

const isStoreAbsent = (error: unknown): boolean =>
  error instanceof ResourceNotFoundException && error.ResourceType === 'IDENTITY_STORE';

async function noStore({ client, named }: Store, cause: unknown): Promise<RejectedError> {
  return new RejectedError(
    `There is no identity store ${named.IdentityStoreId} in ${await client.config.region()}.`,
    'Correct identityStoreId and region of awsIdentityStore in platform.json (the region of IAM Identity Center), deploy, and replay this run.',
    { cause },
  );
}
