import type { OrganizationState } from '../../organization-state';
import { executionRole } from './execution-role';
import { judgeEntry } from './stack-set-entry';
import type { StackSet } from './stack-set-state';

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

function accountsAhead({ operations, instances }: StackSet): ReadonlySet<string> {
  const open = [...operations.values()].filter(({ status }) => status === 'RUNNING' || status === 'QUEUED');
  const keys = open.flatMap(({ instanceKeys }) => instanceKeys);
  return new Set(keys.flatMap((key) => instances.get(key)?.accountId ?? []));
}
