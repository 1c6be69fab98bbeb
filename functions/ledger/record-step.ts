import { type LedgerStore, VersionConflictError } from '../ports/ledger-store';
import { decide, replace, type Snapshot } from './decide';
import { runOf } from './tenant-items';
import { type StepPass, withPass } from './timeline';

/** Writes a pass into the run's timeline. One write. */
export async function recordStep(store: LedgerStore, runItem: Snapshot, pass: StepPass): Promise<void> {
  const run = runOf(runItem);
  if (run === undefined) return;
  try {
    await store.commit([replace(runItem, withPass(run, pass))]);
  } catch (error) {
    if (!(error instanceof VersionConflictError)) throw error;
    await recordOnFreshRun(store, runItem, pass);
  }
}

async function recordOnFreshRun(store: LedgerStore, runItem: Snapshot, pass: StepPass): Promise<void> {
  await decide(store, [runItem.key], (item) => {
    const run = runOf(item);
    const writes = run === undefined ? [] : [replace(item, withPass(run, pass))];
    return { writes, result: undefined };
  });
}
