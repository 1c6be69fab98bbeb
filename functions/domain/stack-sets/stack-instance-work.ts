import { contentHash } from '../base/json';
import type { StackInstanceRecord } from '../records/account-records';
import { nextPoll } from '../base/poll-interval';
import { RejectedError } from '../base/errors';
import { waitedFor, type StepContext } from '../run/step-context';

/** A stack instance as CloudFormation shows it, as far as decisions need it. */
export interface SeenInstance {
  readonly region: string;
  readonly status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE';
  readonly detailedStatus: string;
  readonly reason: string | null;
  readonly lastOperationId: string | null;
}

/** `unknown`: CloudFormation has no such operation. */
export type OperationStatus = 'unknown' | 'waiting' | 'running' | 'succeeded' | 'failed';

/**
 * How an instance stands: `current`; `missing` (to be created); `stale` (there, and to be updated); `failed` (the last
 * operation of ours has failed); `running` (an operation is at work on it); `unseen` (an operation of ours was asked
 * for and does not show); `inoperable` (CloudFormation has given it up).
 */
export type InstanceState = 'current' | 'missing' | 'stale' | 'failed' | 'running' | 'unseen' | 'inoperable';

/**
 * Compares what is wanted in a region with what was asked and what is there.
 *
 * @param contentHash of everything that is to be deployed
 */
export function statusOf(
  contentHash: string,
  asked: StackInstanceRecord | undefined,
  seen: SeenInstance | undefined,
): InstanceState {
  if (seen?.status === 'INOPERABLE' || seen?.detailedStatus === 'INOPERABLE') return 'inoperable';
  if (asked === undefined || contentIn(asked) !== contentHash) return seen === undefined ? 'missing' : 'stale';
  if (asked.phase === 'failed') return 'failed';
  if (asked.phase === 'current') return keptStanding(seen);
  return seen?.lastOperationId === asked.operationId ? endOf(seen) : 'unseen';
}

/** What was found gone before its removal was asked for keeps the hash of what it had. */
const contentIn = ({ phase, contentHash: content }: StackInstanceRecord): string | null =>
  phase === 'removed' ? null : content;

/** Deployed, and nothing is at work on it. */
export const isCurrent = (seen: SeenInstance): boolean => endOf(seen) === 'current';

const ENDED_BADLY = new Set(['FAILED', 'CANCELLED', 'FAILED_IMPORT', 'SKIPPED_SUSPENDED_ACCOUNT']);

function endOf({ status, detailedStatus }: SeenInstance): InstanceState {
  if (ENDED_BADLY.has(detailedStatus)) return 'failed';
  return detailedStatus === 'SUCCEEDED' && status === 'CURRENT' ? 'current' : 'running';
}

/**
 * Deployed by us once. A change of the stack set works on the instance, too: under ids that are not ours, and with
 * our parameters.
 */
function keptStanding(seen: SeenInstance | undefined): InstanceState {
  if (seen === undefined) return 'missing';
  if (isAtWork(seen)) return 'running';
  return endOf(seen) === 'current' ? 'current' : 'stale';
}

const AT_WORK = new Set(['PENDING', 'RUNNING']);
const ASKED = new Set<StackInstanceRecord['phase']>(['asked', 'accepted', 'removalAsked', 'removalAccepted']);

/** Whether CloudFormation is at work on an instance. */
export const isAtWork = ({ detailedStatus }: SeenInstance): boolean => AT_WORK.has(detailedStatus);

/**
 * Whether none of the operations that were asked for is at work. The operation itself is asked, and not the instances:
 * their list may be behind. What CloudFormation does not know by the time that a lease runs out was never asked for.
 */
export async function areOurOperationsOver(
  records: readonly StackInstanceRecord[],
  statusOf: (operationId: string) => Promise<OperationStatus>,
): Promise<boolean> {
  for (const id of new Set(records.filter(({ phase }) => ASKED.has(phase)).map(({ operationId }) => operationId))) {
    const status = await statusOf(id);
    if (status === 'waiting' || status === 'running') return false;
  }
  return true;
}

/**
 * The id of an operation: the same content, regions and number, the same id, so that CloudFormation takes a repeated
 * call for the same operation.
 */
export function operationIdOf(
  tenantUuid: string,
  { stackSet, contentHash: content, n }: Pick<StackInstanceRecord, 'stackSet' | 'contentHash' | 'n'>,
  regions: readonly string[],
): string {
  return contentHash([tenantUuid, stackSet, content, regions, n]).slice(0, 64);
}

/** What the ledger knows, with some records in place of those of the same instances. */
export function mergedRecords(
  known: readonly StackInstanceRecord[],
  records: readonly StackInstanceRecord[],
): readonly StackInstanceRecord[] {
  const isReplaced = (one: StackInstanceRecord): boolean =>
    records.some(
      ({ stackSet, homeRegion, region }) =>
        stackSet === one.stackSet && region === one.region && homeRegion === (one.homeRegion ?? homeRegion),
    );
  return [...known.filter((one) => !isReplaced(one)), ...records];
}

const SCHEDULE = { minSeconds: 5, maxSeconds: 30, share: 0.05 };

/** A small stack takes a minute and more. */
const FIRST_SECONDS = 66;

/** A stack set takes one operation at a time: the next one waits for every second that is not noticed. */
const AWAITED_SECONDS = 4;

/**
 * Whole seconds until the next look at an operation of a stack set.
 *
 * @param regions in which it works: in one after the other, since we ask for nothing else
 * @param awaited whether somebody waits for its end
 */
export const stackInstancePoll = (elapsedSeconds: number, regions: number, awaited: boolean): number =>
  nextPoll(elapsedSeconds, {
    ...SCHEDULE,
    ...(awaited ? { minSeconds: AWAITED_SECONDS } : {}),
    firstDelays: [FIRST_SECONDS * regions],
  });

/** Whole seconds from now to the first look, which shows little before; nought where it is due. */
export const secondsUntilFirstLook = (elapsedSeconds: number, regions: number): number =>
  Math.max(0, Math.round(FIRST_SECONDS * regions - elapsedSeconds));

/** How often removals are looked at. */
export const STACK_SET_SCHEDULE = { minSeconds: 5, maxSeconds: 30 };

/**
 * What CloudFormation has not taken (the stack set was busy, or the answer was lost) is asked for again after some
 * looks, under the same id.
 */
export const LOOKS_UNTIL_ASKED_AGAIN = 3;
export const UNSEEN_SECONDS = 10;
const BUSY_SECONDS = 4 * 60 * 60;

/** What it has taken shows soon, unless the stack set's queue is long. If it never does, it counts as failed. */
export const QUEUE_SECONDS = 30 * 60;
const OPERATION_SECONDS = 2 * 60 * 60;

/** The first failures may be those of a new account, whose execution role is not known everywhere yet. */
export const MAX_FAILURES = 4;

/** How long to pause after that many failures. */
export const afterFailures = (failures: number): number => 20 * 2 ** (failures - 1);

/** @throws RejectedError when other people's operations have kept ours waiting for longer than its budget */
export function rejectIfBusyTooLong(context: StepContext, { stackSet, region, askedAt }: StackInstanceRecord): void {
  if (waitedFor(context, askedAt) < BUSY_SECONDS) return;
  throw new RejectedError(
    `The stack set "${stackSet}" has been busy with other operations for ${BUSY_SECONDS / 3600} hours: nothing was done in ${region}.`,
    'Look at its operations in the StackSets console, end those that hang (or activate managed execution, which lets several work at once), ' +
      'and replay this run.',
  );
}

/** @throws RejectedError when the operation is at work for longer than its budget */
export function rejectIfAtWorkTooLong(context: StepContext, { stackSet, region, askedAt }: StackInstanceRecord): void {
  if (waitedFor(context, askedAt) < OPERATION_SECONDS) return;
  throw new RejectedError(
    `The stack set "${stackSet}" has been at work in ${region} for ${OPERATION_SECONDS / 3600} hours.`,
    'Look at its operations in the StackSets console; when they are over, replay this run.',
  );
}
