import { isDeepStrictEqual } from 'node:util';
import { drawEnd, drawUuid } from '../../../draw';
import type { CallContext } from '../../operation';
import { provideResource, removeResource, ResourceFailure, type Undo } from './provide-resource';
import type { Change, Deployed, Stack, StackEvent, StackResource, StackStatus } from './stack-state';
import { handlerMessage, type WantedResource } from './wanted-resources';

/** What a stack is to become. */
export interface Target {
  readonly wanted: readonly WantedResource[];
  /** Logical ids of resources whose policies IAM cannot read. */
  readonly malformed: ReadonlySet<string>;
  readonly deployed: Deployed;
}

/** How the resources of a stack would change. */
export function changesOf(stack: Stack, wanted: readonly WantedResource[]): readonly Change[] {
  const added = wanted.flatMap(({ logicalId, type, properties }): readonly Change[] => {
    const before = stack.resources.get(logicalId);
    if (before === undefined) return [{ action: 'Add', logicalId, type }];
    return isDeepStrictEqual(before.properties, properties) ? [] : [{ action: 'Modify', logicalId, type }];
  });
  const removed = [...stack.resources.values()].filter(
    ({ logicalId }) => !wanted.some((one) => one.logicalId === logicalId),
  );
  return [...added, ...removed.map(({ logicalId, type }): Change => ({ action: 'Remove', logicalId, type }))];
}

/**
 * Makes the stack what it is to become, after a while; where one resource fails, everything is taken back.
 *
 * @evidence documented AWSCloudFormation/latest/UserGuide/stack-failure-options: a failed operation is rolled back, and
 *   what it has made is deleted, unless one chooses to preserve it
 */
export function carryOut(context: CallContext, stack: Stack, target: Target): void {
  const verb = stack.deployed === null ? 'CREATE' : 'UPDATE';
  enter(context, stack, `${verb}_IN_PROGRESS`, 'User Initiated');
  changesOf(stack, target.wanted)
    .filter(({ action }) => action !== 'Remove')
    .forEach(({ action, logicalId, type }) => {
      recordEvent(
        context,
        stack,
        { logicalId, physicalId: '', type },
        `${action === 'Add' ? 'CREATE' : 'UPDATE'}_IN_PROGRESS`,
      );
    });
  later(context, (then) => {
    const { undos, failure } = provideAll(then, stack, target);
    if (failure === null) complete(then, stack, target, verb);
    else rollBack(then, stack, verb, undos, failure);
  });
}

/** Deletes every resource of the stack, after a while, and then the stack. */
export function deleteStack(context: CallContext, stack: Stack): void {
  enter(context, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  later(context, (then) => {
    const left = removeAll(then, stack, [...stack.resources.values()]);
    stack.resources = new Map(left.map((one) => [one.logicalId, one]));
    if (left.length > 0) {
      enter(then, stack, 'DELETE_FAILED');
      return;
    }
    stack.deletedAt = then.now;
    enter(then, stack, 'DELETE_COMPLETE');
  });
}

/** The stack itself, as an event names it. */
export const ofStack = ({ name, id }: Stack): Pick<StackEvent, 'logicalId' | 'physicalId' | 'type'> => ({
  logicalId: name,
  physicalId: id,
  type: 'AWS::CloudFormation::Stack',
});

export function enter(context: CallContext, stack: Stack, status: StackStatus, reason: string | null = null): void {
  stack.status = status;
  stack.statusReason = reason;
  recordEvent(context, stack, ofStack(stack), status, reason);
}

function recordEvent(
  { state, now }: CallContext,
  stack: Stack,
  { logicalId, physicalId, type }: Pick<StackEvent, 'logicalId' | 'physicalId' | 'type'>,
  status: string,
  reason: string | null = null,
): void {
  stack.events.push({ id: drawUuid(state.random), at: now, logicalId, physicalId, type, status, reason });
}

function later(context: CallContext, happen: (then: CallContext) => void): void {
  const { state, now } = context;
  state.agenda.plan(drawEnd(state, now, state.latencies.stack), (at) => {
    happen({ ...context, now: at });
  });
}

interface Provided {
  readonly undos: readonly Undo[];
  /** Logical ids of what is not there, and why; null where all is. */
  readonly failure: string | null;
}

function provideAll(context: CallContext, stack: Stack, { wanted, malformed }: Target): Provided {
  const undos: Undo[] = [];
  const failed: string[] = [];
  for (const one of wanted) {
    const verb = stack.resources.has(one.logicalId) ? 'UPDATE' : 'CREATE';
    const reason = failed.length > 0 ? 'Resource creation cancelled' : provide(context, stack, one, malformed, undos);
    if (reason !== null) failed.push(one.logicalId);
    recordEvent(context, stack, one, `${verb}_${reason === null ? 'COMPLETE' : 'FAILED'}`, reason);
  }
  const words = `The following resource(s) failed to create: [${failed.join(', ')}]. `;
  return { undos, failure: failed.length === 0 ? null : words };
}

function provide(
  context: CallContext,
  stack: Stack,
  wanted: WantedResource,
  malformed: ReadonlySet<string>,
  undos: Undo[],
): string | null {
  if (malformed.has(wanted.logicalId)) return handlerMessage(context, 'Syntax errors in policy.', 'InvalidRequest');
  try {
    undos.push(provideResource(context, wanted, stack.resources.get(wanted.logicalId)));
    return null;
  } catch (error) {
    if (error instanceof ResourceFailure) return error.message;
    throw error;
  }
}

function complete(context: CallContext, stack: Stack, { wanted, deployed }: Target, verb: 'CREATE' | 'UPDATE'): void {
  const kept = new Set(wanted.map(({ physicalId }) => physicalId));
  const obsolete = [...stack.resources.values()].filter(({ physicalId }) => !kept.has(physicalId));
  removeAll(context, stack, obsolete);
  const status = `${verb}_COMPLETE` as const;
  const resources = wanted.map((one): [string, StackResource] => [
    one.logicalId,
    { ...one, status, changedAt: context.now },
  ]);
  stack.resources = new Map(resources);
  stack.deployed = deployed;
  if (verb === 'UPDATE') stack.updatedAt = context.now;
  enter(context, stack, status);
}

function rollBack(
  context: CallContext,
  stack: Stack,
  verb: 'CREATE' | 'UPDATE',
  undos: readonly Undo[],
  failure: string,
): void {
  const prefix = verb === 'CREATE' ? '' : 'UPDATE_';
  enter(context, stack, `${prefix}ROLLBACK_IN_PROGRESS`, `${failure}Rollback requested by user.`);
  later(context, (then) => {
    undos.toReversed().forEach((undo) => {
      undo();
    });
    enter(then, stack, `${prefix}ROLLBACK_COMPLETE`);
  });
}

/**
 * Roles before the policies that they have attached.
 *
 * @evidence documented AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-monitor-stack: an old resource that
 *   cannot be deleted after three attempts is removed from the stack, and the update goes on
 * @returns what could not be deleted
 */
function removeAll(context: CallContext, stack: Stack, resources: readonly StackResource[]): readonly StackResource[] {
  return resources.toReversed().filter((resource) => {
    const isGone = removeResource(context, resource);
    recordEvent(context, stack, resource, isGone ? 'DELETE_COMPLETE' : 'DELETE_FAILED');
    return !isGone;
  });
}
