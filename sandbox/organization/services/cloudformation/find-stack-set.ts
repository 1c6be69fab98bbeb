import type { CallContext, Target } from '../operation';
import { stackSetNotFound } from './cloudformation-errors';
import { stackSetKey, type StackSet } from './stack-set-state';
import { arnIn } from '../../arn';

/** A stack set is found only in its own account and region; by its name or its id. */
export function findStackSet(context: CallContext, nameOrId: string): StackSet {
  const stackSet = findStackSetOrNull(context, nameOrId);
  if (stackSet === undefined) {
    // @evidence recorded "localstack cloudformation/resources/test_stack_sets
    //   test_fetch_non_existent_stack_set_instances, 2025-08-01": StackSetNotFoundException, "StackSet <name> not
    //   found"
    throw stackSetNotFound(nameOrId);
  }
  return stackSet;
}

function findStackSetOrNull({ state, principal, region }: CallContext, nameOrId: string): StackSet | undefined {
  const name = nameOrId.replace(/:.*$/u, '');
  const stackSet = state.stackSets.get(stackSetKey(principal.accountId, region, name));
  return [stackSet?.name, stackSet?.id].includes(nameOrId) ? stackSet : undefined;
}

/**
 * Creating and updating instances is judged on the targets as well: "Actions, resources, and condition keys for AWS
 * CloudFormation" of the Service Authorization Reference. Types of resources, which can be judged, too, are not: the
 * templates are not modelled.
 */
export function stackInstanceTargets(
  context: CallContext,
  input: { readonly StackSetName: string },
): readonly Target[] {
  return [...stackSetTarget(context, input), { resource: arnOf(context, 'stackset-target', input.StackSetName) }];
}

/** AWS judges the call before it knows that there is no such stack set, as one with whatever id. */
const unknownId = (nameOrId: string): string => nameOrId.replace(/^[^:]*$/u, '$&:*');

function arnOf(context: CallContext, kind: 'stackset' | 'stackset-target', nameOrId: string): string {
  const { state, principal, region } = context;
  const id = findStackSetOrNull(context, nameOrId)?.id ?? unknownId(nameOrId);
  return arnIn(state.seed, `cloudformation:${region}:${principal.accountId}:${kind}/${id}`);
}

export const stackSetTarget = (context: CallContext, input: { readonly StackSetName: string }): readonly Target[] => [
  { resource: arnOf(context, 'stackset', input.StackSetName) },
];
