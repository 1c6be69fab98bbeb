import { type AdoptionAccount, AdoptionAccountSchema } from '../../domain/adoption/adoption';
import { countEnrollment, EnrollmentWeekSchema } from '../../domain/adoption/enrollment-week';
import { type ItemKey, type LedgerStore, MAX_ITEMS } from '../../ports/ledger-store';
import { contentOf, contentOfStored, decide, inParts, replace, snapshotsInParts } from '../base/decide';
import { adoptionPartition, expiryOfAdoption } from './adoptions';

const ACCOUNT = 'ACCOUNT#';

const accountKey = (id: string, accountId: string): ItemKey => ({
  partition: adoptionPartition(id),
  sort: `${ACCOUNT}${accountId}`,
});

/** One for all adoptions. */
const ENROLLMENT_WEEK_KEY: ItemKey = { partition: 'ADOPTION#ENROLLMENTS', sort: 'WEEK' };

/** Writes the accounts of an adoption that are not there yet. A second call changes nothing. */
export async function addAccounts(
  store: LedgerStore,
  id: string,
  accounts: readonly AdoptionAccount[],
  now: Date,
): Promise<void> {
  for (const part of inParts(accounts, MAX_ITEMS)) {
    const keys = part.map(({ accountId }) => accountKey(id, accountId));
    await decide(store, keys, (...items) => ({
      writes: items.flatMap((item, index) => {
        const account = part[index];
        return item.version > 0 || account === undefined
          ? []
          : [replace(item, account, { expiresAt: expiryOfAdoption(now) })];
      }),
      result: undefined,
    }));
  }
}

/** The next accounts of an adoption, by their ids. */
export async function readAccounts(
  store: LedgerStore,
  id: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly AdoptionAccount[]> {
  const items = await store.readPartition({
    partition: adoptionPartition(id),
    prefix: ACCOUNT,
    limit,
    ...(after === null ? {} : { after: `${ACCOUNT}${after}` }),
  });
  return items.map((item) => contentOfStored(AdoptionAccountSchema, item));
}

/** Those with these ids. */
export async function readNamedAccounts(
  store: LedgerStore,
  id: string,
  accountIds: readonly string[],
): Promise<readonly AdoptionAccount[]> {
  const items = await snapshotsInParts(
    store,
    accountIds.map((accountId) => accountKey(id, accountId)),
  );
  return items.flatMap((item) => contentOf(AdoptionAccountSchema, item) ?? []);
}

const AT_ONCE = 100;

/** All of them, a page at a time. */
export async function* eachAccount(store: LedgerStore, id: string): AsyncGenerator<AdoptionAccount> {
  let after: string | null = null;
  for (;;) {
    const page: readonly AdoptionAccount[] = await readAccounts(store, id, { after, limit: AT_ONCE });
    yield* page;
    if (page.length < AT_ONCE) return;
    after = page.at(-1)?.accountId ?? null;
  }
}

/** Writes down what is known of an account now. One part works on it at a time. */
export async function writeAccount(store: LedgerStore, id: string, account: AdoptionAccount, now: Date): Promise<void> {
  await decide(store, [accountKey(id, account.accountId)], (item) => ({
    writes: [replace(item, account, { expiresAt: expiryOfAdoption(now) })],
    result: undefined,
  }));
}

type Counted =
  | { readonly ok: true; readonly account: AdoptionAccount }
  | { readonly ok: false; readonly waitsUntil: Date };

/**
 * Counts an account among those that AWS enrolls in a week, once: the count and the mark on the account are written
 * together.
 */
export async function takeEnrollment(
  store: LedgerStore,
  id: string,
  account: AdoptionAccount,
  limit: number,
  now: Date,
): Promise<Counted> {
  if (account.enrollmentCountedAt !== null) return { ok: true, account };
  return decide<Counted>(store, [accountKey(id, account.accountId), ENROLLMENT_WEEK_KEY], (item, weekItem) => {
    const counted = countEnrollment(contentOf(EnrollmentWeekSchema, weekItem), now, limit);
    if ('waitsUntil' in counted) return { writes: [], result: { ok: false, ...counted } };
    const after = { ...account, enrollmentCountedAt: now.toISOString() };
    return {
      writes: [replace(item, after, { expiresAt: expiryOfAdoption(now) }), replace(weekItem, counted.week)],
      result: { ok: true, account: after },
    };
  });
}
