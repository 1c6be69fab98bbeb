import { IndexedMap } from '../../indexed-map';

/** IAM Identity Center of the organization: one instance, in one region, with its identity store. */
export interface IdentityCenter {
  readonly region: string;
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly createdAt: number;
  /** Keyed by id, oldest first, like everything here. */
  readonly users: IndexedMap<DirectoryUser, 'userName' | 'email'>;
  readonly groups: IndexedMap<DirectoryGroup, 'displayName'>;
  readonly memberships: IndexedMap<GroupMembership, 'groupId' | 'userId'>;
  /** Keyed by ARN. */
  readonly permissionSets: Map<string, PermissionSet>;
  /** Keyed by `assignmentKey`. */
  readonly assignments: IndexedMap<AccountAssignment, 'accountId' | 'principalId'>;
  /** Keyed by request id. */
  readonly operations: Map<string, AssignmentOperation>;
  /** Keyed by account: until when its roles are changed. One change at a time; others wait. */
  readonly busyUntil: Map<string, number>;
}

export interface DirectoryUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | null;
}

export interface DirectoryGroup {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  /** The id that a SCIM client has set; the Identity Store API sets none. */
  readonly externalId: string | null;
  /** The time in the Identity Store API; 0 for a group of the seed. */
  readonly createdAt: number;
}

export interface GroupMembership {
  readonly id: string;
  readonly groupId: string;
  readonly userId: string;
}

export interface PermissionSet {
  readonly arn: string;
  readonly name: string;
  readonly description: string | null;
  readonly sessionDuration: string;
  readonly createdAt: number;
}

export interface AccountAssignment {
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly principalType: 'GROUP' | 'USER';
  readonly principalId: string;
}

export interface AssignmentOperation {
  readonly requestId: string;
  readonly kind: 'creation' | 'deletion';
  readonly assignment: AccountAssignment;
  readonly createdAt: number;
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  failureReason: string | null;
}

export const assignmentKey = ({ accountId, permissionSetArn, principalType, principalId }: AccountAssignment): string =>
  [accountId, permissionSetArn, principalType, principalId].join(' ');

/** Names are compared without regard to case. */
export const comparable = (name: string): string => name.toLowerCase();

export const userCalled = ({ users }: IdentityCenter, userName: string): DirectoryUser | undefined =>
  users.having('userName', comparable(userName))[0];

export const userWithEmail = ({ users }: IdentityCenter, email: string): DirectoryUser | undefined =>
  users.having('email', comparable(email))[0];

export const groupCalled = ({ groups }: IdentityCenter, displayName: string): DirectoryGroup | undefined =>
  groups.having('displayName', comparable(displayName))[0];

/** A directory in which there is nobody yet, and nothing. */
export const emptyDirectory = (): Pick<IdentityCenter, 'users' | 'groups' | 'memberships' | 'assignments'> => ({
  users: new IndexedMap({
    userName: ({ userName }: DirectoryUser) => comparable(userName),
    email: ({ email }: DirectoryUser) => comparable(email ?? ''),
  }),
  groups: new IndexedMap({ displayName: ({ displayName }: DirectoryGroup) => comparable(displayName) }),
  memberships: new IndexedMap({
    groupId: ({ groupId }: GroupMembership) => groupId,
    userId: ({ userId }: GroupMembership) => userId,
  }),
  assignments: new IndexedMap({
    accountId: ({ accountId }: AccountAssignment) => accountId,
    principalId: ({ principalId }: AccountAssignment) => principalId,
  }),
});
