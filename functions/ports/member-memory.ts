/**
 * The members that we have put into groups, for directories that do not list members. They are ids of the directory,
 * which name nobody. A remembered member may have left since: the record says whom to ask about.
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
