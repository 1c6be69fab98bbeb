import { isBeingClosed } from '../../../functions/domain/desired-state/deletion';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { isGone, isVended, type LedgerMirror } from '../ledger-mirror';
import { sequenceOf, type SimulatedTenant } from '../simulated-tenants';
import { isWanted } from '../tenant-lifecycles';
import type { Violations } from '../violations';

/** How a tenant has come to its end: as its newest desired state wants it, or not (yet). */
export type Ending = 'vended' | 'closed' | 'open';

/** A tenant that is wanted again after AWS was asked to close its account is refused, and ends. */
export function endingOf(simulated: SimulatedTenant, tenant: TenantRecord | undefined): Ending {
  if (isWanted(simulated) && isVended(tenant, sequenceOf(simulated))) return 'vended';
  const mayGo = !isWanted(simulated) || (tenant !== undefined && isBeingClosed(tenant));
  return mayGo && isGone(tenant) ? 'closed' : 'open';
}

/** Every request has come in, and every tenant has come to the end that its newest one wants. */
export function checkEndings(
  tenants: readonly SimulatedTenant[],
  mirror: LedgerMirror,
  violations: Violations,
): number {
  let lost = 0;
  for (const simulated of tenants) {
    const { uuid } = simulated;
    const tenant = mirror.tenants.get(uuid);
    const newest = sequenceOf(simulated);
    const ending = endingOf(simulated, tenant);
    const wasRefused = isWanted(simulated) && ending === 'closed';
    // An older one that came late was overtaken: it leaves no trace but an answer.
    if (!wasRefused && !mirror.knowsDesiredState(uuid, newest)) {
      lost += 1;
      violations.add('no request is lost', `${uuid} sequence ${newest} is not in the ledger.`);
    } else if (ending === 'open') {
      violations.add('every request ends vended', `${uuid} sequence ${newest} is ${tenant?.status ?? 'unknown'}.`);
    }
  }
  return lost;
}
