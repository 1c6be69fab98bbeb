import type { Promised } from './looks-bound';
import type { Scenario } from './scenario';

/** Of the time to ready of one request, to the floor. */
export const RATIO = { plain: 1.05, controlTower: 1.02 };

/** For each vending, those of STS and of the ledger apart. */
export const CALLS = { plain: 60, controlTower: 110 };

/** For each vending. */
export const MOST_POLLS = 50;

/** Of the cold import of a function's bundle, to that of a bare handler with the same clients. */
export const IMPORT_RATIO = 1.25;

/** What is promised of one request, and the calls that are no looks. */
export const promisedBy = (
  { controlTower }: Pick<Scenario, 'controlTower'>,
  { calls, looks }: { readonly calls: { readonly aws: number }; readonly looks: number },
): Promised => ({
  ratio: controlTower ? RATIO.controlTower : RATIO.plain,
  calls: controlTower ? CALLS.controlTower : CALLS.plain,
  polls: MOST_POLLS,
  callsWithoutLooks: calls.aws - looks,
});
