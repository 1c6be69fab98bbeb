import type { VendingPlan } from '../domain/plan/plan';

/** What the first and the last step write about their run. */
export interface RunRepository {
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

  /**
   * The run has done all. If a newer desired state was waiting, its run begins and its execution is started. A second
   * call changes nothing and makes sure that the execution has been started.
   */
  complete(): Promise<void>;
}
