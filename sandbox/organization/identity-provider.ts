import { drawUuid } from './draw';
import type { OrganizationState } from './organization-state';
import { groupCalled, type IdentityCenter, userCalled } from './services/sso-admin/identity-center';

/**
 * The identity provider of a company, which brings its groups into the identity store whenever it likes, and renames or
 * deletes them there: by its own token, so that no right of ours has to do with it.
 *
 * @evidence documented singlesignon/latest/userguide/provision-automatically: users and groups of the identity provider
 *   are pushed into the identity store by SCIM
 * @evidence documented learn.microsoft.com/entra/identity/saas-apps/aws-single-sign-on-provisioning-tutorial: the
 *   synchronization of groups runs every 40 minutes
 */
export class IdentityProvider {
  readonly #state: OrganizationState;

  constructor(state: OrganizationState) {
    this.#state = state;
  }

  /** @returns the id that the identity store has given it */
  push(displayName: string, now: number, ...userNames: readonly string[]): string {
    const center = this.#center;
    const id = drawUuid(this.#state.random);
    const externalId = drawUuid(this.#state.random);
    center.groups.set(id, { id, displayName, description: null, externalId, createdAt: now });
    for (const userId of userNames.flatMap((name) => userCalled(center, name)?.id ?? [])) {
      const membership = drawUuid(this.#state.random);
      center.memberships.set(membership, { id: membership, groupId: id, userId });
    }
    return id;
  }

  /** The id stays. */
  rename(displayName: string, newName: string): void {
    const group = groupCalled(this.#center, displayName);
    if (group !== undefined) this.#center.groups.set(group.id, { ...group, displayName: newName });
  }

  /** Account assignments of the group stay behind. */
  delete(displayName: string): void {
    const group = groupCalled(this.#center, displayName);
    if (group === undefined) return;
    this.#center.groups.delete(group.id);
    for (const { id } of this.#center.memberships.having('groupId', group.id)) this.#center.memberships.delete(id);
  }

  get #center(): IdentityCenter {
    const { identityCenter } = this.#state;
    if (identityCenter === null) throw new Error('This organization has no IAM Identity Center.');
    return identityCenter;
  }
}
