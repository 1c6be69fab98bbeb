/** The tags of accounts in AWS Organizations. */
export interface AccountTags {
  list(accountId: string): Promise<Readonly<Record<string, string>>>;
  /** Adds tags and replaces values; other tags stay. */
  put(accountId: string, tags: Readonly<Record<string, string>>): Promise<void>;
  remove(accountId: string, keys: readonly string[]): Promise<void>;
}
