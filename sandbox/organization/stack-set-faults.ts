import type { OrganizationState } from './organization-state';
import type { StackInstance, StackSet, StackSetOperation } from './services/cloudformation/stack-set-state';

/** What a test orders of operations on stack sets. */
type Orders = Pick<OrganizationState, 'faults'>;

/** With which the id of an operation begins that somebody else starts right after ours. */
export const OTHERS = 'of-others-';

/** What becomes of an instance on which an operation did not succeed. */
export type Problem = Pick<StackInstance, 'status' | 'detailedStatus'> & { readonly reason: string };

/** Operations of others succeed: if one failed after our last poll, a run without a change would have to repair it. */
export function orderedProblem(
  { faults }: Orders,
  stackSet: StackSet,
  { id }: StackSetOperation,
  { accountId, region }: StackInstance,
): Problem | null {
  if (id.startsWith(OTHERS)) return null;
  const injected = faults?.stackInstance?.({ stackSet: stackSet.name, accountId, region });
  if (injected === undefined) return null;
  return { ...injected, detailedStatus: injected.status === 'INOPERABLE' ? 'INOPERABLE' : 'FAILED' };
}

/**
 * The operations that other people start on the same instances as soon as ours has succeeded. Each instance then has
 * the id of theirs, so nothing shows that ours succeeded.
 */
export function operationsOfOthers(
  { faults }: Orders,
  { name, operations }: StackSet,
  { id, status, action, instanceKeys, pace }: StackSetOperation,
  at: number,
): readonly StackSetOperation[] {
  if (status !== 'SUCCEEDED' || action === 'DELETE' || id.startsWith(OTHERS)) return [];
  if (faults?.stackSetChange?.({ stackSet: name }) !== true) return [];
  const others = { id: `${OTHERS}${operations.size}`, action: 'UPDATE', request: '' } as const;
  return [{ ...others, instanceKeys, pace, createdAt: at, status: 'RUNNING', endedAt: null }];
}
