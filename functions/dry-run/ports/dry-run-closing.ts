import type { AccountCloser, AccountDirectory } from '../../ports/organizations';

type Looks = Pick<AccountDirectory, 'describeAccount' | 'listTags'>;

/** Accounts as they are, but for those that the dry run has closed. */
export function dryRunClosing(directory: Looks): { readonly closer: AccountCloser; readonly directory: Looks } {
  const closed = new Set<string>();
  return {
    closer: {
      close: (accountId) => {
        closed.add(accountId);
        return Promise.resolve('taken');
      },
    },
    directory: {
      describeAccount: async (accountId) => {
        const found = await directory.describeAccount(accountId);
        return found !== undefined && closed.has(accountId) ? { ...found, state: 'CLOSED' } : found;
      },
      listTags: (accountId) => directory.listTags(accountId),
    },
  };
}
