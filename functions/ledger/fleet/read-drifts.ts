import { type DriftRecord, DriftRecordSchema } from '../../domain/fleet/drift';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOfStored } from '../base/decide';
import { DRIFT, OPEN, passPartition } from './drift-keys';

export interface DriftPage {
  readonly drifts: readonly DriftRecord[];
  /** The last tenant of this page, where others follow. */
  readonly after: string | null;
}

/** A page of what a pass has found, by the uuids of the tenants. */
export async function readDrifts(
  store: LedgerStore,
  { pass, limit, after }: { readonly pass: string; readonly limit: number; readonly after: string | null },
): Promise<DriftPage> {
  const items = await store.readPartition({
    partition: passPartition(pass),
    prefix: DRIFT,
    limit: limit + 1,
    ...(after === null ? {} : { after: `${DRIFT}${after}` }),
  });
  const drifts = items.slice(0, limit).map((item) => contentOfStored(DriftRecordSchema, item));
  return { drifts, after: items.length > limit ? (drifts.at(-1)?.tenantUuid ?? null) : null };
}

/** How many runs of a pass have not ended; counted up to a limit. */
export async function countOpen(store: LedgerStore, pass: string, limit: number): Promise<number> {
  return (await store.readPartition({ partition: passPartition(pass), prefix: OPEN, limit })).length;
}
