import type { NamedLimiter } from '../../domain/queue/call-rates';
import { TransientError } from '../../domain/base/errors';
import { BudgetRecordSchema } from '../../domain/queue/lane-records';
import { reserveCall } from '../../domain/queue/rate-limiter';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace } from '../base/decide';
import { budgetKey } from '../base/keys';

/** A function waits no longer for a call: it has other things to do before its time is up. */
const MOST_WAIT_MILLISECONDS = 12_000;

/**
 * Reserves a call, which belongs to the function that has reserved it: should that function be killed, the call is not
 * made, and nobody waits for it.
 *
 * @returns when to make it
 * @throws TransientError when others have reserved so many that it would take too long; nothing is reserved then
 */
export function reserveCallIn(store: LedgerStore, { name, limiter }: NamedLimiter, now: () => Date): Promise<Date> {
  return decide(store, [budgetKey(name)], (item) => {
    const fullAt = contentOf(BudgetRecordSchema, item)?.fullAt;
    const at = now();
    const reserved = reserveCall(limiter, fullAt === undefined ? null : new Date(fullAt), at);
    if (reserved.at.getTime() - at.getTime() > MOST_WAIT_MILLISECONDS) throw tooMany(name);
    return { writes: [replace(item, { fullAt: reserved.fullAt.toISOString() })], result: reserved.at };
  });
}

const tooMany = (name: string): TransientError =>
  new TransientError(`AWS answers ${name} only so often, and many calls of other vendings are ahead.`, {
    nothingDone: true,
  });
