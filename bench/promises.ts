/** The time of one request until it is ready, divided by AWS's own floor. */
export const RATIO = { plain: 1.1, controlTower: 1.05 };

/** The median of so many at once, in seconds, where operations of a stack set run side by side. */
export const BULK_SECONDS: Readonly<Record<string, number>> = { '100-at-once': 800, '1000-at-once': 5600 };

/** For each vending, those of STS and of the ledger apart. */
export const CALLS = { plain: 60, controlTower: 110 };

/** For each vending. */
export const MAX_POLLS = 50;

/** The time of the cold import of a function's bundle, divided by that of a bare handler with the same clients. */
export const IMPORT_RATIO = 1.15;

export const BUNDLE_BYTES = 400_000;
