import { isDeepStrictEqual } from 'node:util';

import { RejectedError } from '../../domain/errors';
import { stackSetLane } from '../../domain/lanes';
import type { StackInstanceRecord } from '../../domain/ledger-records';
import { nextLook } from '../../domain/poll-interval';
import { removalLooks, type RemovalLook, removalsAsked } from '../../domain/removal-look';
import {
  afterFailures,
  atWorkFor,
  LOOKS_UNTIL_ASKED_AGAIN,
  MOST_FAILURES,
  QUEUE_SECONDS,
  STACK_SET_RHYTHM,
  UNSEEN_SECONDS,
  waitWhileBusy,
} from '../../domain/stack-set-patience';
import type { OperationStatus } from '../../domain/stack-instance-work';
import { plannedRemoval, type StackSetRemoval } from '../../domain/stack-set-removal';
import { accountOf, secondsBetween, type Step, type StepReport, type Vending } from '../../domain/vending';
import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { LaneTurns } from '../../ports/lane-queue';
import type { StackSets } from '../../ports/stack-sets';

export interface CheckRemovalPorts {
  readonly memory: FurnishingMemory;
  readonly stackSets: Pick<StackSets, 'listInstances' | 'operationOf'>;
  readonly turns: LaneTurns;
  /** The stack set of this iteration. */
  readonly removal: string;
}

/**
 * Are the account's instances of a stack set gone? Read from our operation where there is one, otherwise from the instances. The look that sees an operation's end,
 * good or bad, frees its slot in the lane. `removeAgain` sends the workflow back to RemoveStackInstances, which decides what is left. A second run
 * answers at once.
 *
 * @throws RejectedError with the instance's own reason, when CloudFormation has given it up or has failed several times; or when it takes longer
 *   than its budget
 */
export function checkRemoval(ports: CheckRemovalPorts): Step {
  return async (vending) => {
    const planned = plannedRemoval(vending, ports.removal);
    const looks = (await lookAt(ports, vending, planned)).map((look) => judged(vending, look));
    const failed = looks.filter(({ standing }) => standing === 'failed');
    if (failed.length > 0) return countFailure(ports, vending, planned, failed);
    const unseen = looks.find(({ standing }) => standing === 'unseen');
    if (unseen !== undefined) return waitForBeginning(ports, vending, unseen.record);
    const running = looks.find(({ standing }) => standing === 'running');
    if (running !== undefined) return waitForEnd(vending, running.record);
    // No operation of ours is at work any more.
    await ports.turns.free(stackSetLane(planned));
    await change(ports, vending, (record) =>
      looks.some((look) => look.record === record && look.standing === 'gone')
        ? { ...record, phase: 'removed', failures: 0, pauses: 0 }
        : record,
    );
    return looks.every(({ standing }) => standing === 'gone')
      ? { result: { ready: true, removeAgain: false, waitSeconds: 0 }, remark: `${planned.name} is removed.` }
      : removeAgain(`${planned.name}: more is to be removed.`);
  };
}

/**
 * The operation tells first; the list is asked for what that leaves open.
 *
 * @evidence documented "botocore cloudformation.DescribeStackSetOperation": its reads are strongly consistent
 * @evidence assumed "botocore cloudformation.ListStackInstances": it may be behind, since it promises nothing (decided by: lists on AWS)
 */
async function lookAt(
  { stackSets }: CheckRemovalPorts,
  vending: Vending,
  planned: StackSetRemoval,
): Promise<readonly RemovalLook[]> {
  const ends = new Map<string, OperationStatus>();
  for (const id of removalsAsked(vending, planned)) ends.set(id, await stackSets.operationOf(planned, id));
  const told = removalLooks(vending, planned, [], ends);
  const isTold = told.every(({ record }) => TELLING.has(ends.get(record.operationId) ?? 'unknown'));
  if (isTold) return told;
  return removalLooks(vending, planned, await stackSets.listInstances(planned, accountOf(vending).id), ends);
}

/** Whatever the list shows, it adds nothing. */
const TELLING: ReadonlySet<OperationStatus> = new Set(['succeeded', 'waiting', 'running']);

/** An operation that was taken and never shows is as good as failed. */
function judged({ now }: Vending, look: RemovalLook): RemovalLook {
  const { standing, record } = look;
  const isLost =
    standing === 'unseen' && record.phase === 'removalAccepted' && secondsBetween(record.askedAt, now) >= QUEUE_SECONDS;
  return isLost ? { ...look, standing: 'failed' } : look;
}

const removeAgain = (remark: string): StepReport => ({
  result: { ready: false, removeAgain: true, waitSeconds: 0 },
  remark,
});

const wait = (waitSeconds: number, remark: string): StepReport => ({
  result: { ready: false, removeAgain: false, waitSeconds },
  remark,
});

async function waitForBeginning(
  ports: CheckRemovalPorts,
  vending: Vending,
  asked: StackInstanceRecord,
): Promise<StepReport> {
  const { stackSet, phase, askedAt, pauses } = asked;
  if (phase === 'removalAccepted') {
    const age = secondsBetween(askedAt, vending.now);
    return wait(nextLook(age, STACK_SET_RHYTHM), `${stackSet}: CloudFormation has not begun to remove it yet.`);
  }
  waitWhileBusy(vending, asked);
  if (pauses >= LOOKS_UNTIL_ASKED_AGAIN) return removeAgain(`${stackSet}: asking CloudFormation again.`);
  await change(ports, vending, (record) => (record === asked ? { ...record, pauses: pauses + 1 } : record));
  return wait(UNSEEN_SECONDS, `${stackSet}: busy with another operation, or not begun yet.`);
}

const waitForEnd = (vending: Vending, record: StackInstanceRecord): StepReport =>
  wait(nextLook(atWorkFor(vending, record), STACK_SET_RHYTHM), `${record.stackSet}: CloudFormation is at work.`);

/** Written down before the pause: after it, and after a redrive, the same failure is not counted again. */
async function countFailure(
  ports: CheckRemovalPorts,
  vending: Vending,
  planned: StackSetRemoval,
  failed: readonly RemovalLook[],
): Promise<StepReport> {
  const failures = 1 + Math.max(...failed.map(({ record }) => record.failures));
  const isGivenUp = failed.some(({ seen }) => seen?.status === 'INOPERABLE');
  const isFinal = isGivenUp || failures >= MOST_FAILURES;
  await change(ports, vending, (record) =>
    failed.some((look) => look.record === record)
      ? { ...record, phase: 'removalFailed', failures: isFinal ? 0 : failures }
      : record,
  );
  await ports.turns.free(stackSetLane(planned));
  // Where one region fails, the others are cancelled and have nothing to tell.
  const telling = failed.find(({ seen }) => seen?.detailedStatus !== 'CANCELLED') ?? failed[0];
  const reason = telling?.seen?.reason ?? 'CloudFormation gives no reason';
  if (isFinal) throw couldNotRemove(planned, telling?.record.region ?? '', reason);
  return wait(afterFailures(failures), `${planned.name} could not be removed (${reason}); trying again.`);
}

function couldNotRemove({ name }: StackSetRemoval, region: string, reason: string): RejectedError {
  return new RejectedError(
    `The instance of stack set "${name}" in ${region} could not be removed: ${reason}.`,
    'Mend what it names (a bucket that is not empty, a resource that something else uses, the execution role in the account), or delete the ' +
      'instance with "retain stacks" in the StackSets console and its stack in the account; then replay this run.',
  );
}

async function change(
  { memory }: CheckRemovalPorts,
  { tenant: { stackInstances } }: Vending,
  changed: (record: StackInstanceRecord) => StackInstanceRecord,
): Promise<void> {
  const after = stackInstances.map(changed);
  if (!isDeepStrictEqual(after, stackInstances)) await memory.recordStackInstances(stackInstances, after);
}
