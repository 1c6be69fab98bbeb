import type { Schemas } from '../api/client';

type Check = Schemas['Check'];

const ORDER: Readonly<Record<Check['result'], number>> = { failed: 0, unknown: 1, ok: 2, skipped: 3 };

/** Findings first: they are what somebody has to do. */
export const checksInOrder = (checks: readonly Check[]): readonly Check[] =>
  checks.toSorted((one, other) => ORDER[one.result] - ORDER[other.result]);

/** Every status of a preflight, as a badge. */
export const PREFLIGHTS = {
  RUNNING: { type: 'in-progress', text: 'Checking' },
  PASSED: { type: 'success', text: 'Everything is as it should be' },
  FINDINGS: { type: 'warning', text: 'There are findings' },
  FAILED: { type: 'error', text: 'The preflight did not finish: start another' },
} as const satisfies Readonly<Record<Schemas['Preflight']['status'], unknown>>;
