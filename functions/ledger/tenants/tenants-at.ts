import { type DesiredState, DesiredStateSchema } from '../../domain/desired-state/desired-state';
import { ClaimRecordSchema, ContentRecordSchema, DesiredStateRecordSchema } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, contentOfStored, snapshotsInParts, snapshotsOf } from '../base/decide';
import { accountClaim, claimKey, contentKey, DESIRED_STATE_SORT, tenantPartition } from '../base/keys';

/** Which of these accounts belong to which tenant; a claim stays when an account is closed. */
export async function tenantsOfAccounts(
  store: LedgerStore,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const tenants = new Map<string, string>();
  const claims = await snapshotsInParts(
    store,
    accountIds.map((id) => claimKey(accountClaim(id))),
  );
  for (const [i, id] of accountIds.entries()) {
    const claim = contentOf(ClaimRecordSchema, claims[i]);
    if (claim !== undefined) tenants.set(id, claim.tenantUuid);
  }
  return tenants;
}

/** More desired states than a tenant has in a lifetime. */
const MAX_DESIRED_STATES = 10_000;

/**
 * What was wanted of a tenant at a moment: the newest desired state that had been accepted by then. Undefined where it
 * is not kept.
 */
export async function desiredStateAt(
  store: LedgerStore,
  tenantUuid: string,
  moment: Date,
): Promise<DesiredState | undefined> {
  const items = await store.readPartition({
    partition: tenantPartition(tenantUuid),
    prefix: DESIRED_STATE_SORT,
    limit: MAX_DESIRED_STATES,
  });
  const known = items
    .map((item) => contentOfStored(DesiredStateRecordSchema, item))
    .filter(({ receivedAt }) => receivedAt < moment.toISOString());
  const newest = known.at(-1);
  if (newest === undefined) return undefined;
  const [item] = await snapshotsOf(store, [contentKey(tenantUuid, newest.replicationSequence)]);
  const content = contentOf(ContentRecordSchema, item);
  return content === undefined ? undefined : DesiredStateSchema.safeParse(content.desiredState).data;
}
