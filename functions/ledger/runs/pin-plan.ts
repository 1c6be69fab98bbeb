import { contentHash } from '../../domain/base/json';
import { RejectedError } from '../../domain/base/errors';
import { pinnedCreation } from '../../domain/records/account-records';
import { ClaimRecordSchema, ContentRecordSchema, type TenantRecord } from '../../domain/records/ledger-records';
import { isUniquePattern } from '../../domain/configuration/pattern-uniqueness';
import type { VendingPlan } from '../../domain/plan/plan';
import { type ItemWrite, type LedgerStore, MAX_ITEMS } from '../../ports/ledger-store';
import { contentOf, decide, inParts, replace, type Snapshot, snapshotsInParts, snapshotsOf } from '../base/decide';
import { aliasClaim, claimKey, contentKey, emailClaim, groupClaim, planKey, tenantKey } from '../base/keys';
import { planHashOf, replaceTenant, type RunReference, tenantOf } from '../tenants/tenant-items';
import type { RunRepository } from '../../ports/repositories';

/**
 * The desired state of a run, as it came in.
 *
 * @public
 */
export async function readDesiredState(
  store: LedgerStore,
  { tenantUuid, replicationSequence }: RunReference,
): Promise<unknown> {
  const [item] = await snapshotsOf(store, [contentKey(tenantUuid, replicationSequence)]);
  return contentOf(ContentRecordSchema, item)?.desiredState;
}

/** Beside the tenant and the plan. */
const MAX_CLAIMS = MAX_ITEMS - 2;

/**
 * Pins the plan to its run and claims what must be unique, in one transaction: from here on no other tenant can be
 * planned with the same e-mail, alias or group. Where those are more than a transaction takes, the others are claimed
 * before, if all are free. A second call with the same plan writes nothing. Another plan that stands there is replaced:
 * no state has worked by it, or this one would not be entered again.
 *
 * @public
 * @param configurationHash of the configuration that it was made with: the tenant goes by that one from here on
 * @returns the hash of the plan, by which later states know it again
 * @throws RejectedError when another tenant holds a claim; it names what and who
 */
export async function pinPlan(
  store: LedgerStore,
  reference: RunReference,
  plan: VendingPlan,
  configurationHash?: string,
): Promise<string> {
  const { tenantUuid } = reference;
  const [before] = await snapshotsOf(store, [tenantKey(tenantUuid)]);
  // A shadow run only looks whether its names are free, when it tells what it would change.
  const claims = plan.shadow === true ? [] : claimsOf(plan, tenantOf(before));
  const others = inParts(claims.slice(MAX_CLAIMS), MAX_CLAIMS);
  if (others.length > 0) claimWrites(plan, await snapshotsInParts(store, claims.map(claimKey)));
  for (const part of others) await claim(store, reference, { plan, configurationHash }, part, false);
  return claim(store, reference, { plan, configurationHash }, claims.slice(0, MAX_CLAIMS), true);
}

interface Planned {
  readonly plan: VendingPlan;
  readonly configurationHash: string | undefined;
}

function claim(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run }: RunReference,
  { plan, configurationHash }: Planned,
  claims: readonly string[],
  isLast: boolean,
): Promise<string> {
  const hash = contentHash(plan);
  const keys = [tenantKey(tenantUuid), planKey(tenantUuid, replicationSequence, run), ...claims.map(claimKey)];
  return decide(store, keys, (tenantItem, planItem, ...claimItems) => {
    const tenant = tenantOf(tenantItem);
    if (planHashOf(planItem) === hash || tenant === undefined) return { writes: [], result: hash };
    const owned = new Set([...tenant.claims, ...claims]);
    return {
      writes: [
        replaceTenant(tenantItem, {
          ...tenant,
          claims: [...owned],
          ...(configurationHash === undefined ? {} : { configurationHash }),
        }),
        ...(isLast ? [pinned(planItem, plan)] : []),
        ...claimWrites(plan, claimItems),
      ],
      result: hash,
    };
  });
}

/** Nothing of another plan stays. */
const pinned = ({ key, version }: Snapshot, plan: VendingPlan): ItemWrite => ({
  key,
  expectedVersion: version,
  data: { plan },
});

/**
 * Looks whether the plan's names are free, or the tenant's own. Nothing is claimed.
 *
 * @throws RejectedError when another tenant holds one; it names what and who
 */
export async function checkClaims(store: LedgerStore, plan: VendingPlan, tenant: TenantRecord): Promise<void> {
  claimWrites(plan, await snapshotsInParts(store, claimsOf(plan, tenant).map(claimKey)));
}

/**
 * The e-mail counts only until the account has been asked for (it is pinned then, and its claim stays). The alias of a
 * known account counts only where it is enforced, or was taken away by a closing: otherwise it is not going to be set.
 * An account that is imported has an e-mail of its own.
 */
function claimsOf(plan: VendingPlan, tenant: TenantRecord | undefined): readonly string[] {
  // A closing takes no names.
  if (plan.closing !== undefined) return [];
  const isNew = tenant === undefined || (pinnedCreation(tenant) === null && tenant.account === null);
  return [
    ...(isNew && plan.existingAccountId === null ? [emailClaim(plan.account.email)] : []),
    ...(takesAlias(plan, tenant, isNew) ? [aliasClaim(plan.account.alias)] : []),
    ...new Set(plan.groups.map(({ name }) => groupClaim(name))),
  ];
}

/** The management account keeps the alias that it has. */
const takesAlias = (plan: VendingPlan, tenant: TenantRecord | undefined, isNew: boolean): boolean =>
  plan.accessOnly !== true && (isNew || plan.account.enforceAlias || tenant?.aliasReleased === true);

function claimWrites(plan: VendingPlan, items: readonly Snapshot[]): readonly ItemWrite[] {
  const { tenantUuid } = plan;
  return items.flatMap((item) => {
    const holder = contentOf(ClaimRecordSchema, item)?.tenantUuid;
    if (holder === undefined) return [replace(item, { tenantUuid })];
    if (holder === tenantUuid) return [];
    throw taken(plan, item.key.partition, holder);
  });
}

const PATTERNS = {
  EMAIL: 'accountEmailPattern',
  ALIAS: 'accountAliasPattern',
  GROUP: 'groupNamePattern',
} as const;

/** What AWS knows an account by, it keeps for that account, also when its tenant has gone. */
const STAYS_TAKEN: Readonly<Record<string, string>> = {
  EMAIL: ' It stays taken when that tenant is deleted: AWS gives the e-mail of a closed account to no other.',
  ALIAS:
    " It is free again once that tenant's account is closed; where its account stays, only if the landing zone has releaseAlias.",
};

function taken(plan: VendingPlan, claim: string, holder: string): RejectedError {
  const [kind = '', ...rest] = claim.split('#');
  return new RejectedError(
    `The ${kind.toLowerCase()} "${rest.join('#')}" belongs to another tenant (${holder}).`,
    `${toFreeName(plan, kind)}${STAYS_TAKEN[kind] ?? ''}`,
  );
}

/** Where the pattern tells tenants apart, the two have the same number. */
function toFreeName(plan: VendingPlan, kind: string): string {
  const field = kind === 'EMAIL' || kind === 'ALIAS' ? PATTERNS[kind] : undefined;
  if (field !== undefined && isUniquePattern(plan, field)) {
    return `${field} in platform.json tells tenants apart already: send the desired state with a higher replicationSequence and a tenantPlatformNumber that no other tenant has.`;
  }
  return (
    `Make ${field ?? PATTERNS.GROUP} in platform.json render something unique for each tenant, ` +
    'for example with #{tenantPlatformNumber}, and replay this run.'
  );
}

/** What plans one run. The last step ends it by `endRun`, which starts executions as well. */
export function ledgerRunRepository(
  store: LedgerStore,
  reference: RunReference,
  configurationHash?: string,
): Pick<RunRepository, 'desiredState' | 'pin'> {
  return {
    desiredState: () => readDesiredState(store, reference),
    pin: (plan) => pinPlan(store, reference, plan, configurationHash),
  };
}
