import { arnIn } from '../../../arn';
import type { CallContext, Target } from '../../operation';
import { validationError } from '../../query-input';
import { changeSetNotFound } from '../cloudformation-errors';
import type { ChangeSet, Stack } from './stack-state';

interface Named {
  readonly StackName: string;
}

/** The stacks of the caller's account and region. */
const ownStacks = ({ state, principal, region }: CallContext): readonly Stack[] =>
  [...state.stacks.values()].filter((stack) => stack.accountId === principal.accountId && stack.region === region);

/** Those of them that are not deleted. */
export const presentStacks = (context: CallContext): readonly Stack[] =>
  ownStacks(context).filter(({ status }) => status !== 'DELETE_COMPLETE');

/** One of them, by its name or its ARN; one that is deleted is found by its ARN alone. */
export const findStackOrNull = (context: CallContext, nameOrId: string): Stack | undefined =>
  presentStacks(context).find(({ name }) => name === nameOrId) ?? ownStacks(context).find(({ id }) => id === nameOrId);

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
