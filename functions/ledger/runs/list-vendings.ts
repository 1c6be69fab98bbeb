import { ClaimRecordSchema, type VendingStatus } from '../../domain/records/ledger-records';
import type { LedgerStore, ListingQuery, StoredItem } from '../../ports/ledger-store';
import { contentOf, snapshotsOf } from '../base/decide';
import { accountClaim, claimKey, emailClaim, tenantKey } from '../base/keys';
import { rowOf, type VendingRow } from './read-vending';

/** What rows are wanted: those for which everything is so that is given. */
export interface VendingFilter {
  readonly status?: VendingStatus;
  readonly accountId?: string;
  /** Of the account; in any case. */
  readonly email?: string;
  readonly workspace?: string;
  readonly project?: string;
  readonly landingZone?: string;
  /** The name of the error by which the last run has failed. */
  readonly error?: string;
  /** Its status has changed since. */
  readonly since?: string;
}

export interface VendingPage {
  readonly rows: readonly VendingRow[];
  readonly cursor: string | null;
}

/** What one call reads of a list where few rows are wanted: the next call goes on from there. */
const MAX_PAGES = 10;

/**
 * Newest first. One list is read, that of the filter which leaves the fewest rows; the others are applied to what is
 * read. A page may have fewer rows than its limit, and another after it. A page of the list is as long as rows are
 * missing, so the cursor stands exactly behind the last row.
 *
 * @throws InvalidCursorError
 */
export async function listVendings(
  store: LedgerStore,
  { limit, cursor, ...filter }: VendingFilter & { readonly limit: number; readonly cursor?: string },
): Promise<VendingPage> {
  const { accountId, email } = filter;
  if (accountId !== undefined) return onePage(await holderOf(store, accountClaim(accountId)), filter);
  const holder = email === undefined ? [] : await holderOf(store, emailClaim(email));
  if (holder.length > 0) return onePage(holder, filter);
  const rows: VendingRow[] = [];
  let next = cursor;
  for (let page = 0; page < MAX_PAGES && rows.length < limit; page += 1) {
    const left = limit - rows.length;
    const found = await store.list({
      ...sourceOf(filter),
      limit: left,
      ...(next === undefined ? {} : { cursor: next }),
    });
    rows.push(...found.items.map(rowOf).filter(isWanted(filter)));
    if (found.cursor === null) return { rows, cursor: null };
    next = found.cursor;
  }
  return { rows, cursor: next ?? null };
}

const onePage = (items: readonly StoredItem[], filter: VendingFilter): VendingPage => ({
  rows: items.map(rowOf).filter(isWanted(filter)),
  cursor: null,
});

/** An account has one tenant, and so have most e-mails: the one that claims it. */
async function holderOf(store: LedgerStore, claim: string): Promise<readonly StoredItem[]> {
  const [item] = await snapshotsOf(store, [claimKey(claim)]);
  const holder = contentOf(ClaimRecordSchema, item);
  const [tenant] = holder === undefined ? [] : await store.read([tenantKey(holder.tenantUuid)]);
  return tenant === undefined ? [] : [tenant];
}

/** The narrowest first: most tenants are VENDED, and landing zones are few. Times of one list are those of its rows. */
function sourceOf(filter: VendingFilter): Pick<ListingQuery, 'label' | 'filter' | 'since'> {
  const { email, project, workspace, error, status, landingZone, since } = filter;
  const from = since === undefined ? {} : { since };
  if (email !== undefined) return { filter: { name: 'email', value: email.toLowerCase() } };
  if (project !== undefined) return { filter: { name: 'project', value: project } };
  if (workspace !== undefined) return { filter: { name: 'workspace', value: workspace } };
  if (error !== undefined) return { filter: { name: 'error', value: error }, ...from };
  if (status !== undefined) return { label: status, ...from };
  return landingZone === undefined ? from : { filter: { name: 'landingZone', value: landingZone } };
}

/** Entries of an index may be behind, or left over: what the item itself says counts. */
const isWanted =
  (filter: VendingFilter) =>
  (row: VendingRow): boolean =>
    EQUAL.every(([name, field]) => filter[name] === undefined || filter[name] === row[field]) &&
    row.statusChangedAt >= (filter.since ?? '');

const EQUAL = [
  ['status', 'status'],
  ['accountId', 'accountId'],
  ['workspace', 'workspaceIdentifier'],
  ['project', 'projectIdentifier'],
  ['landingZone', 'landingZone'],
  ['error', 'error'],
] as const;
