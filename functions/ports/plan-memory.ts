import type { VendingPlan } from '../domain/plan';

/** What the ledger keeps before and about the plan of a run. */
export interface PlanMemory {
  /** The desired state as it came in; undefined when it has expired. */
  desiredState(): Promise<unknown>;

  /**
   * Pins the plan to the run and claims its e-mail, alias and groups, all or nothing. A plan that was pinned before stays.
   *
   * @returns the plan that holds
   * @throws RejectedError when another tenant has a claim
   */
  pin(plan: VendingPlan): Promise<VendingPlan>;
}
