import { RejectedError } from '../base/errors';
import type { StackInstanceRecord } from '../records/account-records';
import { waitedFor, type Vending } from '../run/vending';

/** For how long operations of stack sets are waited for, whether they deploy or remove. */

export const STACK_SET_RHYTHM = { leastSeconds: 5, mostSeconds: 30 };

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
export const MOST_FAILURES = 4;

/** How long to pause after that many failures. */
export const afterFailures = (failures: number): number => 20 * 2 ** (failures - 1);

/** @throws RejectedError when other people's operations have kept ours waiting for longer than its budget */
export function rejectIfBusyTooLong(vending: Vending, { stackSet, region, askedAt }: StackInstanceRecord): void {
  if (waitedFor(vending, askedAt) < BUSY_SECONDS) return;
  throw new RejectedError(
    `The stack set "${stackSet}" has been busy with other operations for ${BUSY_SECONDS / 3600} hours: nothing was done in ${region}.`,
    'Look at its operations in the StackSets console, end those that hang (or activate managed execution, which lets several work at once), ' +
      'and replay this run.',
  );
}

/** @throws RejectedError when the operation is at work for longer than its budget */
export function rejectIfAtWorkTooLong(vending: Vending, { stackSet, region, askedAt }: StackInstanceRecord): void {
  if (waitedFor(vending, askedAt) < OPERATION_SECONDS) return;
  throw new RejectedError(
    `The stack set "${stackSet}" has been at work in ${region} for ${OPERATION_SECONDS / 3600} hours.`,
    'Look at its operations in the StackSets console; when they are over, replay this run.',
  );
}
