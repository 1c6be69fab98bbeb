import type { StackInstanceRecord } from '../records/account-records';
import { isAtWork, type OperationStatus, type SeenInstance } from './stack-instance-work';
import { QUEUE_SECONDS } from './stack-set-patience';
import { recordsOf, type StackSetRemoval } from './stack-set-removal';
import { secondsBetween, type Vending } from '../run/vending';

/**
 * How the removal of an instance stands: `gone`; `due` (to be asked for); `running` (an operation is at work on it,
 * whosever, or may be about to make it); `unseen` (its removal was asked for and does not show); `failed` (its removal
 * is over, and it is still there).
 */
export interface RemovalLook {
  readonly record: StackInstanceRecord;
  readonly seen: SeenInstance | undefined;
  readonly standing: 'gone' | 'due' | 'running' | 'unseen' | 'failed';
}

/** How operations stand, by id. */
type Ends = ReadonlyMap<string, OperationStatus>;

/**
 * How every instance stands that is to be removed and that the ledger still knows.
 *
 * @param ends of the removals, where they were asked for: they are told as they are, the list may be behind
 */
export const removalLooks = (
  { tenant, now }: Vending,
  removal: StackSetRemoval,
  instances: readonly SeenInstance[],
  ends: Ends = new Map(),
): readonly RemovalLook[] =>
  recordsOf(tenant.stackInstances, removal).map((record) => {
    const seen = instances.find(({ region }) => region === record.region);
    const told = isRemoval(record) ? standingAt(ends.get(record.operationId), seen) : undefined;
    return { record, seen, standing: told ?? standingOf(record, seen, now) };
  });

/** The ids of the removals that were asked for and that the ledger does not know to be over. */
export const removalsAsked = ({ tenant }: Vending, removal: StackSetRemoval): readonly string[] => [
  ...new Set(
    recordsOf(tenant.stackInstances, removal)
      .filter(isRemoval)
      .map(({ operationId }) => operationId),
  ),
];

/** Undefined where CloudFormation does not know the operation, so that the list has to tell. */
function standingAt(
  end: OperationStatus | undefined,
  seen: SeenInstance | undefined,
): RemovalLook['standing'] | undefined {
  switch (end) {
    case 'succeeded':
      return 'gone';
    case 'waiting':
    case 'running':
      return 'running';
    case 'failed':
      return seen === undefined ? 'gone' : 'failed';
    case 'unknown':
    case undefined:
      return undefined;
  }
}

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
