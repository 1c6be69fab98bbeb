import type { OrganizationState } from '../../organization-state';
import { executionRole } from './execution-role';
import { openOperations } from './open-operations';
import { judgeEntries } from './stack-set-entry';
import { accountOf, type StackSet } from './stack-set-state';

/** The ways of all operations that are not over into the accounts where they have still to work. */
export class OpenEntries {
  #isChanged = true;
  #judged = Promise.resolve();

  /** A call that writes, or time: a way may be another one than it was. */
  noteChange(): void {
    this.#isChanged = true;
  }

  /** Judges those that may have changed: every call of AWS comes by here, and waits for what another has begun. */
  judge(state: OrganizationState, now: number): Promise<void> {
    if (this.#isChanged) {
      this.#isChanged = false;
      this.#judged = judgeAll(state, now);
    }
    return this.#judged;
  }
}

async function judgeAll(state: OrganizationState, now: number): Promise<void> {
  for (const stackSet of state.stackSets.values()) {
    await judgeAccounts(state, stackSet, accountsAhead(stackSet), now);
  }
}

/** Judges the way into these accounts. */
export async function judgeAccounts(
  state: OrganizationState,
  stackSet: StackSet,
  accountIds: Iterable<string>,
  now: number,
): Promise<void> {
  const roles = [...accountIds].flatMap((accountId) => executionRole(state, stackSet, accountId) ?? []);
  await judgeEntries(state, stackSet, roles, now);
}

const accountsAhead = (stackSet: StackSet): ReadonlySet<string> =>
  new Set(openOperations(stackSet).flatMap(({ instanceKeys }) => instanceKeys.map(accountOf)));
