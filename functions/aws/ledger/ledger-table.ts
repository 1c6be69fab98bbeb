/*
 * The shape of the ledger's table, shared with `infra`:
 *
 * | attribute | is |
 * |---|---|
 * | `partition`, `sort` | the key |
 * | `version` | rises by one with every write; every write is conditional on it |
 * | `data` | the record (`functions/domain/records/ledger-records.ts`), as JSON text |
 * | `label`, `listedAt`, `everyLabel` | only on items that are listed: the two indexes |
 * | `expiresAt` | time to live, seconds since 1970 |
 */

/** Lists items of one label (a status), newest first. */
export const INDEX_BY_LABEL = 'byLabel';

/** Lists all listed items, newest first. */
export const INDEX_OF_ALL = 'ofAll';

/** The one partition of the index of all. Written a few times per vending: far below what a partition carries. */
export const EVERY_LABEL = 'ALL';
