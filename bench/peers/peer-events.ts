import type { Organization } from '../../sandbox/organization/organization';
import type { OrganizationState } from '../../sandbox/organization/organization-state';
import type { WatchedKind } from '../operation-watch';

/**
 * What events publish about an account by its e-mail, without a call: EventBridge delivers AWS's own events, as far as
 * there are any.
 */
export class PeerEvents {
  readonly #organization: Organization;
  readonly #ids = new Map<string, string>();

  constructor(organization: Organization) {
    this.#organization = organization;
  }

  isOver(kind: WatchedKind, email: string): boolean {
    const { state } = this.#organization;
    return !IS_AT_WORK[kind](
      state,
      kind === 'stackInstance' || kind === 'accountAssignment' ? this.#idOf(email) : email,
    );
  }

  #idOf(email: string): string {
    const id =
      this.#ids.get(email) ??
      [...this.#organization.state.accounts.values()].find((account) => account.email === email)?.id;
    if (id !== undefined) this.#ids.set(email, id);
    return id ?? email;
  }
}

/** By the e-mail of the account, and by its id where there is an account. */
const IS_AT_WORK: Readonly<Record<WatchedKind, (state: OrganizationState, account: string) => boolean>> = {
  accountCreation: ({ creations }, email) =>
    [...creations.values()].some((one) => one.email === email && one.state === 'IN_PROGRESS'),
  // AWS publishes no event for it.
  accessRole: () => false,
  enrollment: ({ accountFactory }, email) =>
    [...(accountFactory?.provisionedProducts.values() ?? [])].some(
      ({ status, parameters }) => status === 'UNDER_CHANGE' && parameters['AccountEmail'] === email,
    ),
  stackInstance: ({ stackSets }, id) =>
    [...stackSets.values()].some(({ instances }) =>
      instances
        .having('accountId', id)
        .some(({ detailedStatus }) => detailedStatus === 'PENDING' || detailedStatus === 'RUNNING'),
    ),
  accountAssignment: ({ identityCenter }, id) => (identityCenter?.busyUntil.get(id) ?? 0) > Date.now(),
};
