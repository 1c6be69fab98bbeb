import { plannedPeople } from '../domain/access/tenant-groups';
import { TransientError } from '../domain/base/errors';
import { lostAccountOf, standingBefore } from '../domain/fleet/drift';
import type { VendingPlan } from '../domain/plan/plan';
import { judgeKnownTenant } from '../domain/planning/judge-desired-state';
import type { TenantRecord } from '../domain/records/ledger-records';
import { changesNothing, type Preview } from '../domain/run/preview';
import { recordLostAccount } from '../ledger/fleet/reconciliation-run';
import { reindexTenant } from '../ledger/fleet/reindex';
import { readDesiredState } from '../ledger/runs/pin-plan';
import { modeOf } from '../ledger/fleet/landing-zone-modes';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { CallPacer } from '../ports/call-pacer';
import type { ConfigurationAt } from '../ports/configurations';
import type { ChangePreview } from '../ports/invoked-functions';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { SideBySide } from './side-by-side';

export interface CompareTenantPorts {
  readonly ledger: LedgerStore;
  readonly configurationAt: ConfigurationAt;
  readonly previews: ChangePreview;
  readonly pacer: CallPacer;
  readonly log: Log;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What a pass does with a tenant. `unread`: the ledger did not answer, and the log says why. */
export type Verdict = 'left-alone' | 'unchanged' | 'needs-run' | 'unread';

/**
 * Compares a tenant with what exists in AWS, by a dry run of its last desired state. A tenant that has failed needs a
 * run in any case, and so does one that no dry run can be made of: the run says what is wrong. Whatever is wrong with
 * one tenant stops no other.
 */
export async function compareTenant(
  ports: CompareTenantPorts,
  side: SideBySide,
  tenantUuid: string,
  pass: string,
): Promise<Verdict> {
  const { ledger, log, now } = ports;
  try {
    const tenant = await readTenant(ledger, tenantUuid);
    if (tenant === undefined) return 'left-alone';
    const lost = lostAccountOf(tenant, pass);
    if (lost !== null) await recordLostAccount(ledger, pass, lost, now());
    // An earlier release has taken its desired state: no list could be narrowed to its landing zone.
    if (tenant.landingZone === undefined) await reindexTenant(ledger, tenantUuid);
    const before = standingBefore(tenant, pass);
    if (before === null) return 'left-alone';
    return before === 'VENDED' && (await isAsWanted(ports, side, tenant)) ? 'unchanged' : 'needs-run';
  } catch (cause) {
    log.error('A tenant could not be reconciled; the others go on', { tenantUuid, pass }, cause);
    return 'unread';
  }
}

async function isAsWanted(ports: CompareTenantPorts, side: SideBySide, tenant: TenantRecord): Promise<boolean> {
  try {
    const plan = await planOf(ports, tenant);
    return plan !== null && changesNothing(await patientPreview(ports, side, plan));
  } catch (cause) {
    ports.log.error('A tenant could not be compared; its run will do it', { tenantUuid: tenant.tenantUuid }, cause);
    return false;
  }
}

/** As its run would plan it: by the configuration that it has. Null: only a run can tell what is to be done. */
async function planOf(
  { ledger, configurationAt }: CompareTenantPorts,
  tenant: TenantRecord,
): Promise<VendingPlan | null> {
  const { tenantUuid, latestSequence: replicationSequence, configurationHash } = tenant;
  if (configurationHash === undefined) return null;
  const configuration = await configurationAt(configurationHash);
  const input = await readDesiredState(ledger, { tenantUuid, replicationSequence, run: 0 });
  const judged = judgeKnownTenant(input, configuration, tenant);
  if (!judged.ok) return null;
  const { plan } = judged.value;
  return (await modeOf(ledger, configuration, plan.landingZone)) === 'shadow' ? null : plan;
}

const TRIES = 2;

/** AWS is asked in vain for so long that others may have had their answers meanwhile. */
const PAUSE_MILLISECONDS = 5000;

/**
 * One dry run. Where AWS, or Lambda, turns it away in spite of its own retries, fewer are made side by side from then
 * on.
 */
async function patientPreview(
  { previews, pacer, wait }: CompareTenantPorts,
  side: SideBySide,
  plan: VendingPlan,
): Promise<Preview> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await side.inTurn(() => reserveReads(pacer, plan));
      return await previews.preview(plan);
    } catch (error) {
      if (!(error instanceof TransientError) || attempt === TRIES) throw error;
      side.narrow();
      await wait(PAUSE_MILLISECONDS);
    }
  }
}

/**
 * Reserves what a dry run asks of the APIs that AWS limits most, and waits for it: people's own vendings use the same
 * budgets, and neither of them throttles the other. The function that is asked may not write the ledger.
 */
async function reserveReads(pacer: CallPacer, { identityStore, groups, membersKnown }: VendingPlan): Promise<void> {
  await pacer.pace('organizations', 'ListParents');
  await pacer.pace('organizations', 'ListTagsForResource');
  if (identityStore === null) return;
  await pacer.pace('sso', 'ListAccountAssignmentsForPrincipal', 2 * groups.length);
  await pacer.pace('identitystore', 'GetGroupId', groups.length);
  await pacer.pace('identitystore', 'ListGroupMemberships', groups.length);
  await pacer.pace('identitystore', 'GetUserId', membersKnown ? plannedPeople(groups).length : 0);
}
