import type { Configuration } from '../configuration/configuration';
import type { DesiredState, UserPermission } from '../desired-state/desired-state';
import { type Fault, echoed, shown, unicodePattern } from '../base/fault';
import { identityCenterOf, type NamedIdentityCenter } from '../configuration/configured-identity-center';
import type { LandingZone } from '../configuration/landing-zone';
import { beginsLikeOurs, GROUPS_WITHIN_HOURS, OWN_GROUP_PREFIX } from '../account/account-names';
import type { VendingPlan } from '../plan/plan';
import { type Planned, renderedPattern } from './rendered-pattern';
import type { RoleMapping } from '../configuration/access-configuration';
import type { PlaceholderValues } from '../templates/string-template';

type Group = VendingPlan['groups'][number];
type ExistingGroups = NonNullable<VendingPlan['existingGroups']>;
type ExistingGroup = ExistingGroups['groups'][number];

const LONGEST = 1024;

interface PlannedGroups extends Planned<readonly Group[]> {
  /** What the plan has of groups that the identity provider brings; nothing where no mapping names one. */
  readonly existing: Pick<VendingPlan, 'existingGroups'>;
  readonly remarks: readonly string[];
}

/**
 * The Identity Center groups of the account: one for each AWS role that project roles are mapped to. Several project
 * roles may share one; its members and permission sets are then the union. A landing zone's own mappings replace the
 * platform's. A role whose mapping names an existing group gets none of ours, and nobody is planned to be its member.
 */
export function plannedGroups(
  desiredState: DesiredState,
  { platform }: Configuration,
  landingZone: LandingZone,
  values: PlaceholderValues,
): PlannedGroups {
  const center = identityCenterOf(platform);
  if (center === undefined) return { value: [], faults: [], existing: {}, remarks: [] };
  const users = desiredState.userPermissions ?? [];
  const mappings = landingZone.awsRoleMappings.length > 0 ? landingZone.awsRoleMappings : center.block.awsRoleMappings;
  const own = mappings.filter(({ existingGroupNamePattern }) => existingGroupNamePattern === undefined);
  const planned = byRole(own).map((ofRole) => plannedGroup(ofRole, users, center, values));
  const existing = byRole(mappings)
    .filter(([{ existingGroupNamePattern }]) => existingGroupNamePattern !== undefined)
    .map((ofRole) => existingGroup(ofRole, values));
  const groups = planned.map(({ value }) => value);
  const awaited = existing.map(({ value }) => value);
  return {
    value: groups,
    faults: [
      ...distinct([...planned, ...existing].flatMap(({ faults }) => faults)),
      ...sameNames(`${center.field}.groupNamePattern`, groups),
      ...sameNames(EXISTING, awaited),
    ],
    existing: awaited.length === 0 ? {} : { existingGroups: awaitedFor(center, awaited) },
    remarks: usersWithoutEuid(users, own),
  };
}

type Mappings = readonly [RoleMapping, ...RoleMapping[]];

/** The mappings to each AWS role, in the order of their first. */
function byRole(mappings: readonly RoleMapping[]): readonly Mappings[] {
  const roles = new Map<string, Mappings>();
  for (const mapping of mappings) {
    const earlier = roles.get(mapping.awsRole);
    roles.set(mapping.awsRole, earlier === undefined ? [mapping] : [...earlier, mapping]);
  }
  return [...roles.values()];
}

const awaitedFor = ({ block }: NamedIdentityCenter, groups: readonly ExistingGroup[]): ExistingGroups => ({
  withinHours: block.groupsWithinHours ?? GROUPS_WITHIN_HOURS,
  groups: [...groups],
});

const EXISTING = 'awsRoleMappings.existingGroupNamePattern';

function existingGroup(mappings: Mappings, values: PlaceholderValues): Planned<ExistingGroup> {
  const [{ awsRole, existingGroupNamePattern: pattern = '' }] = mappings;
  const rendered = renderedPattern(EXISTING, pattern, new Map([...values, ['platformGroupAlias', awsRole]]));
  const name = rendered.value;
  return {
    value: { name, ...givenBy(mappings) },
    faults: [...rendered.faults, ...(rendered.faults.length > 0 ? [] : existingNameFaults(name))],
  };
}

/** By such a name the groups of another tenant could be let in. */
const existingNameFaults = (name: string): readonly Fault[] => [
  ...nameFaults(EXISTING, name),
  ...(beginsLikeOurs(name)
    ? [
        {
          field: EXISTING,
          message: `renders to ${shown(name)}, and '${OWN_GROUP_PREFIX}' begins the names of groups that this application makes. Give the pattern another beginning.`,
          value: echoed(name),
        },
      ]
    : []),
];

/** Which project roles share a group, and what it has in the account. */
const givenBy = (mappings: Mappings): Pick<Group, 'awsRole' | 'projectRoles' | 'permissionSetArns'> => ({
  awsRole: mappings[0].awsRole,
  projectRoles: sorted(mappings.map(({ projectRoleRef }) => projectRoleRef.name)),
  permissionSetArns: sorted(mappings.flatMap(({ permissionSetArns }) => permissionSetArns)),
});

function plannedGroup(
  mappings: Mappings,
  users: readonly UserPermission[],
  { field: block, block: { groupNamePattern } }: NamedIdentityCenter,
  values: PlaceholderValues,
): Planned<Group> {
  const field = `${block}.groupNamePattern`;
  const given = givenBy(mappings);
  const named = new Map([...values, ['platformGroupAlias', given.awsRole]]);
  const rendered = renderedPattern(field, groupNamePattern, named);
  const name = OWN_GROUP_PREFIX + rendered.value;
  return {
    value: {
      name,
      ...given,
      members: membersOf(users.filter(({ roles }) => roles.some((role) => given.projectRoles.includes(role)))),
    },
    faults: [...rendered.faults, ...(rendered.faults.length > 0 ? [] : nameFaults(field, name))],
  };
}

/** The meshUser behind each euid in lower case; the first in the alphabet where several have one. */
export function meshIdentifiersByEuid({ userPermissions = [] }: DesiredState): Readonly<Record<string, string>> {
  const identifiers: Record<string, string> = {};
  for (const { euid, meshIdentifier } of userPermissions) {
    const key = (euid ?? '').trim().toLowerCase();
    const other = identifiers[key];
    if (key !== '' && (other === undefined || meshIdentifier < other)) identifiers[key] = meshIdentifier;
  }
  return identifiers;
}

/** Members by `euid`; Identity Center ignores its letter case. */
function membersOf(users: readonly UserPermission[]): string[] {
  const members = new Map<string, string>();
  for (const euid of sorted(users.map(({ euid }) => euid?.trim() ?? '').filter((euid) => euid !== ''))) {
    if (!members.has(euid.toLowerCase())) members.set(euid.toLowerCase(), euid);
  }
  return [...members.values()];
}

const usersWithoutEuid = (users: readonly UserPermission[], mappings: readonly RoleMapping[]): readonly string[] => {
  const mapped = new Set(mappings.map(({ projectRoleRef }) => projectRoleRef.name));
  const skipped = users.filter(
    ({ euid, roles }) => (euid ?? '').trim() === '' && roles.some((role) => mapped.has(role)),
  );
  const remarks = skipped
    .slice(0, MAX_NAMED)
    .map(({ meshIdentifier }) => `The user ${meshIdentifier} has no euid and gets no access.`);
  const more = skipped.length - remarks.length;
  return more === 0 ? remarks : [...remarks, `${more} more users have no euid and get no access.`];
};

/** A desired state with more of them has one mistake many times. */
const MAX_NAMED = 20;

function nameFaults(field: string, name: string): readonly Fault[] {
  const faults: Fault[] = [];
  if (name.length > LONGEST) {
    const message = `renders to ${shown(name)}, which has ${name.length} characters; IAM Identity Center accepts at most ${LONGEST}. Shorten the pattern, or cut a placeholder, as in #{tagOwner:%.30s}.`;
    faults.push({ field, message, value: echoed(name), limit: LONGEST });
  }
  if (!unicodePattern('^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P} ]+$').test(name)) {
    const message = `renders to ${shown(name)}, which has control or other unprintable characters. Change the tags that the pattern uses.`;
    faults.push({ field, message, value: echoed(name) });
  }
  return faults;
}

function sameNames(field: string, groups: readonly Pick<Group, 'name' | 'awsRole'>[]): readonly Fault[] {
  return groups.flatMap(({ name, awsRole }, index) => {
    const other = groups.slice(0, index).find((earlier) => earlier.name.toLowerCase() === name.toLowerCase());
    if (other === undefined || name === OWN_GROUP_PREFIX || name === '') return [];
    const message = `renders to ${shown(name)} for the role ${shown(awsRole)} and for ${shown(other.awsRole)}; each needs a group of its own. Use #{platformGroupAlias} in the pattern.`;
    return [{ field, message, value: echoed(name) }];
  });
}

/** A placeholder without a value is missed once, not once for each group. */
const distinct = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [fault.field + fault.message, fault])).values(),
];

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();
