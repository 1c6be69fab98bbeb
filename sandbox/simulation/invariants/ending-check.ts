import { isVended, type LedgerMirror } from '../ledger-mirror';
import type { SimulatedTenant } from '../simulated-tenants';
import type { Violations } from '../violations';

/** Every request has come in, and every tenant is vended by its newest one. */
export function checkEndings(
  tenants: readonly SimulatedTenant[],
  mirror: LedgerMirror,
  violations: Violations,
): number {
  let lost = 0;
  for (const { uuid, requests } of tenants) {
    const tenant = mirror.tenants.get(uuid);
    const sequences = requests.map(({ desiredState }) => desiredState.replicationSequence);
    const newest = Math.max(...sequences);
    // An older one that came late was overtaken: it leaves no trace but an answer.
    if (!mirror.knowsDesiredState(uuid, newest)) {
      lost += 1;
      violations.add('no request is lost', `${uuid} sequence ${newest} is not in the ledger.`);
    } else if (!isVended(tenant, newest)) {
      violations.add('every request ends vended', `${uuid} sequence ${newest} is ${tenant?.status ?? 'unknown'}.`);
    }
  }
  return lost;
}
