/**
 * Groups of a directory, and who is in them. People come and go by other ways; only groups are ours. "Already so" is success everywhere: a
 * group that is gone, somebody who is a member.
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
   * @param mark tells a group of ours from one that somebody else has made under the same name
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
  /** Of the membership itself, where the directory has such a thing. */
  readonly membershipId: string;
}
