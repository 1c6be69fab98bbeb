import type { StackSet, StackSetOperation } from './stack-set-state';

/**
 * The operations that were open at the last call, and the number of all. Every call of AWS checks them, and most
 * operations are over: they stay so.
 */
const foundOpen = new WeakMap<StackSet, { readonly count: number; readonly ids: readonly string[] }>();

/** The operations of a stack set that are not over, oldest first. */
export function openOperations(stackSet: StackSet): readonly StackSetOperation[] {
  const { operations } = stackSet;
  const before = foundOpen.get(stackSet);
  const candidates = before?.count === operations.size ? before.ids : [...operations.keys()];
  const open = candidates.flatMap((id) => operations.get(id) ?? []).filter(({ endedAt }) => endedAt === null);
  foundOpen.set(stackSet, { count: operations.size, ids: open.map(({ id }) => id) });
  return open;
}
