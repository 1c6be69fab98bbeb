import type { OrganizationState } from '../../sandbox/organization/organization-state';

/** Enrolled accounts that were moved by other means than an update of their provisioned product. */
export const accountsInDrift = ({ inheritedBaselines, accounts }: OrganizationState): readonly string[] =>
  [...inheritedBaselines].flatMap(([id, { unitId }]) => (accounts.get(id)?.parentId === unitId ? [] : [id]));
