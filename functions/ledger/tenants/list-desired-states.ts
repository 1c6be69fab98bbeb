import {
  ContentRecordSchema,
  type DesiredStateRecord,
  DesiredStateRecordSchema,
} from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, contentOfStored, snapshotsOf } from '../base/decide';
import { contentKey, DESIRED_STATE_SORT, desiredStateKey, tenantPartition } from '../base/keys';

/**
 * Desired states of a tenant, those with the highest sequence first.
 *
 * @param before only lower sequences
 */
export async function listDesiredStates(
  store: LedgerStore,
  tenantUuid: string,
  { limit, before }: { readonly limit: number; readonly before: number | null },
): Promise<readonly DesiredStateRecord[]> {
  const items = await store.readPartition({
    partition: tenantPartition(tenantUuid),
    prefix: DESIRED_STATE_SORT,
    limit,
    descending: true,
    ...(before === null ? {} : { after: desiredStateKey(tenantUuid, before).sort }),
  });
  return items.map((item) => contentOfStored(DesiredStateRecordSchema, item));
}

/** Its record and its content; undefined: none with this sequence; `content` is undefined once it is not kept. */
export async function readDesiredStateRecord(
  store: LedgerStore,
  tenantUuid: string,
  sequence: number,
): Promise<{ readonly record: DesiredStateRecord; readonly content: unknown } | undefined> {
  const [desired, content] = await snapshotsOf(store, [
    desiredStateKey(tenantUuid, sequence),
    contentKey(tenantUuid, sequence),
  ]);
  const record = contentOf(DesiredStateRecordSchema, desired);
  return record === undefined ? undefined : { record, content: contentOf(ContentRecordSchema, content)?.desiredState };
}
