import { type Mark, type ProgressRow } from '../../../operator/vendings/progress';
import { between } from './times';

export interface GanttBar {
  readonly state: string;
  /** Seconds since the first state was entered. */
  readonly from: number;
  readonly to: number;
  readonly mark: Mark;
}

/**
 * A bar for each state that the run has entered, in the order in which it entered them. One that is not finished ends
 * now, or when the run ended.
 */
export function ganttOf(rows: readonly ProgressRow[], until: Date): readonly GanttBar[] {
  const entered = rows
    .flatMap(({ entry, mark, state }) => (entry === null ? [] : [{ entry, mark, state }]))
    .toSorted((one, other) => between(other.entry.startedAt, one.entry.startedAt));
  const begin = entered[0]?.entry.startedAt;
  if (begin === undefined) return [];
  return entered.map(({ entry: { startedAt, finishedAt }, mark, state }) => {
    const from = between(begin, startedAt) / 1000;
    return { state, mark, from, to: Math.max(from, between(begin, finishedAt ?? until) / 1000) };
  });
}
