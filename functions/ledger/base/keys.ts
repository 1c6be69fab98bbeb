import { ALIAS_CLAIM, type RunKey, type TenantRecord } from '../../domain/records/ledger-records';
import type { FilterName, ItemKey } from '../../ports/ledger-store';

/*
 * The single table: one partition per tenant (its state, desired states, runs and plans), one per claim, so that what
 * must be unique is unique by its key, and one per lane, in which waiters stand in the order of their keys.
 */

const TENANT_PARTITION = 'TENANT#';

export const tenantPartition = (tenantUuid: string): string => `${TENANT_PARTITION}${tenantUuid}`;

/** The tenant of an item in its partition. */
export const tenantUuidOf = ({ partition }: ItemKey): string => partition.slice(TENANT_PARTITION.length);

/** Sequences sort as numbers: fixed width, wide enough for milliseconds since 1970. */
const sequencePart = (sequence: number): string => sequence.toString().padStart(16, '0');

export const TENANT_SORT = 'TENANT';

export const DESIRED_STATE_SORT = 'DESIRED#';

export const tenantKey = (tenantUuid: string): ItemKey => ({
  partition: tenantPartition(tenantUuid),
  sort: TENANT_SORT,
});

export const desiredStateKey = (tenantUuid: string, sequence: number): ItemKey => ({
  partition: tenantPartition(tenantUuid),
  sort: `${DESIRED_STATE_SORT}${sequencePart(sequence)}`,
});

export const contentKey = (tenantUuid: string, sequence: number): ItemKey => ({
  partition: tenantPartition(tenantUuid),
  sort: `CONTENT#${sequencePart(sequence)}`,
});

export const rejectionKey = (tenantUuid: string, sequence: number): ItemKey => ({
  partition: tenantPartition(tenantUuid),
  sort: `REJECTION#${sequencePart(sequence)}`,
});

/** Events of the tenant that came after newer ones. */
export const outdatedKey = (tenantUuid: string): ItemKey => ({
  partition: tenantPartition(tenantUuid),
  sort: 'OUTDATED',
});

export const runKey = (tenantUuid: string, sequence: number, run: number): ItemKey => ({
  partition: tenantPartition(tenantUuid),
  sort: `RUN#${sequencePart(sequence)}#${run}`,
});

export const planKey = (tenantUuid: string, sequence: number, run: number): ItemKey => ({
  partition: tenantPartition(tenantUuid),
  sort: `PLAN#${sequencePart(sequence)}#${run}`,
});

/** @param claim for example `EMAIL#aws+retail@corp.example` */
export const claimKey = (claim: string): ItemKey => ({ partition: claim, sort: 'CLAIM' });

/** E-mail addresses are compared as AWS compares them: without regard to case. */
export const emailClaim = (email: string): string => `EMAIL#${email.toLowerCase()}`;

export const aliasClaim = (alias: string): string => `${ALIAS_CLAIM}${alias}`;

export const groupClaim = (group: string): string => `GROUP#${group.toLowerCase()}`;

export const accountClaim = (accountId: string): string => `ACCOUNT#${accountId}`;

export const lanePartition = (lane: string): string => `LANE#${lane}`;

export const laneKey = (lane: string): ItemKey => ({ partition: lanePartition(lane), sort: 'LANE' });

export const LINE = 'LINE';

/** The number of runs that wait in a lane. */
export const lineKey = (lane: string): ItemKey => ({ partition: lanePartition(lane), sort: LINE });

/** With which the sort keys of these two begin, and of no other item of a lane. */
export const LANE_AND_LINE = 'L';

export const WAITERS = 'WAITER#';

/**
 * A waiter's place. A run has one place in a lane, however often it comes back: the run that began first is first.
 *
 * @param since when the run began, or was resumed
 */
export const waiterKey = (lane: string, since: string, tenantUuid: string, run: RunKey): ItemKey => ({
  partition: lanePartition(lane),
  sort: `${WAITERS}${since}#${tenantUuid}#${run.replicationSequence}#${run.run}`,
});

/**
 * What lines remember of a place, by its sort key: the instant in eight characters, and enough of the tenant to order
 * it among others of that instant.
 */
export function placeInLine(sort: string): string {
  const [, since = '', tenantUuid = ''] = sort.split('#');
  return Date.parse(since).toString(36).padStart(8, '0') + tenantUuid.slice(0, 4) + tenantUuid.slice(-4);
}

/** Whether a landing zone acts, and who has switched it. */
export const landingZoneKey = (landingZone: string): ItemKey => ({
  partition: `LANDING_ZONE#${landingZone}`,
  sort: 'MODE',
});

/** What runs of a kind have taken. */
export const historyKey = (kind: string): ItemKey => ({ partition: `HISTORY#${kind}`, sort: 'HISTORY' });

/** @param name of an API, or of those that share a rate: `organizations:ListParents` */
export const budgetKey = (name: string): ItemKey => ({ partition: `BUDGET#${name}`, sort: 'BUDGET' });

export const preflightKey = (id: string): ItemKey => ({ partition: `PREFLIGHT#${id}`, sort: 'PREFLIGHT' });

/** @param platform of meshStack: `<platform>.<location>` */
const sourcePartition = (platform: string): string => `MESHSTACK#${platform}`;

/** How far a meshStack was read. */
export const sourceKey = (platform: string): ItemKey => ({ partition: sourcePartition(platform), sort: 'SOURCE' });

export const sourceNumbersKey = (platform: string): ItemKey => ({
  partition: sourcePartition(platform),
  sort: 'NUMBERS',
});

/** What was told last about a tenant of meshStack. */
export const sourceTenantKey = (platform: string, tenantUuid: string): ItemKey => ({
  partition: sourcePartition(platform),
  sort: `TENANT#${tenantUuid}`,
});

const usagePartition = (month: string): string => `USAGE#${month}`;

/** What is known of a month's usage. */
export const usageKey = (month: string): ItemKey => ({ partition: usagePartition(month), sort: 'USAGE' });

/** What collecting a month has cost. */
export const usageRequestsKey = (month: string): ItemKey => ({ partition: usagePartition(month), sort: 'REQUESTS' });

/** A part of a text, under the hash of all of it: what is there already need not be written. */
export const usageContentKey = (month: string, hash: string, part: number): ItemKey => ({
  partition: usagePartition(month),
  sort: `CONTENT#${hash}#${part}`,
});

/** The search for accounts whose request was answered into nothing: one for all tenants. */
export const ACCOUNT_SEARCH_KEY: ItemKey = { partition: 'SEARCH#accounts', sort: 'SEARCH' };

/** Who waits for the end of an operation of AWS, or that it was told before anybody did. */
export const operationWaitKey = (operation: string): ItemKey => ({ partition: `WAIT#${operation}`, sort: 'WAIT' });

/** Under which filters a tenant stands. One that was refused and nothing else is listed by its refusal. */
export const tenantFilters = (tenant: TenantRecord): Readonly<Partial<Record<FilterName, string | null>>> =>
  tenant.status === 'REJECTED'
    ? {}
    : {
        workspace: tenant.workspaceIdentifier,
        project: tenant.projectIdentifier,
        landingZone: tenant.landingZone ?? null,
        error: errorOf(tenant),
        email: unclaimedEmail(tenant),
      };

/** By which error its last run has failed; null where it has not. */
export const errorOf = ({ status, failedWith }: TenantRecord): string | null =>
  status === 'FAILED' ? (failedWith ?? null) : null;

/** An account that was there before its tenant has an e-mail that no claim leads to. */
function unclaimedEmail({ account, claims }: TenantRecord): string | null {
  return account === null || claims.includes(emailClaim(account.email)) ? null : account.email.toLowerCase();
}
