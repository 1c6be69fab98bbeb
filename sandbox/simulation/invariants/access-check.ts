import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { exampleOrganization } from '../../organization/example-organization';
import type { AccountReading } from '../../organization/independent-reader';
import type { Organization } from '../../organization/organization';
import type { SimulatedRequest } from '../simulated-tenants';
import type { Violations } from '../violations';

const { controlTowerAssignments = [], permissionSets = [] } = exampleOrganization().identityCenter ?? {};

type Access = Pick<AccountReading, 'assignments' | 'groups'>;

/**
 * The wanted members of each group of an account, and the wanted assignments: taken from the request, not from the
 * plan's own list of members.
 */
export function wantedAccess(
  { groups, existingGroups, enrollment }: VendingPlan,
  { desiredState: { userPermissions } }: SimulatedRequest,
  organization: Organization,
): object {
  const known = new Set([...(organization.state.identityCenter?.users.values() ?? [])].map(nameOf));
  // Somebody who is named twice is one member.
  const peopleWith = (wanted: readonly string[]): ReadonlySet<string> => {
    const people = (userPermissions ?? []).filter(({ roles }) => roles.some((role) => wanted.includes(role)));
    return new Set(people.map(({ euid }) => String(euid).toLowerCase()));
  };
  return {
    groups: groups
      .map(({ name, projectRoles }) => ({
        name,
        members: [...peopleWith(projectRoles)].filter((userName) => known.has(userName)).toSorted(),
      }))
      .toSorted(byName),
    assignments: [
      ...[...groups, ...(existingGroups?.groups ?? [])].flatMap(({ name, permissionSetArns }) =>
        permissionSetArns.map((arn) => `${name}: ${setOf(arn)}`),
      ),
      ...(enrollment === null ? [] : controlTowerAssignments.map(ofControlTower)),
    ].toSorted(),
  };
}

const nameOf = ({ userName }: { readonly userName: string }): string => userName.toLowerCase();

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name.localeCompare(other.name);

const setOf = (arn: string): string => permissionSets.find((set) => set.arn === arn)?.name ?? arn;

const ofControlTower = ({ group, permissionSetArn }: (typeof controlTowerAssignments)[number]): string =>
  `${group}: ${setOf(permissionSetArn)}`;

/** As it is found. Whether groups of Control Tower have members is not ours. */
export const foundAccess = ({ groups, assignments }: Access): object => ({
  groups: groups
    .filter(({ name }) => isOurs(name))
    .map(({ name, members }) => ({ name, members: members.map((one) => one.toLowerCase()).toSorted() }))
    .toSorted(byName),
  assignments: assignments
    .map(({ principal, permissionSet }) => `${principal ?? 'nobody'}: ${permissionSet}`)
    .toSorted(),
});

const isOurs = (name: string): boolean => name.startsWith('mst-');

/** Nothing is left of groups that no plan has any more, and nothing of groups that are gone. */
export function checkLeftovers(
  organization: Organization,
  plans: readonly VendingPlan[],
  violations: Violations,
): void {
  const wanted = new Set(plans.flatMap(({ groups }) => groups.map(({ name }) => name)));
  const center = organization.state.identityCenter;
  for (const { id, displayName } of center?.groups.values() ?? []) {
    if (isOurs(displayName) && !wanted.has(displayName)) {
      violations.add('no group is left behind', `${displayName} (${id}) is in no plan.`);
    }
  }
  for (const { principalId, principalType, accountId } of center?.assignments.values() ?? []) {
    if (principalType === 'GROUP' && center?.groups.has(principalId) === false) {
      violations.add('no group is left behind', `${principalId} is gone and has still access to ${accountId}.`);
    }
  }
}
