import type { Change, RunRecord } from '../records/ledger-records';

/**
 * When a state of the run that came to its end has made this change, the last time; null where none says so. A state
 * that was killed after its change has not told of it.
 */
export function changedAt({ steps }: Pick<RunRecord, 'steps'>, { what, from, to }: Change): Date | null {
  const ends = steps.flatMap(({ finishedAt, changes }) =>
    finishedAt !== null && changes.some((one) => one.what === what && one.from === from && one.to === to)
      ? [finishedAt]
      : [],
  );
  const last = ends.toSorted().at(-1);
  return last === undefined ? null : new Date(last);
}
