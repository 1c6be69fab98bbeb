import { hasNothing } from '../../domain/desired-state/deletion';
import { hasStartedNothing, isClosing } from '../../domain/run/vending';
import {
  ContentRecordSchema,
  DesiredStateRecordSchema,
  type RunRecord,
  type TenantRecord,
} from '../../domain/records/ledger-records';
import type { ItemWrite } from '../../ports/ledger-store';
import { contentOf, type Decision, replace, type Snapshot } from '../base/decide';
import {
  desiredStateRecord,
  outdone,
  type Outdone,
  previousContentKeys,
  type Received,
  supersede,
  waitingKeys,
} from '../tenants/desired-state-items';
import { claimKey, desiredStateKey } from '../base/keys';
import { endRun, type RunEndEdges } from '../runs/end-run';
import {
  NOTHING_YET,
  beginRun,
  decideForTenant,
  expiryAfterUse,
  nextRunNumber,
  readRun,
  readTenant,
  replaceTenant,
  tenantOf,
} from '../tenants/tenant-items';
import { MOST_RELEASED, releaseClaims, released } from '../tenants/release-claims';

/** A desired state that says that its tenant is to go, as it is to be remembered. */
export interface IncomingDeletion extends Received {
  readonly tenantUuid: string;
  /** The name of the landing zone, which decides what becomes of the account. */
  readonly landingZone: string;
  /** Accept it although a newer desired state is known. */
  readonly force: boolean;
}

export type DeletionAcceptance =
  | { readonly verdict: 'accepted' | 'unchanged'; readonly tenant: TenantRecord }
  | { readonly verdict: 'content-differs' }
  | Outdone;

/**
 * Remembers that the tenant is to go, and begins the run that takes its account out of use: at once, or after the
 * active run. Whatever waits is superseded, and so is an active run that has started nothing in AWS yet; one that has
 * goes to its end. Two transactions; who is killed between them has written down the first, and from then on the fence
 * (`openRun`) keeps out the run that the second would have ended. A second call with the same content does what was
 * left undone.
 */
export async function acceptDeletion(edges: RunEndEdges, incoming: IncomingDeletion): Promise<DeletionAcceptance> {
  const { tenantUuid, replicationSequence } = incoming;
  const acceptance = await decideForTenant(
    edges.ledger,
    tenantUuid,
    (tenant) => [
      desiredStateKey(tenantUuid, replicationSequence),
      ...previousContentKeys(tenant, replicationSequence),
      ...waitingKeys(tenant, replicationSequence),
      ...claimsToRelease(tenant).slice(0, MOST_RELEASED).map(claimKey),
    ],
    (tenantItem, desired, ...others) => acceptanceOf(incoming, edges.now(), tenantItem, desired, others),
  );
  if (acceptance.verdict !== 'accepted' && acceptance.verdict !== 'unchanged') return acceptance;
  const { verdict, tenant } = acceptance;
  return { verdict, tenant: await leaveClaims(edges, await endWhatHasNotBegun(edges, tenant)) };
}

/** What the transaction before has left. */
async function leaveClaims({ ledger }: RunEndEdges, tenant: TenantRecord): Promise<TenantRecord> {
  const { tenantUuid } = tenant;
  const goneOf = (now: TenantRecord): readonly string[] => (now.deletion === null ? [] : claimsToRelease(now));
  if (goneOf(tenant).length === 0) return tenant;
  await releaseClaims(ledger, tenantUuid, goneOf);
  return (await readTenant(ledger, tenantUuid)) ?? tenant;
}

/**
 * Should a newer desired state have come in between, which takes the deletion back, its run begins with the end of this
 * one.
 */
async function endWhatHasNotBegun(edges: RunEndEdges, tenant: TenantRecord): Promise<TenantRecord> {
  const { tenantUuid, activeRun, deletion } = tenant;
  if (activeRun === null || deletion === null) return tenant;
  const run = await readRun(edges.ledger, { tenantUuid, ...activeRun });
  if (run === undefined || servesIt(run, deletion) || !hasStartedNothing(tenant, run)) return tenant;
  const end = { status: 'SUPERSEDED', by: deletion.replicationSequence } as const;
  await endRun(edges, { tenantUuid, ...activeRun }, end);
  return (await readTenant(edges.ledger, tenantUuid)) ?? tenant;
}

/** The run that this deletion has begun. */
const servesIt = (run: RunRecord, { replicationSequence }: NonNullable<TenantRecord['deletion']>): boolean =>
  isClosing(run) && run.replicationSequence === replicationSequence;

/** A tenant without an account leaves its names to others: identifiers can be used again. */
function claimsToRelease(tenant: TenantRecord | undefined): readonly string[] {
  return tenant?.activeRun === null && hasNothing(tenant) ? tenant.claims : [];
}

function acceptanceOf(
  incoming: IncomingDeletion,
  now: Date,
  tenantItem: Snapshot,
  desired: Snapshot,
  others: readonly Snapshot[],
): Decision<DeletionAcceptance> {
  const { replicationSequence: sequence, contentHash } = incoming;
  const before = tenantOf(tenantItem) ?? newTenant(incoming, now);
  const known = contentOf(DesiredStateRecordSchema, desired);
  const late = outdone(incoming, now, before, desired);
  if (late !== undefined) return late;
  if (sequence === before.latestSequence && known !== undefined) {
    return known.contentHash === contentHash
      ? { writes: [], result: { verdict: 'unchanged', tenant: before } }
      : { writes: [], result: { verdict: 'content-differs' } };
  }
  const runs = known?.runs ?? 0;
  const run = nextRunNumber(before, runs);
  const { tenant, begun } = marked(before, incoming, now, run);
  return {
    writes: [
      replaceTenant(tenantItem, tenant),
      ...begun,
      replace(desired, desiredStateRecord(incoming, now, begun.length === 0 ? runs : run)),
      ...leftBehind(others, before, sequence, now),
    ],
    result: { verdict: 'accepted', tenant },
  };
}

/**
 * As the tenant is then, and the run that begins with that; none where one is active still, or there is nothing to
 * close.
 */
function marked(
  before: TenantRecord,
  { replicationSequence, landingZone, requestedBy }: IncomingDeletion,
  now: Date,
  run: number,
): { readonly tenant: TenantRecord; readonly begun: readonly ItemWrite[] } {
  const at = now.toISOString();
  const deletion = { replicationSequence, at, landingZone };
  const tenant = { ...before, latestSequence: replicationSequence, waitingSequence: null, deletion };
  if (before.activeRun !== null) return { tenant: { ...tenant, waitingSequence: replicationSequence }, begun: [] };
  if (hasNothing(before))
    return {
      tenant: { ...tenant, claims: before.claims.slice(MOST_RELEASED), status: 'CLOSED', statusChangedAt: at },
      begun: [],
    };
  const begun = beginRun(tenant, { replicationSequence, run }, now, { requestedBy });
  return { tenant: begun.tenant, begun: [begun.write] };
}

function leftBehind(
  others: readonly Snapshot[],
  tenant: TenantRecord,
  sequence: number,
  now: Date,
): readonly ItemWrite[] {
  return others.flatMap((item) => {
    if (item.key.sort.startsWith('DESIRED#')) return supersede(item, tenant, sequence, now);
    if (item.key.sort.startsWith('CONTENT#')) return expiring(item, now);
    return released(tenant, [item]);
  });
}

/** Personal data that is no longer needed once the tenant is to go. */
function expiring(item: Snapshot, now: Date): readonly ItemWrite[] {
  const content = contentOf(ContentRecordSchema, item);
  return content === undefined ? [] : [replace(item, content, { expiresAt: expiryAfterUse(now) })];
}

/** Nothing of this tenant has ever come in: there is nothing to close. */
function newTenant({ tenantUuid, workspaceIdentifier, projectIdentifier }: IncomingDeletion, now: Date): TenantRecord {
  return {
    tenantUuid,
    workspaceIdentifier,
    projectIdentifier,
    status: 'CLOSED',
    statusChangedAt: now.toISOString(),
    ...NOTHING_YET,
  };
}
