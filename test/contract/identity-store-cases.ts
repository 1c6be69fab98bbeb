import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupMembershipCommand,
  DeleteUserCommand,
  DescribeGroupCommand,
  DescribeUserCommand,
  GetGroupIdCommand,
  GetUserIdCommand,
  ListGroupMembershipsCommand,
  ListGroupMembershipsForMemberCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import type { ContractCase } from './contract-case';
import type { Subject } from './subject';

const NOBODY = '11111111-1111-4111-8111-111111111111';

/** The steps of a case with names of its own, since one moto serves all of them. */
const inStore =
  (steps: (store: StoreUnderTest) => Promise<unknown>): ContractCase['run'] =>
  (subject) =>
    steps(new StoreUnderTest(subject));

class StoreUnderTest {
  readonly #subject: Subject;
  readonly groupName: string;
  readonly userName: string;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.groupName = `mst-${subject.unique}`;
    this.userName = `${subject.unique}@corp.example`;
  }

  get client() {
    return this.#subject.identityStore;
  }

  get store() {
    return { IdentityStoreId: this.#subject.identityStoreId };
  }

  named(AttributePath: string, AttributeValue: string) {
    return { ...this.store, AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } } };
  }

  makeGroup(input = {}) {
    return this.client.send(new CreateGroupCommand({ ...this.store, DisplayName: this.groupName, ...input }));
  }

  makeUser(input = {}) {
    const Name = { GivenName: 'Jane', FamilyName: 'Doe' };
    const user = { UserName: this.userName, DisplayName: 'Jane Doe', Name, Emails: [{ Value: this.userName }] };
    return this.client.send(new CreateUserCommand({ ...this.store, ...user, ...input }));
  }

  async makeMember() {
    const { GroupId } = await this.makeGroup();
    const { UserId = '' } = await this.makeUser();
    const membership = { ...this.store, GroupId, MemberId: { UserId } };
    const { MembershipId } = await this.client.send(new CreateGroupMembershipCommand(membership));
    return { GroupId, UserId, MembershipId };
  }
}

export const identityStoreCases: readonly ContractCase[] = [
  {
    operation: 'identitystore:CreateUser',
    case: 'success',
    run: inStore((store) => store.makeUser()),
  },
  {
    operation: 'identitystore:CreateUser',
    case: 'error: a name that is taken',
    run: inStore(async (store) => {
      await store.makeUser();
      return store.makeUser();
    }),
  },
  {
    operation: 'identitystore:DeleteUser',
    case: 'success',
    run: inStore(async (store) => {
      const { UserId } = await store.makeUser();
      await store.client.send(new DeleteUserCommand({ ...store.store, UserId }));
      return store.client.send(new DescribeUserCommand({ ...store.store, UserId }));
    }),
  },
  {
    operation: 'identitystore:DeleteUser',
    case: 'error: an unknown user',
    run: inStore((store) => store.client.send(new DeleteUserCommand({ ...store.store, UserId: NOBODY }))),
  },
  {
    operation: 'identitystore:DescribeUser',
    case: 'success',
    run: inStore(async (store) => {
      const { UserId } = await store.makeUser();
      return store.client.send(new DescribeUserCommand({ ...store.store, UserId }));
    }),
  },
  {
    operation: 'identitystore:DescribeUser',
    case: 'error: an unknown user',
    run: inStore((store) => store.client.send(new DescribeUserCommand({ ...store.store, UserId: NOBODY }))),
  },
  {
    operation: 'identitystore:ListUsers',
    case: 'success',
    run: inStore(async (store) => {
      await store.makeUser();
      const { Users = [] } = await store.client.send(new ListUsersCommand(store.store));
      return Users.filter(({ UserName }) => UserName === store.userName).map(({ DisplayName, Name, Emails }) => ({
        DisplayName,
        Emails,
        names: [Name?.GivenName, Name?.FamilyName],
      }));
    }),
  },
  {
    operation: 'identitystore:ListUsers',
    case: 'error: too large a page',
    run: inStore((store) => store.client.send(new ListUsersCommand({ ...store.store, MaxResults: 101 }))),
  },
  {
    operation: 'identitystore:GetUserId',
    case: 'success',
    run: inStore(async (store) => {
      const { UserId } = await store.makeUser();
      const found = await store.client.send(new GetUserIdCommand(store.named('userName', store.userName)));
      return { found, same: found.UserId === UserId };
    }),
  },
  {
    operation: 'identitystore:GetUserId',
    case: 'success: by e-mail',
    run: inStore(async (store) => {
      await store.makeUser();
      return store.client.send(new GetUserIdCommand(store.named('emails.value', store.userName)));
    }),
  },
  {
    operation: 'identitystore:GetUserId',
    case: 'error: an unknown user',
    run: inStore((store) => store.client.send(new GetUserIdCommand(store.named('userName', store.userName)))),
  },
  {
    operation: 'identitystore:GetUserId',
    case: 'error: an attribute that is not unique',
    run: inStore((store) => store.client.send(new GetUserIdCommand(store.named('displayName', 'Jane Doe')))),
  },
  {
    operation: 'identitystore:CreateGroup',
    case: 'success',
    run: inStore((store) => store.makeGroup({ Description: 'of a tenant' })),
  },
  {
    operation: 'identitystore:CreateGroup',
    case: 'error: a name that is taken',
    run: inStore(async (store) => {
      await store.makeGroup();
      return store.makeGroup();
    }),
  },
  {
    operation: 'identitystore:DeleteGroup',
    case: 'success',
    run: inStore(async (store) => {
      const { GroupId } = await store.makeGroup();
      await store.client.send(new DeleteGroupCommand({ ...store.store, GroupId }));
      return store.client.send(new DescribeGroupCommand({ ...store.store, GroupId }));
    }),
  },
  {
    operation: 'identitystore:DeleteGroup',
    case: 'error: an unknown group',
    run: inStore((store) => store.client.send(new DeleteGroupCommand({ ...store.store, GroupId: NOBODY }))),
  },
  {
    operation: 'identitystore:DescribeGroup',
    case: 'success',
    run: inStore(async (store) => {
      const { GroupId } = await store.makeGroup({ Description: 'of a tenant' });
      return store.client.send(new DescribeGroupCommand({ ...store.store, GroupId }));
    }),
  },
  {
    operation: 'identitystore:DescribeGroup',
    case: 'error: an unknown group',
    run: inStore((store) => store.client.send(new DescribeGroupCommand({ ...store.store, GroupId: NOBODY }))),
  },
  {
    operation: 'identitystore:ListGroups',
    case: 'success',
    run: inStore(async (store) => {
      await store.makeGroup({ Description: 'of a tenant' });
      const { Groups = [] } = await store.client.send(new ListGroupsCommand(store.store));
      return Groups.filter(({ DisplayName }) => DisplayName === store.groupName);
    }),
  },
  {
    operation: 'identitystore:ListGroups',
    case: 'error: too large a page',
    run: inStore((store) => store.client.send(new ListGroupsCommand({ ...store.store, MaxResults: 101 }))),
  },
  {
    operation: 'identitystore:GetGroupId',
    case: 'success',
    run: inStore(async (store) => {
      const { GroupId } = await store.makeGroup();
      const found = await store.client.send(new GetGroupIdCommand(store.named('displayName', store.groupName)));
      return { found, same: found.GroupId === GroupId };
    }),
  },
  {
    operation: 'identitystore:GetGroupId',
    case: 'error: an unknown group',
    run: inStore((store) => store.client.send(new GetGroupIdCommand(store.named('displayName', store.groupName)))),
  },
  {
    operation: 'identitystore:CreateGroupMembership',
    case: 'success',
    run: inStore((store) => store.makeMember()),
  },
  {
    operation: 'identitystore:CreateGroupMembership',
    case: 'error: an unknown group',
    run: inStore(async (store) => {
      const { UserId = '' } = await store.makeUser();
      const membership = { ...store.store, GroupId: NOBODY, MemberId: { UserId } };
      return store.client.send(new CreateGroupMembershipCommand(membership));
    }),
  },
  {
    operation: 'identitystore:CreateGroupMembership',
    case: 'error: an unknown user',
    run: inStore(async (store) => {
      const { GroupId } = await store.makeGroup();
      const membership = { ...store.store, GroupId, MemberId: { UserId: NOBODY } };
      return store.client.send(new CreateGroupMembershipCommand(membership));
    }),
  },
  {
    operation: 'identitystore:CreateGroupMembership',
    case: 'error: a member already',
    run: inStore(async (store) => {
      const { GroupId, UserId } = await store.makeMember();
      const membership = { ...store.store, GroupId, MemberId: { UserId } };
      return store.client.send(new CreateGroupMembershipCommand(membership));
    }),
  },
  {
    operation: 'identitystore:DeleteGroupMembership',
    case: 'success',
    run: inStore(async (store) => {
      const { GroupId, MembershipId } = await store.makeMember();
      await store.client.send(new DeleteGroupMembershipCommand({ ...store.store, MembershipId }));
      return store.client.send(new ListGroupMembershipsCommand({ ...store.store, GroupId }));
    }),
  },
  {
    operation: 'identitystore:DeleteGroupMembership',
    case: 'error: an unknown membership',
    run: inStore((store) =>
      store.client.send(new DeleteGroupMembershipCommand({ ...store.store, MembershipId: NOBODY })),
    ),
  },
  {
    operation: 'identitystore:ListGroupMemberships',
    case: 'success',
    run: inStore(async (store) => {
      const { GroupId } = await store.makeMember();
      return store.client.send(new ListGroupMembershipsCommand({ ...store.store, GroupId }));
    }),
  },
  {
    operation: 'identitystore:ListGroupMemberships',
    case: 'error: an unknown group',
    run: inStore((store) => store.client.send(new ListGroupMembershipsCommand({ ...store.store, GroupId: NOBODY }))),
  },
  {
    operation: 'identitystore:ListGroupMembershipsForMember',
    case: 'success',
    run: inStore(async (store) => {
      const { UserId } = await store.makeMember();
      return store.client.send(new ListGroupMembershipsForMemberCommand({ ...store.store, MemberId: { UserId } }));
    }),
  },
  {
    operation: 'identitystore:ListGroupMembershipsForMember',
    case: 'error: an unknown user',
    run: inStore((store) => {
      const MemberId = { UserId: NOBODY };
      return store.client.send(new ListGroupMembershipsForMemberCommand({ ...store.store, MemberId }));
    }),
  },
];
