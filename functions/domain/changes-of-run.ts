import type { RunRecord } from './ledger-records';
import { within } from './parsed-json';
import type { PreviewedChange } from './preview';

/** Who has asked for a run, as its outcome tells. */
export const askedForBy = ({
  requestedBy = null,
  replayedBy = null,
}: Pick<RunRecord, 'requestedBy' | 'replayedBy'>): {
  readonly requestedBy: string | null;
  readonly replayedBy: string | null;
} => ({ requestedBy, replayedBy });

/** An event of EventBridge may have 256 KB; the rest of an outcome takes a few. */
const MOST_BYTES = 128 * 1024;

/** What a run has changed in AWS, state by state, as far as an event has room for it. */
export function changesOfRun(
  { steps }: Pick<RunRecord, 'steps'>,
  mostBytes = MOST_BYTES,
): {
  readonly changes: readonly PreviewedChange[];
  readonly changesLeftOut: number;
} {
  const neverKept = steps.reduce((sum, { changesLeftOut = 0 }) => sum + changesLeftOut, 0);
  const all = steps.flatMap(({ state, changes }) => changes.map((change) => ({ state, ...change })));
  const changes = within(all, mostBytes);
  return { changes, changesLeftOut: neverKept + all.length - changes.length };
}
