import type { StackInstanceRecord } from './ledger-records';
import { isAtWork, type SeenInstance } from './stack-instance-work';
import { QUEUE_SECONDS } from './stack-set-patience';
import { recordsOf, type StackSetRemoval } from './stack-set-removal';
import { secondsBetween, type Vending } from './vending';

/**
 * How the removal of an instance stands: `gone`; `due` (to be asked for); `running` (an operation is at work on it, whosever, or may be about to
 * make it); `unseen` (its removal was asked for and does not show); `failed` (its removal is over, and it is still there).
 */
export interface RemovalLook {
  readonly record: StackInstanceRecord;
  readonly seen: SeenInstance | undefined;
  readonly standing: 'gone' | 'due' | 'running' | 'unseen' | 'failed';
}

/** How every instance stands that is to be removed and that the ledger still knows. */
export const removalLooks = (
  { tenant, now }: Vending,
  removal: StackSetRemoval,
  instances: readonly SeenInstance[],
): readonly RemovalLook[] =>
  recordsOf(tenant.stackInstances, removal).map((record) => {
    const seen = instances.find(({ region }) => region === record.region);
    return { record, seen, standing: standingOf(record, seen, now) };
  });

function standingOf(record: StackInstanceRecord, seen: SeenInstance | undefined, now: Date): RemovalLook['standing'] {
  if (seen === undefined) return mayCome(record, now) ? 'running' : 'gone';
  if (isAtWork(seen)) return 'running';
  if (!isRemoval(record)) return 'due';
  return seen.lastOperationId === record.operationId ? 'failed' : 'unseen';
}

/** What an earlier run asked for may still be about to come, where the stack set's queue is long. */
const mayCome = ({ phase, askedAt }: StackInstanceRecord, now: Date): boolean =>
  (phase === 'asked' || phase === 'accepted') && secondsBetween(askedAt, now) < QUEUE_SECONDS;

/** Its removal has been asked for, and may be at work. */
const isRemoval = ({ phase }: StackInstanceRecord): boolean => phase === 'removalAsked' || phase === 'removalAccepted';
