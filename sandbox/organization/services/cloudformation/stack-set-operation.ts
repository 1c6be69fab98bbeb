import { drawEnd, drawUuid } from '../../draw';
import type { OrganizationState } from '../../organization-state';
import { canUseRegion } from '../can-use-region';
import { whyNotDeployable } from './execution-role';
import { keepShowing } from './instance-listing';
import { instanceKey, type StackInstance, type StackSet, type StackSetOperation } from './stack-set-state';
import { arnIn } from '../../arn';
import { tellOperationStatus } from '../../service-events';
import { isFunctional } from '../../account-state';

/** Puts an accepted operation to work, or into the queue behind one that touches the same instances. */
export function startOperation(
  state: OrganizationState,
  stackSet: StackSet,
  operation: StackSetOperation,
  now: number,
): void {
  stackSet.operations.set(operation.id, operation);
  for (const key of operation.instanceKeys) {
    const instance = stackSet.instances.get(key);
    if (instance !== undefined) {
      keepShowing(state, stackSet, key, now);
      instance.detailedStatus = 'PENDING';
      instance.lastOperationId = operation.id;
      instance.reason = null;
    }
  }
  if (mustWait(state, stackSet, operation)) {
    operation.status = 'QUEUED';
  } else {
    begin(state, stackSet, operation, now);
  }
}

/** Behind any operation before it that is not over and, where others run side by side, touches one of its instances. */
function mustWait({ limits }: OrganizationState, stackSet: StackSet, operation: StackSetOperation): boolean {
  const before = [...stackSet.operations.values()].slice(0, [...stackSet.operations.keys()].indexOf(operation.id));
  return before.some(
    (other) =>
      (other.status === 'RUNNING' || other.status === 'QUEUED') &&
      (limits.managedExecution === 'one-by-one' ||
        other.instanceKeys.some((key) => operation.instanceKeys.includes(key))),
  );
}

function begin(state: OrganizationState, stackSet: StackSet, operation: StackSetOperation, now: number): void {
  operation.status = 'RUNNING';
  tellOperationStatus(state, stackSet, operation, now);
  workOn(state, stackSet, operation, now);
}

/** Region by region, unless the request wants all of them at once. */
function workOn(state: OrganizationState, stackSet: StackSet, operation: StackSetOperation, now: number): void {
  const { regionsAtOnce } = operation.pace;
  const regions = [...Map.groupBy(operation.instanceKeys, regionOf).values()];
  const unfinished = new Set(operation.instanceKeys);
  let atWork = 0;
  let isStopped = false;
  const goOn = (at: number): void => {
    while (regions.length > 0 && !isStopped && (regionsAtOnce || atWork === 0)) {
      const keys = regions.shift() ?? [];
      atWork += 1;
      workInRegion({ state, stackSet, operation, unfinished }, keys, at, (isGood, ended) => {
        atWork -= 1;
        isStopped ||= !isGood;
        goOn(ended);
      });
    }
    if (atWork > 0 || (regions.length > 0 && !isStopped) || operation.endedAt !== null) return;
    cancel(stackSet, regions.flat());
    end(state, stackSet, operation, isStopped ? 'FAILED' : 'SUCCEEDED', at);
  };
  goOn(now);
}

const regionOf = (key: string): string => key.slice(key.indexOf('/') + 1);

interface Work {
  readonly state: OrganizationState;
  readonly stackSet: StackSet;
  readonly operation: StackSetOperation;
  /** Instances on which it has not come to an end. */
  readonly unfinished: Set<string>;
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
  const most = (): number => (isStrict ? Math.min(accountsAtOnce, tolerance + 1 - failures) : accountsAtOnce);
  const goOn = (at: number): void => {
    while (failures <= tolerance && atWork < most()) {
      const key = waiting.shift();
      if (key === undefined) break;
      atWork += 1;
      workOnInstance(work, key, at, (isGood, ended) => {
        atWork -= 1;
        failures += isGood ? 0 : 1;
        goOn(ended);
      });
    }
    if (atWork > 0) return;
    cancel(work.stackSet, waiting);
    whenEnded(failures <= tolerance, at);
  };
  goOn(now);
}

function workOnInstance(
  { state, stackSet, operation, unfinished }: Work,
  key: string,
  now: number,
  whenEnded: (isGood: boolean, at: number) => void,
): void {
  const instance = stackSet.instances.get(key);
  if (instance === undefined) {
    unfinished.delete(key);
    whenEnded(true, now);
    return;
  }
  keepShowing(state, stackSet, key, now);
  instance.detailedStatus = 'RUNNING';
  const obstacle = operation.retainsStacks === true ? null : obstacleAt(state, stackSet, operation, instance, now);
  const { stackInstance, stackInstanceFailure } = state.latencies;
  state.agenda.plan(drawEnd(state, now, obstacle === null ? stackInstance : stackInstanceFailure), (at) => {
    for (const touched of unfinished) keepShowing(state, stackSet, touched, at);
    unfinished.delete(key);
    const problem = obstacle ?? injectedProblem(state, stackSet, operation, instance);
    if (problem === null) succeed(state, stackSet, operation, instance);
    else fail(instance, problem);
    whenEnded(problem === null, at);
  });
}

interface Problem {
  readonly status: 'OUTDATED' | 'INOPERABLE';
  readonly detailedStatus: 'FAILED' | 'INOPERABLE' | 'SKIPPED_SUSPENDED_ACCOUNT';
  readonly reason: string;
}

function obstacleAt(
  state: OrganizationState,
  stackSet: StackSet,
  { action }: StackSetOperation,
  instance: StackInstance,
  now: number,
): Problem | null {
  if (instance.status === 'INOPERABLE' && action !== 'DELETE') {
    const reason =
      instance.reason ?? 'The stack instance is inoperable: delete it with RetainStacks and create it again.';
    return { status: 'INOPERABLE', detailedStatus: 'INOPERABLE', reason };
  }
  const account = state.accounts.get(instance.accountId);
  if (account !== undefined && !isFunctional(account.state)) {
    const reason = `Account ${account.id} is suspended.`;
    return { status: 'OUTDATED', detailedStatus: 'SKIPPED_SUSPENDED_ACCOUNT', reason };
  }
  const reason = whyNotThere(state, stackSet, instance) ?? whyNotDeployable(state, stackSet, instance.accountId, now);
  return reason === null ? null : { status: 'OUTDATED', detailedStatus: 'FAILED', reason };
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
  const lacking = [stackSet.accountId, accountId].find((id) => {
    const account = accounts.get(id);
    return account !== undefined && !canUseRegion(account, region);
  });
  return lacking === undefined ? null : `Region ${region} is not enabled for account ${lacking}.`;
}

/** Operations of others succeed: if one failed after our last poll, a run without a change would have to repair it. */
function injectedProblem(
  state: OrganizationState,
  stackSet: StackSet,
  { id }: StackSetOperation,
  { accountId, region }: StackInstance,
): Problem | null {
  if (id.startsWith(OTHERS)) return null;
  const injected = state.faults?.stackInstance?.({ stackSet: stackSet.name, accountId, region });
  if (injected === undefined) {
    return null;
  }
  return { ...injected, detailedStatus: injected.status === 'INOPERABLE' ? 'INOPERABLE' : 'FAILED' };
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

function cancel(stackSet: StackSet, keys: readonly string[]): void {
  for (const key of keys) {
    const instance = stackSet.instances.get(key);
    if (instance !== undefined) {
      instance.status = instance.status === 'INOPERABLE' ? 'INOPERABLE' : 'OUTDATED';
      instance.detailedStatus = 'CANCELLED';
      instance.reason = 'Cancelled since failure tolerance has exceeded';
    }
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
  if (status === 'SUCCEEDED' && operation.action !== 'DELETE') changeByOthers(state, stackSet, operation, at);
  for (const waiting of stackSet.operations.values()) {
    if (waiting.status === 'QUEUED' && !mustWait(state, stackSet, waiting)) {
      begin(state, stackSet, waiting, at);
    }
  }
}

/** With which the id of an operation begins that somebody else starts right after ours. */
export const OTHERS = 'of-others-';

/**
 * Somebody else changes the same instances right afterwards: they name his operation now, and nothing in them tells
 * that ours went well.
 *
 * @evidence documented "botocore cloudformation.StackInstanceSummary LastOperationId": the last operation that was on
 *   the instance
 */
function changeByOthers(state: OrganizationState, stackSet: StackSet, ours: StackSetOperation, at: number): void {
  if (ours.id.startsWith(OTHERS) || state.faults?.stackSetChange?.({ stackSet: stackSet.name }) !== true) return;
  const id = `${OTHERS}${stackSet.operations.size}`;
  const { instanceKeys, pace } = ours;
  const operation = { id, action: 'UPDATE', request: '', instanceKeys, pace, createdAt: at, endedAt: null } as const;
  startOperation(state, stackSet, { ...operation, status: 'RUNNING' }, at);
}
