import type { Organization } from '../../sandbox/organization/organization';
import type { OrganizationState } from '../../sandbox/organization/organization-state';
import type { WatchedKind } from '../operation-watch';

/**
 * What events publish about an account by its e-mail, without a call: EventBridge delivers AWS's own events, as far as
 * there are any.
 */
export class PeerEvents {
  readonly #organization: Organization;

  constructor(organization: Organization) {
    this.#organization = organization;
  }

  isOver(kind: WatchedKind, email: string): boolean {
    return !IS_AT_WORK[kind](this.#organization.state, email);
  }
}

const IS_AT_WORK: Readonly<Record<WatchedKind, (state: OrganizationState, email: string) => boolean>> = {
  accountCreation: ({ creations }, email) =>
    [...creations.values()].some((one) => one.email === email && one.state === 'IN_PROGRESS'),
  // AWS publishes no event for it.
  accessRole: () => false,
  enrollment: ({ accountFactory }, email) =>
    [...(accountFactory?.provisionedProducts.values() ?? [])].some(
      ({ status, parameters }) => status === 'UNDER_CHANGE' && parameters['AccountEmail'] === email,
    ),
  stackInstance: (state, email) =>
    [...state.stackSets.values()]
      .flatMap(({ operations }) => [...operations.values()])
      .some(
        ({ status, instanceKeys }) =>
          status === 'RUNNING' && instanceKeys.some((key) => key.includes(idOf(state, email))),
      ),
  accountAssignment: (state, email) => (state.identityCenter?.busyUntil.get(idOf(state, email)) ?? 0) > Date.now(),
};

const idOf = ({ accounts }: OrganizationState, email: string): string =>
  [...accounts.values()].find((account) => account.email === email)?.id ?? email;
