import type { FactoryUser } from '../domain/plan/plan';

/**
 * Groups of a directory, and who is in them. People come and go by other ways; only groups are ours. "Already so" is
 * success everywhere: a group that is gone, somebody who is a member.
 */
export interface GroupDirectory {
  /**
   * Ids of people by their names; letter case does not count.
   *
   * @returns by the name as it was asked; without whom the directory does not know
   */
  findUsers(userNames: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** The id of the group of this name; letter case does not count. */
  findGroup(name: string): Promise<string | undefined>;

  /** What `createGroup` has marked the group with; null where it carries nothing, or is gone. */
  markOf(groupId: string): Promise<string | null>;

  /**
   * Makes a group.
   *
   * @param mark tells one of our groups from one that somebody else has made under the same name
   * @throws TransientError when there is one of that name already, which a look has not shown yet
   */
  createGroup(group: { readonly name: string; readonly mark: string }): Promise<string>;

  deleteGroup(groupId: string): Promise<void>;

  /** Undefined where there is no such group any more. */
  listMembers(groupId: string): Promise<readonly Member[] | undefined>;

  /** @throws RejectedError when the group is gone */
  addMembers(groupId: string, userIds: readonly string[]): Promise<void>;

  removeMembers(groupId: string, members: readonly Member[]): Promise<void>;
}

export interface Member {
  readonly userId: string;
  /** The id of the membership itself, if the directory has one. */
  readonly membershipId: string;
}

/** What the Account Factory has given its user itself, in the accounts that it has worked on. */
export interface FactoryUserAssignments {
  inAccount(accountId: string): Promise<readonly FactoryUserAssignment[]>;
  /** Undefined where there is no IAM Identity Center in the region. */
  everywhere(): Promise<readonly FactoryUserAssignment[] | undefined>;
}

export interface FactoryUserAssignment {
  readonly accountId: string;
  readonly userId: string;
  readonly permissionSetArn: string;
}

/**
 * Which groups have which permission sets in which account. Changes take their time: each is a request that is looked
 * at later.
 */
export interface AccountAssignments {
  /**
   * The permission sets that a group has in an account, no matter who gave them; also those of a group that is gone.
   */
  listOfGroup(accountId: string, groupId: string): Promise<readonly string[]>;

  /** The accounts to which a group gives access; one may come several times. */
  accountsOfGroup(groupId: string): Promise<readonly string[]>;

  /**
   * Begins a change. `busy`: as many as may be are at work, or one on this very assignment. `absent`: something that it
   * names is not there, or not known yet; in AWS's words.
   */
  create(assignment: Assignment): Promise<StartedAssignment>;
  delete(assignment: Assignment): Promise<StartedAssignment>;

  /** What the Account Factory has given its user itself in an account. */
  ofFactoryUser(accountId: string, user: FactoryUser): Promise<readonly FactoryUserAssignment[]>;

  describe(kind: 'creation' | 'deletion', requestId: string): Promise<AssignmentProgress>;
}

export interface Assignment {
  readonly accountId: string;
  /** The id of a group, or of a user if `principalType` says so. */
  readonly groupId: string;
  readonly permissionSetArn: string;
  readonly principalType?: 'USER' | undefined;
}

export type StartedAssignment = { readonly requestId: string } | { readonly absent: string } | 'busy';

export interface AssignmentProgress {
  /** `UNKNOWN`: the request is so old that Identity Center has forgotten it. */
  readonly state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN';
  readonly reason: string | null;
}

/** The permission sets of IAM Identity Center. */
export interface PermissionSets {
  /** The ARNs of all of them; undefined where the configured instance is not there. */
  list(): Promise<readonly string[] | undefined>;
}

/**
 * The members that we have added to groups, for directories that do not list members. Kept as ids of the directory,
 * which name nobody. Somebody who is kept here may not be a member any more: it says whom to ask about.
 */
export interface AddedMembers {
  membersOf(groupId: string): readonly string[];

  /**
   * Written before somebody is added, and after somebody was taken out.
   *
   * @throws TransientError when another run has gone on meanwhile; nothing is written then
   */
  record(groupId: string, userIds: readonly string[]): Promise<void>;
}
