import { shownPreflight } from '../domain/fleet/preflight';
import { TenantRecordSchema, type VendingStatus, VendingStatusSchema } from '../domain/records/ledger-records';
import { contentOfStored } from '../ledger/base/decide';
import { errorOf } from '../ledger/base/keys';
import { readLatestPreflight } from '../ledger/fleet/preflights';
import { readPass } from '../ledger/fleet/reconciliation-run';
import type { LedgerStore, StoredItem } from '../ports/ledger-store';
import { answer, type Answer } from './answer';
import type { Summary } from './operator-responses';

/** Counting more would cost what there is: a list can be read to its end. */
const COUNTED = 100;

/** `GET /summary`: how many vendings stand how, and what was found last. */
export async function getSummary(ledger: LedgerStore, now: Date): Promise<Answer> {
  const lists = await Promise.all(VendingStatusSchema.options.map((status) => listOf(ledger, status)));
  const [pass, preflight] = [await readPass(ledger), await readLatestPreflight(ledger)];
  const body: Summary = {
    at: now.toISOString(),
    statuses: lists.map(({ status, items, more }) => ({ status, count: items.length, more })),
    errors: errorsIn(lists.find(({ status }) => status === 'FAILED')?.items ?? []),
    reconciliation:
      pass === undefined
        ? null
        : { pass: pass.pass, status: pass.phase === 'ENDED' ? 'ENDED' : 'RUNNING', failed: pass.failed },
    preflight: preflight === undefined ? null : shownHead(preflight, now),
  };
  return answer(200, body);
}

interface StatusList {
  readonly status: VendingStatus;
  readonly items: readonly StoredItem[];
  readonly more: boolean;
}

async function listOf(ledger: LedgerStore, status: VendingStatus): Promise<StatusList> {
  const { items, cursor } = await ledger.list({ label: status, limit: COUNTED });
  // At exactly a hundred, a cursor does not say whether there is another one.
  const more = cursor !== null && (await ledger.list({ label: status, limit: 1, cursor })).items.length > 0;
  return { status, items, more };
}

function errorsIn(items: readonly StoredItem[]): Summary['errors'] {
  const counts = new Map<string, number>();
  for (const item of items) {
    const error = errorOf(contentOfStored(TenantRecordSchema, item));
    if (error !== null) counts.set(error, (counts.get(error) ?? 0) + 1);
  }
  const errors = [...counts].map(([error, count]) => ({ error, count }));
  return errors.toSorted((one, other) => other.count - one.count);
}

function shownHead(record: Parameters<typeof shownPreflight>[0], now: Date): Summary['preflight'] {
  const { id, status, finishedAt } = shownPreflight(record, now);
  return { id, status, finishedAt };
}
