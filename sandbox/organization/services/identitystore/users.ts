import * as z from 'zod';
import { drawUuid } from '../../draw';
import { operation, type Operation } from '../operation';
import { type DirectoryUser, type IdentityCenter, userCalled, userWithEmail } from '../sso-admin/identity-center';
import { invalid, notFound, notUnique, refuseInput } from './identity-store-errors';
import { checkNotReserved, resourceId, storeId, storeOf, storeTargets, text, userName } from './identity-store-input';
import { lookupOperations } from './lookups';

const ofUser = z.object({ IdentityStoreId: storeId, UserId: resourceId });

const creation = z.object({
  IdentityStoreId: storeId,
  UserName: userName,
  DisplayName: text,
  Name: z.object({ GivenName: text, FamilyName: text }),
  Emails: z.tuple([z.object({ Value: text })]).optional(),
});

export function findUser({ users }: IdentityCenter, id: string): DirectoryUser {
  const user = users.get(id);
  if (user === undefined) {
    // @evidence documented "botocore identitystore.DescribeUser": ResourceNotFoundException, of the ResourceType USER
    throw notFound('USER');
  }
  return user;
}

const shape = ({ identityStoreId }: IdentityCenter, user: DirectoryUser): object => ({
  IdentityStoreId: identityStoreId,
  UserId: user.id,
  UserName: user.userName,
  DisplayName: user.displayName,
  Name: { GivenName: user.givenName, FamilyName: user.familyName },
  ...(user.email === null ? {} : { Emails: [{ Value: user.email }] }),
});

function findByAttribute(store: IdentityCenter, path: string, value: string): DirectoryUser {
  const attribute = path.toLowerCase();
  if (attribute !== 'username' && attribute !== 'emails.value') {
    // @evidence documented "botocore identitystore.GetUserId AlternateIdentifier": userName and emails.value are the
    //   only valid paths; ValidationException is the error of the operation for a request with a syntax error
    throw invalid(`The attribute ${path} is not a unique attribute`);
  }
  const found = attribute === 'username' ? userCalled(store, value) : userWithEmail(store, value);
  if (found === undefined) {
    // @evidence documented "botocore identitystore.GetUserId": ResourceNotFoundException, of the ResourceType USER
    throw notFound('USER');
  }
  return found;
}

export const userOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.CreateUser": CreateUser answers IdentityStoreId and UserId
    name: 'CreateUser',
    write: true,
    input: creation,
    targets: (context, input) => storeTargets(context, input),
    answer: (context, input) => {
      const store = storeOf(context, input);
      checkNotReserved(input.UserName);
      if (userCalled(store, input.UserName) !== undefined) {
        // @evidence documented "botocore identitystore.CreateUser": ConflictException where an existing uniqueness
        //   claim would be violated
        throw notUnique('Duplicate UserName');
      }
      const email = input.Emails?.[0].Value ?? null;
      if (email !== null && userWithEmail(store, email) !== undefined) {
        // @evidence documented "singlesignon/latest/userguide/troubleshooting, botocore identitystore.CreateUser": the
        //   primary e-mail address must be unique; ConflictException where an existing uniqueness claim would be
        //   violated
        throw notUnique('Duplicate email');
      }
      const id = drawUuid(context.state.random);
      store.users.set(id, {
        id,
        userName: input.UserName,
        displayName: input.DisplayName,
        givenName: input.Name.GivenName,
        familyName: input.Name.FamilyName,
        email,
      });
      return { UserId: id, IdentityStoreId: store.identityStoreId };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.DeleteUser": DeleteUser answers nothing
    name: 'DeleteUser',
    write: true,
    input: ofUser,
    targets: (context, input) => storeTargets(context, input, `user/${input.UserId}`),
    answer: (context, input) => {
      const store = storeOf(context, input);
      findUser(store, input.UserId);
      store.users.delete(input.UserId);
      for (const { id } of store.memberships.having('userId', input.UserId)) store.memberships.delete(id);
      return {};
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore identitystore.DescribeUser": DescribeUser answers IdentityStoreId, UserId,
    //   UserName, Name, DisplayName and Emails
    name: 'DescribeUser',
    write: false,
    input: ofUser,
    targets: (context, input) => storeTargets(context, input, `user/${input.UserId}`),
    answer: (context, input) => {
      const store = storeOf(context, input);
      return shape(store, findUser(store, input.UserId));
    },
  }),
  ...lookupOperations({ name: 'User', all: ({ users }) => users.values(), shape, findByAttribute }),
];
