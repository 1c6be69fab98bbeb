import type { VendingPlan } from '../domain/plan/plan';
import type { Preview } from '../domain/run/preview';

/** The Lambda function that a landing zone names. */
export interface LandingZoneFunction {
  /**
   * Invokes it and waits for its answer.
   *
   * @returns null when it has ended well, what it said when it has failed
   * @throws RejectedError when it cannot be invoked at all
   */
  invoke(functionArn: string, payload: Readonly<Record<string, string>>): Promise<string | null>;
}

/** Says whether the function exists, without running it. */
export interface LandingZoneFunctionLookup {
  exists(functionArn: string): Promise<boolean>;
}

/** The function PreviewChanges: says what a run of a plan would change, and changes nothing. */
export interface ChangePreview {
  /** @throws TransientError when AWS did not answer in time */
  preview(plan: VendingPlan): Promise<Preview>;
}
