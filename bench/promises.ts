import type { Promised } from './polls-bound';
import type { Scenario } from './scenario';

/** The time of one request until it is ready, divided by the floor. */
export const RATIO = { plain: 1.05, controlTower: 1.02 };

/** For each vending, those of STS and of the ledger apart. */
export const CALLS = { plain: 60, controlTower: 110 };

/** For each vending. */
export const MAX_POLLS = 50;

/** The time of the cold import of a function's bundle, divided by that of a bare handler with the same clients. */
export const IMPORT_RATIO = 1.25;

/** The promises for one request, and the calls that are no polls. */
export const promisedBy = (
  { controlTower }: Pick<Scenario, 'controlTower'>,
  { calls, looks }: { readonly calls: { readonly aws: number }; readonly looks: number },
): Promised => ({
  ratio: controlTower ? RATIO.controlTower : RATIO.plain,
  calls: controlTower ? CALLS.controlTower : CALLS.plain,
  polls: MAX_POLLS,
  callsWithoutPolls: calls.aws - looks,
});
