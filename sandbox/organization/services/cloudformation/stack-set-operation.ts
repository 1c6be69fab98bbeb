import { drawEnd, drawUuid } from '../../draw';
import type { OrganizationState } from '../../organization-state';
import { canUseRegion } from '../can-use-region';
import { whyNotDeployable } from './execution-role';
import { keepShowing } from './instance-listing';
import { openOperations } from './open-operations';
import {
  instanceKey,
  instancesOf,
  regionOf,
  type StackInstance,
  type StackSet,
  type StackSetOperation,
  UNDEPLOYED,
} from './stack-set-state';
import { arnIn } from '../../arn';
import { tellOperationStatus } from '../../service-events';
import { isFunctional } from '../../account-state';
import type { Seconds } from '../../latencies';
import { operationsOfOthers, orderedProblem, type Problem } from '../../stack-set-faults';

export { OTHERS } from '../../stack-set-faults';

/** Puts an accepted operation to work, or into the queue behind one that touches the same instances. */
export function startOperation(
  state: OrganizationState,
  stackSet: StackSet,
  operation: StackSetOperation,
  now: number,
): void {
  stackSet.operations.set(operation.id, operation);
  for (const key of operation.instanceKeys) keepShowing(state, stackSet, key, now);
  for (const instance of instancesOf(stackSet, operation.instanceKeys)) {
    instance.detailedStatus = 'PENDING';
    instance.lastOperationId = operation.id;
    instance.reason = null;
  }
  if (mustWait(state, stackSet, operation)) {
    operation.status = 'QUEUED';
  } else {
    begin(state, stackSet, operation, now);
  }
}

/** Behind any operation before it that is not over and, where others run side by side, touches one of its instances. */
function mustWait({ limits }: OrganizationState, stackSet: StackSet, operation: StackSetOperation): boolean {
  const open = openOperations(stackSet);
  return open
    .slice(0, open.indexOf(operation))
    .some(
      (other) =>
        limits.managedExecution === 'one-by-one' ||
        other.instanceKeys.some((key) => operation.instanceKeys.includes(key)),
    );
}

function begin(state: OrganizationState, stackSet: StackSet, operation: StackSetOperation, now: number): void {
  operation.status = 'RUNNING';
  tellOperationStatus(state, stackSet, operation, now);
  workOn(state, stackSet, operation, now);
}

/** Region by region, unless the request wants all of them at once; after one that has failed no other is begun. */
function workOn(state: OrganizationState, stackSet: StackSet, operation: StackSetOperation, now: number): void {
  const { regionsAtOnce } = operation.pace;
  const regions = [...Map.groupBy(operation.instanceKeys, regionOf).values()];
  let atWork = 0;
  let status: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED';
  const goOn = (at: number): void => {
    for (const keys of regions.splice(0, regionsAtOnce ? regions.length : 1)) {
      atWork += 1;
      workInRegion({ state, stackSet, operation }, keys, at, (isGood, ended) => {
        atWork -= 1;
        if (!isGood) {
          status = 'FAILED';
          cancel(state, stackSet, regions.splice(0).flat(), ended);
        }
        goOn(ended);
      });
    }
    if (atWork === 0) end(state, stackSet, operation, status, at);
  };
  goOn(now);
}

interface Work {
  readonly state: OrganizationState;
  readonly stackSet: StackSet;
  readonly operation: StackSetOperation;
}

/**
 * In as many accounts at once as the request allows, until it has failed in more than it tolerates; what has not begun
 * is cancelled then.
 *
 * @evidence documented "botocore cloudformation.StackSetOperationPreferences": a stopped operation is not attempted in
 *   any subsequent region; STRICT_FAILURE_TOLERANCE lowers the concurrency by the number of failures
 */
function workInRegion(
  work: Work,
  keys: readonly string[],
  now: number,
  whenEnded: (isGood: boolean, at: number) => void,
): void {
  const { tolerance, accountsAtOnce, isStrict } = work.operation.pace;
  const waiting = [...keys];
  let atWork = 0;
  let failures = 0;
  const goOn = (at: number): void => {
    const most = isStrict ? Math.min(accountsAtOnce, tolerance + 1 - failures) : accountsAtOnce;
    for (const key of waiting.splice(0, failures > tolerance ? 0 : most - atWork)) {
      atWork += 1;
      workOnInstance(work, key, at, (isGood, ended) => {
        atWork -= 1;
        failures += isGood ? 0 : 1;
        goOn(ended);
      });
    }
    if (atWork > 0) return;
    cancel(work.state, work.stackSet, waiting, at);
    whenEnded(failures <= tolerance, at);
  };
  goOn(now);
}

function workOnInstance(
  { state, stackSet, operation }: Work,
  key: string,
  now: number,
  whenEnded: (isGood: boolean, at: number) => void,
): void {
  const instance = stackSet.instances.get(key);
  if (instance === undefined) {
    // What ends, ends later than it begins.
    state.agenda.plan(now, (at) => {
      whenEnded(true, at);
    });
    return;
  }
  keepShowing(state, stackSet, key, now);
  instance.detailedStatus = 'RUNNING';
  const obstacle = operation.retainsStacks === true ? null : obstacleAt(state, stackSet, operation, instance, now);
  state.agenda.plan(drawEnd(state, now, obstacle?.takes ?? state.latencies.stackInstance), (at) => {
    keepShowing(state, stackSet, key, at);
    const problem = obstacle ?? orderedProblem(state, stackSet, operation, instance);
    if (problem === null) succeed(state, stackSet, operation, instance);
    else fail(instance, problem);
    whenEnded(problem === null, at);
  });
}

/** A problem that is found before anything is deployed. */
interface Obstacle extends Problem {
  /** How long it takes to find it. */
  readonly takes: Seconds;
}

const INOPERABLE: Problem = {
  status: 'INOPERABLE',
  detailedStatus: 'INOPERABLE',
  reason: 'The stack instance is inoperable: delete it with RetainStacks and create it again.',
};

function obstacleAt(
  state: OrganizationState,
  stackSet: StackSet,
  { action }: StackSetOperation,
  instance: StackInstance,
  now: number,
): Obstacle | null {
  const takes = state.latencies.stackInstanceFailure;
  if (instance.status === 'INOPERABLE' && action !== 'DELETE') return { ...INOPERABLE, takes };
  const account = state.accounts.get(instance.accountId);
  if (account !== undefined && !isFunctional(account.state)) {
    const reason = `Account ${account.id} is suspended.`;
    return { status: 'OUTDATED', detailedStatus: 'SKIPPED_SUSPENDED_ACCOUNT', reason, takes };
  }
  const reason = whyNotThere(state, stackSet, instance) ?? whyNotDeployable(state, stackSet, instance.accountId, now);
  return reason === null ? null : { status: 'OUTDATED', detailedStatus: 'FAILED', reason, takes };
}

/**
 * @evidence documented AWSCloudFormation/UserGuide/stacksets-opt-in-regions: target and administrator account must have
 *   the region enabled
 * @evidence assumed AWSCloudFormation/UserGuide/stacksets-opt-in-regions: the reason's words (decided by: such an
 *   instance on AWS)
 */
function whyNotThere(
  { accounts }: OrganizationState,
  stackSet: StackSet,
  { accountId, region }: StackInstance,
): string | null {
  const lacking = [stackSet.accountId, accountId]
    .flatMap((id) => accounts.get(id) ?? [])
    .find((account) => !canUseRegion(account, region));
  return lacking === undefined ? null : `Region ${region} is not enabled for account ${lacking.id}.`;
}

function succeed(
  state: OrganizationState,
  stackSet: StackSet,
  { action }: StackSetOperation,
  instance: StackInstance,
): void {
  const { accountId, region } = instance;
  if (action === 'DELETE') {
    stackSet.instances.delete(instanceKey(accountId, region));
    return;
  }
  const stack = `StackSet-${stackSet.name}-${drawUuid(state.random)}/${drawUuid(state.random)}`;
  instance.stackId ??= arnIn(state.seed, `cloudformation:${region}:${accountId}:stack/${stack}`);
  instance.status = 'CURRENT';
  instance.detailedStatus = 'SUCCEEDED';
  instance.reason = null;
}

function fail(instance: StackInstance, { status, detailedStatus, reason }: Problem): void {
  instance.status = status;
  instance.detailedStatus = detailedStatus;
  instance.reason = reason;
}

function cancel(state: OrganizationState, stackSet: StackSet, keys: readonly string[], at: number): void {
  for (const key of keys) keepShowing(state, stackSet, key, at);
  for (const instance of instancesOf(stackSet, keys)) {
    instance.status = UNDEPLOYED[instance.status];
    instance.detailedStatus = 'CANCELLED';
    instance.reason = 'Cancelled since failure tolerance has exceeded';
  }
}

function end(
  state: OrganizationState,
  stackSet: StackSet,
  operation: StackSetOperation,
  status: 'SUCCEEDED' | 'FAILED',
  at: number,
): void {
  operation.status = status;
  operation.endedAt = at;
  tellOperationStatus(state, stackSet, operation, at);
  // @evidence documented "botocore cloudformation.StackInstanceSummary LastOperationId": the last operation that was on
  //   the instance
  for (const other of operationsOfOthers(state, stackSet, operation, at)) startOperation(state, stackSet, other, at);
  for (const waiting of openOperations(stackSet)) {
    if (waiting.status === 'QUEUED' && !mustWait(state, stackSet, waiting)) {
      begin(state, stackSet, waiting, at);
    }
  }
}
