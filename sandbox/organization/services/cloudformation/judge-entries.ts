import type { OrganizationState } from '../../organization-state';
import { executionRole } from './execution-role';
import { judgeEntry } from './stack-set-entry';
import type { StackSet, StackSetOperation } from './stack-set-state';

/** For every operation that is not over: judges its way into the accounts where it has still to work. */
export async function judgeOpenOperations(state: OrganizationState, now: number): Promise<void> {
  for (const stackSet of state.stackSets.values()) {
    await judgeEntries(state, stackSet, accountsAhead(stackSet), now);
  }
}

/** Judges the way into these accounts. */
export async function judgeEntries(
  state: OrganizationState,
  stackSet: StackSet,
  accountIds: Iterable<string>,
  now: number,
): Promise<void> {
  for (const accountId of accountIds) {
    const role = executionRole(state, stackSet, accountId);
    if (role !== undefined) await judgeEntry(state, stackSet, role, now);
  }
}

function accountsAhead(stackSet: StackSet): ReadonlySet<string> {
  const keys = openOperations(stackSet).flatMap(({ instanceKeys }) => instanceKeys);
  return new Set(keys.flatMap((key) => stackSet.instances.get(key)?.accountId ?? []));
}

/**
 * The operations that were open at the last call, and the number of all. Every call of AWS checks them, and most
 * operations are over: they stay so.
 */
const foundOpen = new WeakMap<StackSet, { readonly count: number; readonly ids: readonly string[] }>();

function openOperations(stackSet: StackSet): readonly StackSetOperation[] {
  const { operations } = stackSet;
  const before = foundOpen.get(stackSet);
  const candidates = before?.count === operations.size ? before.ids : [...operations.keys()];
  const open = candidates.flatMap((id) => operations.get(id) ?? []).filter(isOpen);
  foundOpen.set(stackSet, { count: operations.size, ids: open.map(({ id }) => id) });
  return open;
}

const isOpen = ({ status }: StackSetOperation): boolean => status === 'RUNNING' || status === 'QUEUED';
