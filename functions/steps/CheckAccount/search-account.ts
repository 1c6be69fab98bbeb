import { readFor, type SearchWish, type Wanted } from '../../domain/account/account-search';
import type { Creation } from '../../domain/records/account-records';
import { TENANT_TAG_KEY } from '../../domain/plan/plan';
import { secondsBetween } from '../../domain/run/step-context';
import type { AccountDirectory, DirectoryAccount, Page } from '../../ports/organizations';
import { isCandidate, isHolder, type ListPorts, readOn } from './read-lists';

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
  /** What AWS has listed later may be missing. */
  readonly asOf: Date;
}

/** The lists are not read to their ends: when to go on. Undefined: others read, and there is no hurry. */
export interface Unfinished {
  readonly waitSeconds: number | undefined;
}

/** A function may work for 300 s; a page may have to wait for some, and so has what comes after the last one. */
const READS_FOR_SECONDS = 200;

/** It was the function's time that was over, not the list. */
const AT_ONCE_SECONDS = 1;

/** So much of each list is read at once, for one's own. Most organizations have no more. */
const FEW_PAGES = 6;

/**
 * Looks for the account of a request whose answer was lost: among the requests by name and time (candidates only: names
 * are not unique), then among all accounts by e-mail. Only the tag with this tenant's uuid makes an account ours.
 *
 * Recovery alone pays for that. Where the lists are long they are read once for all who wait, not before AWS lists what
 * it has made, and in as many invocations as it takes (docs/adr/0006-creation-protocol.md).
 *
 * @param from when AWS lists what this request has made
 */
export async function searchAccount(
  ports: ListPorts,
  tenantUuid: string,
  creation: Creation,
  from: Date,
): Promise<SearchResult | Unfinished> {
  const { intendedAt, accountName, email } = creation;
  const wanted = { tenantUuid, intendedAt, accountName, email };
  const startedAt = ports.clock();
  if (!(await ports.search.isAtWork())) {
    const result = await readFewPages(ports, wanted);
    if (result !== undefined) return result;
  }
  if (startedAt < from) return { waitSeconds: Math.ceil(secondsBetween(startedAt, from)) };
  return readWithOthers(ports, wanted, new Date(startedAt.getTime() + READS_FOR_SECONDS * 1000));
}

/** @returns undefined where there is more, and it may be there */
async function readFewPages({ directory, clock }: ListPorts, wanted: Wanted): Promise<SearchResult | undefined> {
  const asOf = clock();
  const requests = await fewOf((token) => directory.listRequests(token));
  const candidates = requests.items.filter((request) => isCandidate(request, wanted));
  const made = await inspectCandidates(directory, wanted, candidates);
  if (made.ours !== null) return { foreign: null, asOf, ...made };
  const accounts = await fewOf((token) => directory.listAccounts(token));
  const holder = accounts.items.find((account) => isHolder(account, wanted));
  const result = { foreign: null, asOf, ...made, ...(await inspectHolder(directory, wanted, holder)) };
  return result.ours !== null || (requests.isAll && accounts.isAll) ? result : undefined;
}

async function fewOf<Item>(
  list: (pageToken: string | null) => Promise<Page<Item>>,
): Promise<{ readonly items: readonly Item[]; readonly isAll: boolean }> {
  const items: Item[] = [];
  let nextToken: string | null = null;
  for (let pages = 0; pages < FEW_PAGES; pages += 1) {
    const page: Page<Item> = await list(nextToken);
    if (page === 'expired') return { items, isAll: false };
    items.push(...page.items);
    nextToken = page.nextToken;
    if (nextToken === null) return { items, isAll: true };
  }
  return { items, isAll: false };
}

/** Reads on where nobody does, and tells what was found as soon as it is known. */
async function readWithOthers(ports: ListPorts, wanted: Wanted, until: Date): Promise<SearchResult | Unfinished> {
  for (;;) {
    const { search, wish, place } = await ports.search.join(wanted);
    const read = wish === undefined ? 'nothing' : readFor(search, wish);
    if (wish !== undefined && read !== 'nothing') {
      const result = await resultOf(ports, wish, read);
      if (result !== undefined) return result;
    }
    if (place === undefined) return { waitSeconds: undefined };
    const end = await readOn(ports, place, until);
    if (end !== 'list') return { waitSeconds: end === 'time' ? AT_ONCE_SECONDS : undefined };
  }
}

/** What is in progress, or not shown yet, is looked at again; for that the lists need not be read a second time. */
async function resultOf(
  { directory, search }: ListPorts,
  wish: SearchWish,
  read: 'requests' | 'everything',
): Promise<SearchResult | undefined> {
  const asOf = new Date(wish.asOf ?? wish.wishedAt);
  const made = await inspectCandidates(directory, wish, await describeCandidates(directory, wish));
  const holder =
    read === 'everything' && wish.holderId !== null ? await directory.describeAccount(wish.holderId) : undefined;
  const result = {
    foreign: null,
    asOf,
    ...made,
    ...(made.ours === null ? await inspectHolder(directory, wish, holder) : {}),
  };
  if (result.ours === null && read !== 'everything') return undefined;
  if (result.ours !== null || (!result.inProgress && !result.unlisted)) await search.leave(wish.tenantUuid);
  return result;
}

interface Candidate {
  readonly accountId: string | null;
  readonly state: string;
}

async function describeCandidates(
  directory: AccountDirectory,
  { candidates }: SearchWish,
): Promise<readonly Candidate[]> {
  const all: Candidate[] = [];
  for (const { requestId, accountId } of candidates) {
    all.push(accountId === null ? await standing(directory, requestId) : { accountId, state: 'SUCCEEDED' });
  }
  return all;
}

const standing = async (directory: AccountDirectory, requestId: string): Promise<Candidate> =>
  (await directory.describeRequest(requestId)) ?? { accountId: null, state: 'IN_PROGRESS' };

async function inspectCandidates(
  directory: AccountDirectory,
  wanted: Wanted,
  candidates: readonly Candidate[],
): Promise<Pick<SearchResult, 'ours' | 'inProgress' | 'unlisted'>> {
  let unlisted = false;
  for (const { accountId } of candidates) {
    if (accountId === null) continue;
    const account = await directory.describeAccount(accountId);
    if (account === undefined) unlisted = true;
    else if (await hasOurTag(directory, wanted, account)) return { ours: account, inProgress: false, unlisted: false };
  }
  return { ours: null, inProgress: candidates.some(({ state }) => state === 'IN_PROGRESS'), unlisted };
}

/** Decides whose the account with our e-mail is. If it belongs to somebody else, ours will not appear. */
async function inspectHolder(
  directory: AccountDirectory,
  wanted: Wanted,
  holder: DirectoryAccount | undefined,
): Promise<Partial<SearchResult>> {
  if (holder === undefined) return {};
  return (await hasOurTag(directory, wanted, holder))
    ? { ours: holder, inProgress: false, unlisted: false }
    : { foreign: holder, unlisted: false };
}

async function hasOurTag(
  directory: AccountDirectory,
  { tenantUuid }: Wanted,
  { id }: DirectoryAccount,
): Promise<boolean> {
  return (await directory.listTags(id))[TENANT_TAG_KEY] === tenantUuid;
}
