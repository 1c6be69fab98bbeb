import type { TenantRecord } from '../records/ledger-records';

/** Before an alias, in the key of the item by which it is claimed. */
export const ALIAS_CLAIM = 'ALIAS#';

/** The aliases that nobody but this tenant may have. */
export const claimedAliases = ({ claims }: Pick<TenantRecord, 'claims'>): readonly string[] =>
  claims.filter((claim) => claim.startsWith(ALIAS_CLAIM)).map((claim) => claim.slice(ALIAS_CLAIM.length));
