import type { Creation } from '../../domain/creation-record';
import { TENANT_TAG_KEY } from '../../domain/tenant-tag';
import { secondsBetween } from '../../domain/vending';
import type { AccountDirectory, CreationRequest, DirectoryAccount } from '../../ports/account-directory';

/** What a search has found. */
export interface SearchResult {
  /** The account that our lost request has made. */
  readonly ours: DirectoryAccount | null;
  /** An account that has our e-mail and is not ours. */
  readonly foreign: DirectoryAccount | null;
  /** A request that may be ours is not decided yet. */
  readonly inProgress: boolean;
  /** A request that may be ours has made an account, and AWS does not show that yet: whose it is, its tag will say. */
  readonly unlisted: boolean;
}

/** Clocks of AWS and Lambda may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 120;

/**
 * Looks for the account of a request whose answer was lost: among the requests by name and time (candidates only: names are not
 * unique), then among all accounts by e-mail. Only the tag with this tenant's uuid makes an account ours. Reads the whole
 * organization; recovery alone pays for that.
 */
export async function searchAccount(
  directory: AccountDirectory,
  tenantUuid: string,
  creation: Creation,
): Promise<SearchResult> {
  const candidates = (await directory.listRequests()).filter((request) => maybeOurs(request, creation));
  let unlisted = false;
  for (const { accountId } of candidates) {
    if (accountId === null) continue;
    const account = await directory.describeAccount(accountId);
    if (account === undefined) unlisted = true;
    else if (await isOurs(directory, tenantUuid, account)) return found({ ours: account });
  }
  const inProgress = candidates.some(({ state }) => state === 'IN_PROGRESS');
  const holder = await directory.findAccountByEmail(creation.email);
  if (holder === undefined) return found({ inProgress, unlisted });
  return (await isOurs(directory, tenantUuid, holder))
    ? found({ ours: holder })
    : found({ foreign: holder, inProgress });
}

const found = (result: Partial<SearchResult>): SearchResult => ({
  ours: null,
  foreign: null,
  inProgress: false,
  unlisted: false,
  ...result,
});

function maybeOurs(request: CreationRequest, creation: Creation): boolean {
  return (
    request.accountName === creation.accountName &&
    (request.requestedAt === null ||
      secondsBetween(creation.intendedAt, request.requestedAt) > -CLOCK_TOLERANCE_SECONDS)
  );
}

async function isOurs(directory: AccountDirectory, tenantUuid: string, account: DirectoryAccount): Promise<boolean> {
  return (await directory.listTags(account.id))[TENANT_TAG_KEY] === tenantUuid;
}
