import * as z from 'zod';
import { drawUuid } from '../../draw';
import { operation, type Operation } from '../operation';
import type { GroupMembership, IdentityCenter } from '../sso-admin/identity-center';
import { findGroup } from './groups';
import { notFound, notUnique, refuseInput } from './identity-store-errors';
import { memberId, page, resourceId, storeId, storeOf, storeTargets } from './identity-store-input';
import { pageOf } from './identity-store-paging';
import { findUser } from './users';

const ofMember = { IdentityStoreId: storeId, MemberId: memberId };
const membershipInput = z.object({ ...ofMember, GroupId: resourceId });

function findMembership({ memberships }: IdentityCenter, groupId: string, userId: string): GroupMembership | undefined {
  return memberships.having('userId', userId).find((one) => one.groupId === groupId);
}

const shape = ({ identityStoreId }: IdentityCenter, membership: GroupMembership): object => ({
  IdentityStoreId: identityStoreId,
  MembershipId: membership.id,
  GroupId: membership.groupId,
  MemberId: { UserId: membership.userId },
});

export const membershipOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.CreateGroupMembership": CreateGroupMembership answers
    //   IdentityStoreId and MembershipId
    name: 'CreateGroupMembership',
    write: true,
    input: membershipInput,
    targets: (context, input) =>
      storeTargets(context, input, `group/${input.GroupId}`, `user/${input.MemberId.UserId}`),
    answer: (context, input) => {
      const store = storeOf(context, input);
      findGroup(store, input.GroupId);
      findUser(store, input.MemberId.UserId);
      if (findMembership(store, input.GroupId, input.MemberId.UserId) !== undefined) {
        // @evidence documented "botocore identitystore.CreateGroupMembership": ConflictException where an existing
        //   uniqueness claim would be violated
        throw notUnique('Member and Group relationship already exists.');
      }
      const id = drawUuid(context.state.random);
      store.memberships.set(id, { id, groupId: input.GroupId, userId: input.MemberId.UserId });
      return { MembershipId: id, IdentityStoreId: store.identityStoreId };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.DeleteGroupMembership": DeleteGroupMembership answers nothing
    name: 'DeleteGroupMembership',
    write: true,
    input: z.object({ IdentityStoreId: storeId, MembershipId: resourceId }),
    targets: (context, input) => storeTargets(context, input, 'group/*', `membership/${input.MembershipId}`, 'user/*'),
    answer: (context, input) => {
      if (!storeOf(context, input).memberships.delete(input.MembershipId)) {
        // @evidence documented "botocore identitystore.DeleteGroupMembership": ResourceNotFoundException, of the
        //   ResourceType GROUP_MEMBERSHIP
        throw notFound('GROUP_MEMBERSHIP');
      }
      return {};
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.ListGroupMemberships": ListGroupMemberships answers GroupMemberships
    name: 'ListGroupMemberships',
    write: false,
    input: z.object({ IdentityStoreId: storeId, GroupId: resourceId, ...page }),
    targets: (context, input) => storeTargets(context, input, 'membership/*', `group/${input.GroupId}`),
    answer: (context, input) => {
      const store = storeOf(context, input);
      findGroup(store, input.GroupId);
      const all = store.memberships.having('groupId', input.GroupId);
      const { items, rest } = pageOf(all, input);
      return { GroupMemberships: items.map((membership) => shape(store, membership)), ...rest };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.ListGroupMembershipsForMember": ListGroupMembershipsForMember
    //   answers GroupMemberships
    name: 'ListGroupMembershipsForMember',
    write: false,
    input: z.object({ ...ofMember, ...page }),
    targets: (context, input) => storeTargets(context, input, 'membership/*', `user/${input.MemberId.UserId}`),
    answer: (context, input) => {
      const store = storeOf(context, input);
      findUser(store, input.MemberId.UserId);
      const all = store.memberships.having('userId', input.MemberId.UserId);
      const { items, rest } = pageOf(all, input);
      return { GroupMemberships: items.map((membership) => shape(store, membership)), ...rest };
    },
  }),
];
