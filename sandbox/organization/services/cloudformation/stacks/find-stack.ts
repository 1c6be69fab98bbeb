import { arnIn } from '../../../arn';
import type { CallContext, Target } from '../../operation';
import { validationError } from '../../query-input';
import { changeSetNotFound } from '../cloudformation-errors';
import type { ChangeSet, Stack } from './stack-state';

interface Named {
  readonly StackName: string;
}

/**
 * A stack of the caller's account and region, by its name or its ARN; one that is deleted is found by its ARN alone.
 */
export function findStackOrNull({ state, principal, region }: CallContext, nameOrId: string): Stack | undefined {
  const own = [...state.stacks.values()].filter(
    (stack) => stack.accountId === principal.accountId && stack.region === region,
  );
  return own.find(({ id, name, status }) => id === nameOrId || (name === nameOrId && status !== 'DELETE_COMPLETE'));
}

export function findStack(context: CallContext, nameOrId: string): Stack {
  const stack = findStackOrNull(context, nameOrId);
  // @evidence recorded "localstack cloudformation/api/test_stacks test_non_existing_stack_message, 2025-07-21":
  //   ValidationError, "Stack with id <name> does not exist"
  if (stack === undefined) throw validationError(`Stack with id ${nameOrId} does not exist`);
  return stack;
}

/** A change set by its name, or by its ARN: the newest of a name. */
export function findChangeSet(stack: Stack, nameOrId: string): ChangeSet {
  const found = [...stack.changeSets.values()].findLast(({ id, name }) => id === nameOrId || name === nameOrId);
  // @evidence recorded "localstack cloudformation/api/test_changesets test_describe_changeset_after_delete,
  //   2025-09-11": ChangeSetNotFound, 404, "ChangeSet [<name>] does not exist"
  if (found === undefined) throw changeSetNotFound(nameOrId);
  return found;
}

export function stackTarget(context: CallContext, { StackName }: Named): readonly Target[] {
  const { state, principal, region } = context;
  const known = findStackOrNull(context, StackName)?.id;
  return [
    { resource: known ?? arnIn(state.seed, `cloudformation:${region}:${principal.accountId}:stack/${StackName}/*`) },
  ];
}
