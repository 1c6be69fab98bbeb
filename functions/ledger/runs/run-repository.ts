import type { LedgerStore } from '../../ports/ledger-store';
import type { RunRepository } from '../../ports/repositories';
import { pinPlan, readDesiredState } from './pin-plan';
import type { RunReference } from '../tenants/tenant-items';

/** What plans one run. The last step ends it by `endRun`, which starts executions as well. */
export function ledgerRunRepository(
  store: LedgerStore,
  reference: RunReference,
): Pick<RunRepository, 'desiredState' | 'pin'> {
  return {
    desiredState: () => readDesiredState(store, reference),
    pin: (plan) => pinPlan(store, reference, plan),
  };
}
