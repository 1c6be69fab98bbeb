import type { RunRecord } from './ledger-records';
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
  const all = steps.flatMap(({ state, changes }) => changes.map((change) => ({ state, ...change })));
  let bytes = 0;
  const changes = all.filter((change) => {
    bytes += Buffer.byteLength(JSON.stringify(change));
    return bytes <= mostBytes;
  });
  return { changes, changesLeftOut: all.length - changes.length };
}
