import type { Organization } from '../../sandbox/organization/organization';
import type { OrganizationState } from '../../sandbox/organization/organization-state';
import type { WatchedKind } from '../operation-watch';

interface Waiter {
  readonly isAtWork: () => boolean;
  readonly wake: () => void;
}

/**
 * What events publish about an account by its e-mail, without a call: EventBridge delivers AWS's own events, as far as
 * there are any. Who waits is woken when AWS does something, and not every second: most of the time would be spent on
 * that.
 */
export class PeerEvents {
  readonly #organization: Organization;
  readonly #ids = new Map<string, string>();
  readonly #planned = new Set<number>();
  #waiters: readonly Waiter[] = [];

  constructor(organization: Organization) {
    this.#organization = organization;
    organization.listen({
      planned: (at) => {
        this.#lookAt(at);
      },
      told: () => undefined,
    });
  }

  /** Until AWS is not at work on it. */
  async over(kind: WatchedKind, email: string): Promise<void> {
    const { state } = this.#organization;
    const account = kind === 'stackInstance' || kind === 'accountAssignment' ? this.#idOf(email) : email;
    const isAtWork = IS_AT_WORK[kind](state, account);
    if (!isAtWork()) return;
    if (kind === 'accountAssignment') this.#lookAt(state.identityCenter?.busyUntil.get(account) ?? Date.now());
    await new Promise<void>((wake) => {
      this.#waiters = [...this.#waiters, { isAtWork, wake }];
    });
  }

  /** @param at milliseconds */
  #lookAt(at: number): void {
    if (this.#planned.has(at)) return;
    this.#planned.add(at);
    setTimeout(() => {
      this.#planned.delete(at);
      this.#look();
    }, at - Date.now());
  }

  #look(): void {
    // Asked for its state, the organization lets everything happen that is due.
    void this.#organization.state;
    const { over = [], waiting = [] } = Object.groupBy(this.#waiters, ({ isAtWork }) =>
      isAtWork() ? 'waiting' : 'over',
    );
    this.#waiters = waiting;
    for (const { wake } of over) wake();
  }

  #idOf(email: string): string {
    const id =
      this.#ids.get(email) ??
      [...this.#organization.state.accounts.values()].find((account) => account.email === email)?.id;
    if (id !== undefined) this.#ids.set(email, id);
    return id ?? email;
  }
}

/** By the e-mail of the account, and by its id where there is an account. What is looked for is found once. */
const IS_AT_WORK: Readonly<Record<WatchedKind, (state: OrganizationState, account: string) => () => boolean>> = {
  accountCreation: ({ creations }, email) => {
    const creation = [...creations.values()].findLast((one) => one.email === email);
    return () => creation?.state === 'IN_PROGRESS';
  },
  // AWS publishes no event for it.
  accessRole: () => () => false,
  enrollment: ({ accountFactory }, email) => {
    const products = [...(accountFactory?.provisionedProducts.values() ?? [])];
    const product = products.find(({ parameters }) => parameters['AccountEmail'] === email);
    return () => product?.status === 'UNDER_CHANGE';
  },
  stackInstance:
    ({ stackSets }, id) =>
    () =>
      [...stackSets.values()].some(({ instances }) =>
        instances
          .having('accountId', id)
          .some(({ detailedStatus }) => detailedStatus === 'PENDING' || detailedStatus === 'RUNNING'),
      ),
  accountAssignment:
    ({ identityCenter }, id) =>
    () =>
      (identityCenter?.busyUntil.get(id) ?? 0) > Date.now(),
};
