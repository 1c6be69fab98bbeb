import type { OrganizationState } from '../../organization-state';
import { executionRole } from './execution-role';
import { openOperations } from './open-operations';
import { judgeEntry } from './stack-set-entry';
import { accountOf, type StackSet } from './stack-set-state';

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

const accountsAhead = (stackSet: StackSet): ReadonlySet<string> =>
  new Set(openOperations(stackSet).flatMap(({ instanceKeys }) => instanceKeys.map(accountOf)));
