import type { LedgerStore } from '../../ports/ledger-store';
import type { PlanMemory } from '../../ports/plan-memory';
import { pinPlan, readDesiredState } from './pin-plan';
import type { RunReference } from '../tenants/tenant-items';

/** The plan memory of one run. */
export function ledgerPlanMemory(store: LedgerStore, reference: RunReference): PlanMemory {
  return {
    desiredState: () => readDesiredState(store, reference),
    pin: (plan) => pinPlan(store, reference, plan),
  };
}
