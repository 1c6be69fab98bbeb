import { isDeepStrictEqual } from 'node:util';

import type { RejectedError } from '../domain/base/errors';
import { stackSetLane } from '../domain/queue/lanes';
import type { Change, TenantRecord } from '../domain/records/ledger-records';
import type { StackInstanceRecord } from '../domain/records/account-records';
import { nextPoll } from '../domain/base/poll-interval';
import {
  type SeenInstance,
  areOurOperationsOver,
  mergedRecords,
  stackInstancePoll,
  afterFailures,
  LOOKS_UNTIL_ASKED_AGAIN,
  MAX_FAILURES,
  QUEUE_SECONDS,
  rejectIfAtWorkTooLong,
  rejectIfBusyTooLong,
  STACK_SET_SCHEDULE,
  UNSEEN_SECONDS,
} from '../domain/stack-sets/stack-instance-work';
import { secondsBetween, type StepReport, type StepContext } from '../domain/run/step-context';
import { isInstanceOf, type PlannedStackSet } from '../domain/stack-sets/wanted-stack-set';
import type { NeededPermit, TenantRepository } from '../ports/repositories';
import type { LaneTurns } from '../ports/lane-queue';
import type { StackSets } from '../ports/stack-sets';
import { type Outcomes, outcomesOf } from './outcome';

/*
 * Rolling a stack set out to an account and removing it from there are one thing in two directions: an operation of
 * CloudFormation is asked for, which is written down first, and followed until it has ended. The states, their
 * functions and their roles stay apart.
 */

type StackSet = Pick<PlannedStackSet, 'name' | 'homeRegion'>;
type Phase = StackInstanceRecord['phase'];

interface Direction {
  /**
   * What the ledger says of an instance once CloudFormation has taken the operation, and once it has ended well or
   * badly.
   */
  readonly phases: { readonly accepted: Phase; readonly ended: Phase; readonly failed: Phase };
  readonly asking: Pick<Outcomes<'DeployStackInstances'>, 'done' | 'goTo'>;
  readonly following: Outcomes<'CheckStackInstances'> | Outcomes<'CheckRemoval'>;
  /** Whole seconds until the next look at an operation that was asked for. */
  readonly pollSeconds: (
    elapsedSeconds: number,
    regions: number,
    isAwaited: () => Promise<boolean>,
  ) => number | Promise<number>;
  readonly firstPollSeconds: ((regions: number) => number) | undefined;
  readonly words: {
    readonly notBegun: string;
    readonly atWork: string;
    readonly failed: string;
    readonly ended: string;
    readonly more: string;
  };
}

export const DEPLOY: Direction = {
  phases: { accepted: 'accepted', ended: 'current', failed: 'failed' },
  asking: outcomesOf('DeployStackInstances'),
  following: outcomesOf('CheckStackInstances'),
  pollSeconds: async (elapsedSeconds, regions, isAwaited) =>
    stackInstancePoll(elapsedSeconds, regions, await isAwaited()),
  firstPollSeconds: (regions) => stackInstancePoll(0, regions, false),
  words: {
    notBegun: ': CloudFormation has not begun yet.',
    atWork: ' is being deployed.',
    failed: ' has failed',
    ended: ' is current.',
    more: ': more is to be done.',
  },
};

export const REMOVE: Direction = {
  phases: { accepted: 'removalAccepted', ended: 'removed', failed: 'removalFailed' },
  asking: outcomesOf('RemoveStackInstances'),
  following: outcomesOf('CheckRemoval'),
  pollSeconds: (elapsedSeconds) => nextPoll(elapsedSeconds, STACK_SET_SCHEDULE),
  firstPollSeconds: undefined,
  words: {
    notBegun: ': CloudFormation has not begun to remove it yet.',
    atWork: ': CloudFormation is at work.',
    failed: ' could not be removed',
    ended: ' is removed.',
    more: ': more is to be removed.',
  },
};

/** Whether no operation of this stack set is at work that another tenant has asked for. */
export const areOperationsOver =
  (stackSets: Pick<StackSets, 'operationOf'>, stackSet: StackSet) =>
  ({ stackInstances }: TenantRecord): Promise<boolean> =>
    areOurOperationsOver(
      stackInstances.filter((record) => isInstanceOf(record, stackSet)),
      (id) => stackSets.operationOf(stackSet, id),
    );

interface Ports {
  readonly repository: TenantRepository;
  readonly turns: LaneTurns;
}

export interface Operation {
  readonly stackSet: StackSet;
  /** The instances that it is about, as the ledger has them once CloudFormation is asked. */
  readonly records: readonly StackInstanceRecord[];
  /** Several operations may be at work at once, so none takes a turn. */
  readonly takesManyOperations: boolean;
  readonly send: (regions: readonly string[]) => Promise<'started' | 'busy'>;
  readonly changeIn: (regions: string) => Change;
}

/**
 * Asks CloudFormation for an operation. It is written down first with its id, so that a repeated call is the same
 * operation.
 */
export async function askForOperation(
  { repository }: Pick<Ports, 'repository'>,
  { phases, asking, firstPollSeconds }: Direction,
  { tenant: { stackInstances } }: StepContext,
  { stackSet, records, takesManyOperations, send, changeIn }: Operation,
): Promise<StepReport> {
  const intended = mergedRecords(stackInstances, records);
  const change = { before: stackInstances, after: intended };
  if (takesManyOperations) await repository.update('stackInstances', change);
  else if (!(await repository.claim('stackInstances', { ...change, permit: permitFor(stackSet) }))) {
    return asking.goTo('turn', `${stackSet.name}: it has no turn to ask CloudFormation.`);
  }
  const regions = records.map(({ region }) => region);
  if ((await send(regions)) === 'busy') return asking.done(`${stackSet.name} is busy with another operation.`);
  const accepted = records.map((record) => ({ ...record, phase: phases.accepted }));
  await repository.update('stackInstances', { before: intended, after: mergedRecords(intended, accepted) });
  const pause = firstPollSeconds === undefined ? {} : { waitSeconds: firstPollSeconds(regions.length) };
  return asking.done({ facts: { asked: true, ...pause }, changes: [changeIn(regions.join(', '))] });
}

/** It serves until the operation is over, however often that is asked for. */
const permitFor = (stackSet: StackSet): NeededPermit => ({ lane: stackSetLane(stackSet).name, onceAt: null });

/**
 * An instance, and how it stands: `failed`, `unseen` (asked for, and not to be seen yet), `running`, or in any other
 * way, in which it is at rest.
 */
export interface InstanceStatus {
  readonly region: string;
  readonly standing: string;
  readonly asked: StackInstanceRecord | undefined;
  readonly seen: SeenInstance | undefined;
}

export interface Progress {
  readonly stackSet: StackSet;
  readonly instances: readonly InstanceStatus[];
  /** Whether all is as it should be, once nothing is at work any more. */
  readonly isDone: boolean;
  /** The records of the instances that are known to be as they should be then. */
  readonly ended: readonly StackInstanceRecord[];
  /** Says what a person can do about an instance that has failed for good. */
  readonly rejection: (region: string, reason: string) => RejectedError;
}

/**
 * Follows what was asked for until it has ended, and frees the slot in the lane then, whether the end is good or bad.
 *
 * @throws RejectedError when it has failed several times, or takes longer than its budget
 */
export async function followOperations(
  ports: Ports,
  direction: Direction,
  context: StepContext,
  progress: Progress,
): Promise<StepReport> {
  const { following, phases, words } = direction;
  const { stackSet, instances, isDone, ended } = progress;
  const failed = instances.filter(({ standing, asked }) => standing === 'failed' && asked?.phase !== phases.failed);
  if (failed.length > 0) return countFailure(ports, direction, context, { ...progress, instances: failed });
  const unseen = instances.find(({ standing }) => standing === 'unseen');
  if (unseen?.asked !== undefined) return awaitBeginning(ports, direction, context, stackSet, unseen.asked);
  const running = instances.find(({ standing }) => standing === 'running');
  if (running?.asked !== undefined) return awaitEnd(ports, direction, context, stackSet, running.asked);
  // None of our operations is at work any more.
  await ports.turns.free(stackSetLane(stackSet));
  await changeRecords(ports, context, (record) =>
    ended.includes(record) ? { ...record, phase: phases.ended, failures: 0, pauses: 0 } : record,
  );
  return isDone
    ? following.done(`${stackSet.name}${words.ended}`)
    : following.goTo('request', `${stackSet.name}${words.more}`);
}

/** An operation that was taken and never shows is as good as failed. */
export const isLost = (
  { phases }: Direction,
  { now }: StepContext,
  { standing, asked }: Pick<InstanceStatus, 'standing' | 'asked'>,
): boolean =>
  standing === 'unseen' && asked?.phase === phases.accepted && secondsBetween(asked.askedAt, now) >= QUEUE_SECONDS;

async function awaitBeginning(
  ports: Ports,
  direction: Direction,
  context: StepContext,
  stackSet: StackSet,
  asked: StackInstanceRecord,
): Promise<StepReport> {
  const { following, phases, words } = direction;
  const { name } = stackSet;
  if (asked.phase === phases.accepted) return poll(ports, direction, context, stackSet, asked, words.notBegun);
  rejectIfBusyTooLong(context, asked);
  if (asked.pauses >= LOOKS_UNTIL_ASKED_AGAIN)
    return following.goTo('request', `${name}: asking CloudFormation again.`);
  await changeRecords(ports, context, (record) =>
    record === asked ? { ...record, pauses: record.pauses + 1 } : record,
  );
  return following.requeueAfter(UNSEEN_SECONDS, `${name}: busy with another operation, or not begun yet.`);
}

function awaitEnd(
  ports: Ports,
  direction: Direction,
  context: StepContext,
  stackSet: StackSet,
  asked: StackInstanceRecord,
): Promise<StepReport> {
  rejectIfAtWorkTooLong(context, asked);
  return poll(ports, direction, context, stackSet, asked, direction.words.atWork);
}

async function poll(
  { turns }: Ports,
  { following, pollSeconds }: Direction,
  { now, tenant }: StepContext,
  stackSet: StackSet,
  { askedAt, operationId }: StackInstanceRecord,
  words: string,
): Promise<StepReport> {
  const regions = tenant.stackInstances.filter((record) => record.operationId === operationId).length;
  const seconds = await pollSeconds(secondsBetween(askedAt, now), regions, () =>
    turns.isAwaited(stackSetLane(stackSet)),
  );
  return following.requeueAfter(seconds, `${stackSet.name}${words}`);
}

/** Written down before the pause: after it, and after a redrive, the same failure is not counted again. */
async function countFailure(
  ports: Ports,
  { following, phases, words }: Direction,
  context: StepContext,
  { stackSet, instances: failed, rejection }: Progress,
): Promise<StepReport> {
  const failures = 1 + Math.max(...failed.map(({ asked }) => asked?.failures ?? 0));
  const isFinal = failures >= MAX_FAILURES || failed.some(({ seen }) => seen?.status === 'INOPERABLE');
  await changeRecords(ports, context, (record) =>
    failed.some(({ asked }) => asked === record)
      ? { ...record, phase: phases.failed, failures: isFinal ? 0 : failures }
      : record,
  );
  await ports.turns.free(stackSetLane(stackSet));
  // If one region fails, the others are cancelled and have nothing to tell.
  const telling = failed.find(({ seen }) => seen?.detailedStatus !== 'CANCELLED') ?? failed[0];
  const reason = telling?.seen?.reason ?? 'CloudFormation gives no reason';
  if (isFinal) throw rejection(telling?.region ?? '', reason);
  return following.requeueAfter(afterFailures(failures), `${stackSet.name}${words.failed} (${reason}); trying again.`);
}

/** Writes nothing where nothing is changed. */
export async function changeRecords(
  { repository }: Pick<Ports, 'repository'>,
  { tenant: { stackInstances } }: StepContext,
  changed: (record: StackInstanceRecord) => StackInstanceRecord,
): Promise<readonly StackInstanceRecord[]> {
  const after = stackInstances.map(changed);
  if (isDeepStrictEqual(after, stackInstances)) return stackInstances;
  await repository.update('stackInstances', { before: stackInstances, after });
  return after;
}
