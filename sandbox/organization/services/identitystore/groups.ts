import * as z from 'zod';
import { drawUuid } from '../../draw';
import { operation, type Operation } from '../operation';
import { type DirectoryGroup, groupCalled, type IdentityCenter } from '../sso-admin/identity-center';
import { invalid, notFound, notUnique, refuseInput } from './identity-store-errors';
import {
  checkNotReserved,
  displayName,
  resourceId,
  storeId,
  storeOf,
  storeTargets,
  text,
} from './identity-store-input';
import { lookupOperations } from './lookups';

const ofGroup = z.object({ IdentityStoreId: storeId, GroupId: resourceId });

export function findGroup({ groups }: IdentityCenter, id: string): DirectoryGroup {
  const group = groups.get(id);
  if (group === undefined) {
    // @evidence documented "botocore identitystore.DescribeGroup": ResourceNotFoundException, of the ResourceType GROUP
    throw notFound('GROUP');
  }
  return group;
}

function findByAttribute(store: IdentityCenter, path: string, value: string): DirectoryGroup {
  if (path.toLowerCase() !== 'displayname') {
    // @evidence documented "botocore identitystore.GetGroupId AlternateIdentifier": displayName is the only valid path;
    //   ValidationException is the error of the operation for a request with a syntax error
    throw invalid(`The attribute ${path} is not a unique attribute`);
  }
  const group = groupCalled(store, value);
  if (group === undefined) {
    // @evidence documented "botocore identitystore.GetGroupId": ResourceNotFoundException, of the ResourceType GROUP
    throw notFound('GROUP');
  }
  return group;
}

const shape = ({ identityStoreId }: IdentityCenter, group: DirectoryGroup): object => ({
  IdentityStoreId: identityStoreId,
  GroupId: group.id,
  DisplayName: group.displayName,
  Description: group.description,
});

export const groupOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.CreateGroup": CreateGroup answers IdentityStoreId and GroupId
    name: 'CreateGroup',
    write: true,
    input: z.object({ IdentityStoreId: storeId, DisplayName: displayName, Description: text.optional() }),
    targets: (context, input) => storeTargets(context, input),
    answer: (context, input) => {
      const store = storeOf(context, input);
      checkNotReserved(input.DisplayName);
      if (groupCalled(store, input.DisplayName) !== undefined) {
        // @evidence documented "botocore identitystore.CreateGroup": ConflictException where an existing uniqueness
        //   claim would be violated
        throw notUnique('Duplicate GroupDisplayName');
      }
      const id = drawUuid(context.state.random);
      const description = input.Description ?? null;
      store.groups.set(id, {
        id,
        displayName: input.DisplayName,
        description,
        externalId: null,
        createdAt: context.now,
      });
      return { GroupId: id, IdentityStoreId: store.identityStoreId };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.DeleteGroup": DeleteGroup answers nothing
    name: 'DeleteGroup',
    write: true,
    input: ofGroup,
    targets: (context, input) => storeTargets(context, input, `group/${input.GroupId}`),
    // Account assignments of the group stay behind, with an id that nobody has any more.
    answer: (context, input) => {
      const store = storeOf(context, input);
      findGroup(store, input.GroupId);
      store.groups.delete(input.GroupId);
      for (const { id } of store.memberships.having('groupId', input.GroupId)) store.memberships.delete(id);
      return {};
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.DescribeGroup": DescribeGroup answers IdentityStoreId, GroupId and
    //   DisplayName
    name: 'DescribeGroup',
    write: false,
    input: ofGroup,
    targets: (context, input) => storeTargets(context, input, `group/${input.GroupId}`),
    answer: (context, input) => {
      const store = storeOf(context, input);
      return shape(store, findGroup(store, input.GroupId));
    },
  }),
  ...lookupOperations({ name: 'Group', all: ({ groups }) => groups.values(), shape, findByAttribute }),
];
