import { isNotApproved } from '../../domain/run/approval';
import { hasNothing } from '../../domain/desired-state/deletion';
import {
  ClaimRecordSchema,
  type RunRecord,
  type StepError,
  type TenantRecord,
} from '../../domain/records/ledger-records';
import type { VendingPlan } from '../../domain/plan/plan';
import { type ItemWrite, type LedgerStore, MAX_ITEMS } from '../../ports/ledger-store';
import { contentOf, replace, type Snapshot } from '../base/decide';
import { accountClaim, aliasClaim, claimKey, emailClaim, groupClaim } from '../base/keys';
import { decideForTenant, replaceTenant, tenantOf } from './tenant-items';

/**
 * So many are released by a transaction that does something else as well: it has items of its own, and those of lanes.
 */
export const MAX_RELEASED = MAX_ITEMS / 4;

/**
 * Releases names of a tenant, in as many transactions as that takes, and none where there are none. Killed in between,
 * it is called again.
 *
 * @param goneOf names that may go, of the tenant as it is by then
 */
export async function releaseClaims(
  store: LedgerStore,
  tenantUuid: string,
  goneOf: (tenant: TenantRecord) => readonly string[],
): Promise<void> {
  const keysOf = (tenant: TenantRecord | undefined): ReturnType<typeof claimKey>[] =>
    tenant === undefined ? [] : goneOf(tenant).slice(0, MAX_RELEASED).map(claimKey);
  for (let isLeft = true; isLeft;) {
    isLeft = await decideForTenant(store, tenantUuid, keysOf, (tenantItem, ...items) => {
      const tenant = tenantOf(tenantItem);
      if (tenant === undefined || items.length === 0) return { writes: [], result: false };
      const claims = withoutClaims(
        tenant,
        items.map(({ key }) => key.partition),
      );
      return { writes: [replaceTenant(tenantItem, { ...tenant, claims }), ...released(tenant, items)], result: true };
    });
  }
}

export const withoutClaims = ({ claims }: TenantRecord, gone: readonly string[]): string[] =>
  claims.filter((claim) => !gone.includes(claim));

/** Claims that others hold stay theirs. */
export const released = ({ tenantUuid }: TenantRecord, claimItems: readonly Snapshot[]): readonly ItemWrite[] =>
  claimItems
    .filter((item) => contentOf(ClaimRecordSchema, item)?.tenantUuid === tenantUuid)
    .map((item) => replace(item, null));

/**
 * After a good end the tenant keeps what its plan says and what its account was made with; after a bad one, everything
 * - unless it is to be deleted, or was not approved, and there is no account: then others may have its names.
 */
export function keptClaims(
  tenant: TenantRecord,
  plan: VendingPlan | undefined,
  end: { readonly status: RunRecord['status']; readonly error?: StepError },
): string[] {
  const isWanted = tenant.deletion === null && (end.error === undefined || !isNotApproved(end.error));
  if (!isWanted && hasNothing(tenant)) return [];
  if (end.status === 'CLOSED') return claimsOfClosed(tenant);
  if (end.status !== 'VENDED' || plan === undefined) return tenant.claims;
  const wanted = new Set([
    ...[tenant.creation?.email, tenant.account?.email].flatMap((email) => (email == null ? [] : [emailClaim(email)])),
    ...(tenant.account === null ? [] : [accountClaim(tenant.account.id)]),
    aliasClaim(plan.account.alias),
    ...plan.groups.map(({ name }) => groupClaim(name)),
  ]);
  return tenant.claims.filter((claim) => wanted.has(claim));
}

/**
 * Names of groups that are gone can be another tenant's. The account stays this tenant's, closed or not, and AWS keeps
 * its e-mail: for a tenant that comes after it that is as taken as before. So is its alias, unless that was taken away
 * from it.
 */
function claimsOfClosed({ claims, groups, account, aliasReleased = false }: TenantRecord): string[] {
  const left = new Set(groups.map(({ name }) => groupClaim(name)));
  return claims.filter((claim) => {
    if (claim.startsWith(groupClaim(''))) return left.has(claim);
    return (account !== null && !aliasReleased) || !claim.startsWith(aliasClaim(''));
  });
}
