import type { VendingPlan } from '../domain/plan/plan';
import type { Preview } from '../domain/run/preview';

/** Looks what a run of a plan would change, without changing it. */
export interface ChangePreview {
  /** @throws TransientError when AWS did not answer in time */
  preview(plan: VendingPlan): Promise<Preview>;
}
