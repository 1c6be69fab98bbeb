import type { VendingPlan } from '../domain/plan/plan';

/** What the ledger keeps before and about the plan of a run. */
export interface PlanMemory {
  /** The desired state as it came in; undefined when it has expired. */
  desiredState(): Promise<unknown>;

  /**
   * Pins the plan to the run and claims its e-mail, alias and groups, all or nothing. The plan of an earlier try is
   * replaced, if it is another.
   *
   * @returns the hash of the plan, by which the states that carry it out know it again
   * @throws RejectedError when another tenant has a claim
   */
  pin(plan: VendingPlan): Promise<string>;
}
