import { isDeepStrictEqual } from 'node:util';

import { RejectedError } from '../../domain/errors';
import { stackSetLane } from '../../domain/lanes';
import type { StackInstanceRecord } from '../../domain/ledger-records';
import type { OperationStatus } from '../../domain/stack-instance-work';
import { regionHint } from '../../domain/places/place-of-region';
import { stackInstanceLook } from '../../domain/stack-instance-look';
import { accountOf, secondsBetween, type Step, type StepReport, type Vending } from '../../domain/vending';
import {
  afterFailures,
  atWorkFor,
  LOOKS_UNTIL_ASKED_AGAIN,
  MOST_FAILURES,
  QUEUE_SECONDS,
  UNSEEN_SECONDS,
  waitWhileBusy,
} from '../../domain/stack-set-patience';
import {
  isInstanceOf,
  type PlannedStackSet,
  plannedStackSet,
  type RegionStanding,
  standings,
} from '../../domain/wanted-stack-set';
import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { LaneTurns } from '../../ports/lane-queue';
import type { StackSets } from '../../ports/stack-sets';

export interface CheckStackInstancesPorts {
  readonly memory: FurnishingMemory;
  readonly stackSets: Pick<StackSets, 'listInstances' | 'operationOf'>;
  readonly turns: LaneTurns;
  /** The stack set of this iteration. */
  readonly stackSet: string;
}

/**
 * Are the account's instances of a stack set current? Progress is read from the instances, where they name our operation; where they do not, from the
 * operation itself. The look that sees its end, good or bad, frees its slot in the lane. `deployAgain` sends the workflow back to DeployStackInstances, which decides what is left. A second run
 * answers at once.
 *
 * @throws RejectedError with the instance's own reason, when it has failed several times; or when it takes longer than its budget
 */
export function checkStackInstances(ports: CheckStackInstancesPorts): Step {
  return async (begun) => {
    const planned = plannedStackSet(begun, ports.stackSet);
    const seen = await ports.stackSets.listInstances(planned, accountOf(begun).id);
    const { vending, ends } = await withEnds(ports, begun, planned, standings(begun, planned, seen));
    const looks = standings(vending, planned, seen).map((look) => judged(vending, look, ends));
    const failed = looks.filter(isKnownFailure);
    if (failed.length > 0) return countFailure(ports, vending, planned, failed);
    const unseen = looks.find(({ standing }) => standing === 'unseen');
    if (unseen?.asked !== undefined) return waitForBeginning(ports, vending, unseen.asked);
    const running = looks.find(({ standing }) => standing === 'running');
    if (running?.asked !== undefined) return waitForEnd(ports, vending, running.asked);
    // No operation of ours is at work any more.
    await ports.turns.free(stackSetLane(planned));
    return isAllCurrent(looks) ? isDone(ports, vending, planned) : deployAgain(`${planned.name}: more is to be done.`);
  };
}

type Ends = ReadonlyMap<string, OperationStatus>;

/**
 * What became of operations that no instance names: somebody else has worked on the instances since, or the list is behind. What went well
 * is written down as deployed, so that from then on the instance alone counts.
 *
 * @evidence documented "botocore cloudformation.DescribeStackSetOperation": its reads are strongly consistent
 * @evidence assumed "botocore cloudformation.ListStackInstances": it may be behind, since it promises nothing (decided by: lists on AWS)
 */
async function withEnds(
  ports: CheckStackInstancesPorts,
  vending: Vending,
  planned: PlannedStackSet,
  looks: readonly RegionStanding[],
): Promise<{ readonly vending: Vending; readonly ends: Ends }> {
  const ends = new Map<string, OperationStatus>();
  const unseen = looks.filter(({ standing }) => standing === 'unseen');
  for (const id of new Set(unseen.flatMap(({ asked }) => asked?.operationId ?? []))) {
    ends.set(id, await ports.stackSets.operationOf(planned, id));
  }
  const isDeployed = (record: StackInstanceRecord): boolean =>
    unseen.some(({ asked, seen }) => asked === record && seen !== undefined) &&
    ends.get(record.operationId) === 'succeeded';
  const stackInstances = await change(ports, vending, (record) =>
    isDeployed(record) ? { ...record, phase: 'current', failures: 0, pauses: 0 } : record,
  );
  return { vending: { ...vending, tenant: { ...vending.tenant, stackInstances: [...stackInstances] } }, ends };
}

/** An operation that has failed, or was taken and never shows, which is as good as failed. */
function judged({ now }: Vending, look: RegionStanding, ends: Ends): RegionStanding {
  const { asked, standing } = look;
  const end = standing === 'unseen' ? ends.get(asked?.operationId ?? '') : undefined;
  if (end === 'failed' || end === 'running') return { ...look, standing: end };
  const isLost =
    standing === 'unseen' && asked?.phase === 'accepted' && secondsBetween(asked.askedAt, now) >= QUEUE_SECONDS;
  return isLost ? { ...look, standing: 'failed' } : look;
}

/** A failure that is not counted yet. */
const isKnownFailure = ({ standing, asked }: RegionStanding): boolean =>
  standing === 'failed' && asked?.phase !== 'failed';

/** What is current everywhere, and the same. */
const isAllCurrent = (looks: readonly RegionStanding[]): boolean =>
  looks.every(({ standing }) => standing === 'current') &&
  new Set(looks.map(({ asked }) => asked?.contentHash)).size <= 1;

const deployAgain = (remark: string): StepReport => ({
  result: { ready: false, deployAgain: true, waitSeconds: 0 },
  remark,
});

const wait = (waitSeconds: number, remark: string): StepReport => ({
  result: { ready: false, deployAgain: false, waitSeconds },
  remark,
});

async function isDone(
  ports: CheckStackInstancesPorts,
  vending: Vending,
  planned: PlannedStackSet,
): Promise<StepReport> {
  const { name, regions } = planned;
  await change(ports, vending, (record) =>
    isInstanceOf(record, planned) && regions.includes(record.region)
      ? { ...record, phase: 'current', failures: 0, pauses: 0 }
      : record,
  );
  return { result: { ready: true, deployAgain: false, waitSeconds: 0 }, remark: `${name} is current.` };
}

async function waitForBeginning(
  ports: CheckStackInstancesPorts,
  vending: Vending,
  asked: StackInstanceRecord,
): Promise<StepReport> {
  const { stackSet, phase, pauses } = asked;
  if (phase === 'accepted') {
    return lookLater(ports, vending, asked, `${stackSet}: CloudFormation has not begun yet.`);
  }
  waitWhileBusy(vending, asked);
  if (pauses >= LOOKS_UNTIL_ASKED_AGAIN) return deployAgain(`${stackSet}: asking CloudFormation again.`);
  await change(ports, vending, (record) => (record === asked ? { ...record, pauses: pauses + 1 } : record));
  return wait(UNSEEN_SECONDS, `${stackSet}: busy with another operation, or not begun yet.`);
}

function waitForEnd(
  ports: CheckStackInstancesPorts,
  vending: Vending,
  asked: StackInstanceRecord,
): Promise<StepReport> {
  atWorkFor(vending, asked);
  return lookLater(ports, vending, asked, `${asked.stackSet} is being deployed.`);
}

async function lookLater(
  { turns, stackSet }: CheckStackInstancesPorts,
  vending: Vending,
  { askedAt }: StackInstanceRecord,
  remark: string,
): Promise<StepReport> {
  const isAwaited = await turns.isAwaited(stackSetLane(plannedStackSet(vending, stackSet)));
  return wait(stackInstanceLook(secondsBetween(askedAt, vending.now), isAwaited), remark);
}

/** Written down before the pause: after it, and after a redrive, the same failure is not counted again. */
async function countFailure(
  ports: CheckStackInstancesPorts,
  vending: Vending,
  planned: PlannedStackSet,
  failed: readonly RegionStanding[],
): Promise<StepReport> {
  const failures = 1 + Math.max(...failed.map(({ asked }) => asked?.failures ?? 0));
  const isFinal = failures >= MOST_FAILURES;
  await change(ports, vending, (record) =>
    failed.some(({ asked }) => asked === record)
      ? { ...record, phase: 'failed', failures: isFinal ? 0 : failures }
      : record,
  );
  await ports.turns.free(stackSetLane(planned));
  // Where one region fails, the others are cancelled and have nothing to tell.
  const telling = failed.find(({ seen }) => seen?.detailedStatus !== 'CANCELLED') ?? failed[0];
  const reason = telling?.seen?.reason ?? 'CloudFormation gives no reason';
  if (isFinal) throw couldNotDeploy(ports.stackSet, telling?.region ?? '', reason);
  return wait(afterFailures(failures), `${ports.stackSet} has failed (${reason}); trying again.`);
}

function couldNotDeploy(stackSet: string, region: string, reason: string): RejectedError {
  return new RejectedError(
    `The stack set "${stackSet}" could not be deployed in ${region}, ${MOST_FAILURES} times: ${reason}.`,
    'Mend what it names: the template, the execution role in the account (stackSetExecutionRole in platform.json has to name the role that the ' +
      "stack set uses), or the administration role's right to assume it; then replay this run." +
      regionHint(region),
  );
}

async function change(
  { memory }: CheckStackInstancesPorts,
  { tenant: { stackInstances } }: Vending,
  changed: (record: StackInstanceRecord) => StackInstanceRecord,
): Promise<readonly StackInstanceRecord[]> {
  const after = stackInstances.map(changed);
  if (isDeepStrictEqual(after, stackInstances)) return stackInstances;
  await memory.recordStackInstances(stackInstances, after);
  return after;
}
