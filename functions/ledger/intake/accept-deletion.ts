import { hasNothing } from '../../domain/desired-state/deletion';
import { hasStartedNothing, isClosing } from '../../domain/run/step-context';
import type { RunRecord, TenantRecord } from '../../domain/records/ledger-records';
import { claimKey } from '../base/keys';
import { endRun, type RunEndDeps } from '../runs/end-run';
import { MAX_RELEASED, releaseClaims, released } from '../tenants/release-claims';
import { readRun, readTenant } from '../tenants/tenant-items';
import { accept, type Accepted, type Incoming, type Kind } from './acceptance';

/** A desired state that says that its tenant is to be deleted, as it is to be remembered. */
export interface IncomingDeletion extends Incoming {
  /** The name of the landing zone, which decides what becomes of the account. */
  readonly landingZone: string;
}

/**
 * Remembers that the tenant is to go, and begins the run that takes its account out of use: at once, or after the
 * active run. Whatever waits is superseded, and so is an active run that has started nothing in AWS yet; one that has
 * goes to its end. Two transactions; who is killed between them has written down the first, and from then on the fence
 * (`openRun`) keeps out the run that the second would have ended. A second call with the same content does what was
 * left undone.
 */
export async function acceptDeletion(deps: RunEndDeps, incoming: IncomingDeletion): Promise<Accepted> {
  const now = deps.now();
  const acceptance = await accept(deps.ledger, incoming, deletionOf(incoming, now), now);
  if (acceptance.verdict !== 'accepted' && acceptance.verdict !== 'unchanged') return acceptance;
  return { ...acceptance, tenant: await leaveClaims(deps, await endWhatHasNotBegun(deps, acceptance.tenant)) };
}

function deletionOf({ replicationSequence, landingZone }: IncomingDeletion, now: Date): Kind {
  const at = now.toISOString();
  return {
    // Nothing of such a tenant has ever come in: there is nothing to close.
    firstStatus: 'CLOSED',
    faultOf: () => undefined,
    changesOf: () => ({ landingZone, deletion: { replicationSequence, at, landingZone } }),
    endOf: (before) =>
      hasNothing(before)
        ? { claims: before.claims.slice(MAX_RELEASED), status: 'CLOSED', statusChangedAt: at }
        : undefined,
    keysOf: (before) => claimsToRelease(before).slice(0, MAX_RELEASED).map(claimKey),
    writesTo: (item, before) => released(before, [item]),
  };
}

/** What the transaction before has left. */
async function leaveClaims({ ledger }: RunEndDeps, tenant: TenantRecord): Promise<TenantRecord> {
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
async function endWhatHasNotBegun(deps: RunEndDeps, tenant: TenantRecord): Promise<TenantRecord> {
  const { tenantUuid, activeRun, deletion } = tenant;
  if (activeRun === null || deletion === null) return tenant;
  const run = await readRun(deps.ledger, { tenantUuid, ...activeRun });
  if (run === undefined || servesIt(run, deletion) || !hasStartedNothing(tenant, run)) return tenant;
  const end = { status: 'SUPERSEDED', by: deletion.replicationSequence } as const;
  await endRun(deps, { tenantUuid, ...activeRun }, end);
  return (await readTenant(deps.ledger, tenantUuid)) ?? tenant;
}

/** The run that this deletion has begun. */
const servesIt = (run: RunRecord, { replicationSequence }: NonNullable<TenantRecord['deletion']>): boolean =>
  isClosing(run) && run.replicationSequence === replicationSequence;

/** A tenant without an account leaves its names to others: identifiers can be used again. */
function claimsToRelease(tenant: TenantRecord | undefined): readonly string[] {
  return tenant?.activeRun === null && hasNothing(tenant) ? tenant.claims : [];
}
