import { RELEASE_KEY, type ReleaseRecord, ReleaseRecordSchema } from '../../domain/rollout/release';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, snapshotsOf } from '../base/decide';

/** Which configuration is released; undefined: nothing was ever planned by this ledger. */
export async function readRelease(store: LedgerStore): Promise<ReleaseRecord | undefined> {
  const [item] = await snapshotsOf(store, [RELEASE_KEY]);
  return contentOf(ReleaseRecordSchema, item);
}

/**
 * The release, which is the deployed configuration where nothing was released yet: the first one of a ledger needs no
 * rollout, since nobody can be harmed by it. A second call changes nothing.
 */
export async function releaseFirst(store: LedgerStore, deployedHash: string, now: Date): Promise<ReleaseRecord> {
  return (
    (await readRelease(store)) ??
    decide<ReleaseRecord>(store, [RELEASE_KEY], (item) => {
      const known = contentOf(ReleaseRecordSchema, item);
      if (known !== undefined) return { writes: [], result: known };
      const first = { configurationHash: deployedHash, releasedAt: now.toISOString(), rolloutId: null };
      return { writes: [replace(item, first)], result: first };
    })
  );
}
