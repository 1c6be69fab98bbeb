/**
 * Whom we have put into groups, for directories that do not list members. By ids of the directory, which name nobody. Somebody who is remembered
 * may not be a member any more: it says whom to ask about.
 */
export interface MemberMemory {
  membersOf(groupId: string): readonly string[];

  /**
   * Written before somebody is added, and after somebody was taken out.
   *
   * @throws TransientError when another run has gone on meanwhile; nothing is written then
   */
  record(groupId: string, userIds: readonly string[]): Promise<void>;
}
