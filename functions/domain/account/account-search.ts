import * as z from 'zod/mini';

import { AnyNumber, AnyText, NullByDefault, TextOrNull } from '../base/plain-schemas';

const Instant = AnyText;

/** A request that may be ours, by its name and time; the account that it has made, null while it has made none. */
const CandidateSchema = z.object({ requestId: AnyText, accountId: TextOrNull });

/** What one tenant looks for, and what was found of it. */
const WishSchema = z.object({
  tenantUuid: AnyText,
  intendedAt: Instant,
  accountName: AnyText,
  email: AnyText,
  wishedAt: Instant,
  /** The first reading that begins after the wish: an earlier one may have left behind what is looked for. */
  reading: AnyNumber,
  /** When that reading began; null before. */
  asOf: NullByDefault,
  candidates: z.array(CandidateSchema),
  /** The account that has our e-mail. */
  holderId: TextOrNull,
});

/**
 * One reading of all requests and then of all accounts serves everybody who waited when it began. It is read by one
 * function at a time, page by page; who comes to the end of its time leaves the place to the next.
 */
export const AccountSearchSchema = z.object({
  reading: AnyNumber,
  phase: z.enum(['requests', 'accounts', 'over']),
  /** The token of the next page. */
  nextToken: TextOrNull,
  startedAt: Instant,
  /** Until when somebody reads; a reader that was killed is waited for no longer. */
  readUntil: TextOrNull,
  wishes: z.array(WishSchema),
});

export type AccountSearch = Readonly<z.infer<typeof AccountSearchSchema>>;
export type SearchWish = Readonly<z.infer<typeof WishSchema>>;
export type Wanted = Pick<SearchWish, 'tenantUuid' | 'intendedAt' | 'accountName' | 'email'>;

/** The position of the one function that reads; no other one reads meanwhile. */
export type SearchPlace = Pick<AccountSearch, 'reading' | 'phase' | 'nextToken' | 'wishes'> & {
  readonly readUntil: string;
};

/** What one function has read since it last wrote. */
export interface SearchProgress {
  readonly phase: AccountSearch['phase'];
  readonly nextToken: string | null;
  readonly finds: readonly SearchFind[];
  /** Whether it reads on. */
  readonly readsOn: boolean;
}

export interface SearchFind extends Partial<Pick<SearchWish, 'holderId'>> {
  readonly tenantUuid: string;
  readonly candidate?: SearchWish['candidates'][number];
}

/** How long nobody else reads after one has written; it waits for a page for some seconds, and writes more often. */
const LEASE_SECONDS = 90;

/** A wish that was not renewed by then never will be. */
const FORGOTTEN_AFTER_SECONDS = 24 * 3600;

const NOTHING: AccountSearch = {
  reading: 0,
  phase: 'over',
  nextToken: null,
  startedAt: '',
  readUntil: null,
  wishes: [],
};

const secondsLater = (now: Date, seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();

const isFor = ({ tenantUuid, intendedAt }: Wanted, wanted: Wanted): boolean =>
  tenantUuid === wanted.tenantUuid && intendedAt === wanted.intendedAt;

export const wishOf = (search: AccountSearch | undefined, wanted: Wanted): SearchWish | undefined =>
  search?.wishes.find((wish) => isFor(wish, wanted));

/** All requests were read for it, or all accounts, too. */
export function readFor({ reading, phase }: AccountSearch, wish: SearchWish): 'nothing' | 'requests' | 'everything' {
  if (reading > wish.reading || (reading === wish.reading && phase === 'over')) return 'everything';
  return reading === wish.reading && phase === 'accounts' ? 'requests' : 'nothing';
}

/** Adds a wish, and begins a reading where none is at work for anybody. A second wish of the tenant changes nothing. */
export function withWish(before: AccountSearch = NOTHING, wanted: Wanted, now: Date): AccountSearch {
  const others = before.wishes.filter(
    ({ tenantUuid, wishedAt }) =>
      tenantUuid !== wanted.tenantUuid && secondsLater(new Date(wishedAt), FORGOTTEN_AFTER_SECONDS) > now.toISOString(),
  );
  const wish = wishOf(before, wanted) ?? {
    ...wanted,
    wishedAt: now.toISOString(),
    reading: before.reading + 1,
    asOf: null,
    candidates: [],
    holderId: null,
  };
  return begun({ ...before, wishes: [...others, wish] }, now);
}

export const withoutWish = (search: AccountSearch, tenantUuid: string): AccountSearch => ({
  ...search,
  wishes: search.wishes.filter((wish) => wish.tenantUuid !== tenantUuid),
});

function begun(search: AccountSearch, now: Date): AccountSearch {
  const { reading, wishes } = search;
  const serves = wishes.some((wish) => wish.reading <= reading && readFor(search, wish) !== 'everything');
  if (serves || !wishes.some((wish) => wish.reading > reading)) return search;
  const startedAt = now.toISOString();
  return {
    reading: reading + 1,
    phase: 'requests',
    nextToken: null,
    startedAt,
    readUntil: null,
    wishes: wishes.map((wish) => (wish.reading === reading + 1 ? { ...wish, asOf: startedAt } : wish)),
  };
}

/** The place to read on, unless somebody reads or there is nothing to read. */
export function taken(search: AccountSearch, now: Date): SearchPlace | undefined {
  const { reading, phase, nextToken, wishes, readUntil } = search;
  if (phase === 'over' || (readUntil !== null && readUntil > now.toISOString())) return undefined;
  const served = wishes.filter((wish) => wish.reading === reading);
  return { reading, phase, nextToken, wishes: served, readUntil: secondsLater(now, LEASE_SECONDS) };
}

/** @returns undefined where the place is somebody else's by now; nothing of it counts then */
export function withProgress(
  search: AccountSearch | undefined,
  { reading, readUntil }: SearchPlace,
  { phase, nextToken, finds, readsOn }: SearchProgress,
  now: Date,
): AccountSearch | undefined {
  if (search?.reading !== reading || search.readUntil !== readUntil) return undefined;
  return {
    ...search,
    phase,
    nextToken,
    readUntil: readsOn ? secondsLater(now, LEASE_SECONDS) : null,
    wishes: search.wishes.map((wish) =>
      wish.reading === reading
        ? finds.filter((find) => find.tenantUuid === wish.tenantUuid).reduce(withFind, wish)
        : wish,
    ),
  };
}

/** What is found again, after a token that AWS took no more, is found once. */
const withFind = (wish: SearchWish, { candidate, holderId }: SearchFind): SearchWish => ({
  ...wish,
  candidates:
    candidate === undefined
      ? wish.candidates
      : [...wish.candidates.filter(({ requestId }) => requestId !== candidate.requestId), candidate],
  holderId: holderId ?? wish.holderId,
});
