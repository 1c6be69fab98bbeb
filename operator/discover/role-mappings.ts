import type { FoundIdentityCenter } from './found-organization';

/** The project roles that meshStack begins with, each with the permission sets that fit it, the best first. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  admin: ['AdministratorAccess', 'AWSAdministratorAccess'],
  user: ['PowerUserAccess', 'AWSPowerUserAccess'],
  reader: ['ViewOnlyAccess', 'ReadOnlyAccess', 'AWSReadOnlyAccess'],
};

export interface FirstMapping {
  readonly projectRoleRef: { readonly name: string };
  readonly awsRole: string;
  /** Empty where no permission set fits: then others assign the group. */
  readonly permissionSetArns: readonly string[];
}

/** A mapping for each project role. */
export const roleMappings = ({
  permissionSets,
}: Pick<FoundIdentityCenter, 'permissionSets'>): readonly FirstMapping[] =>
  Object.entries(FITTING).map(([name, fitting]) => {
    const best = fitting.map((wanted) => permissionSets.find((set) => set.name === wanted)?.arn);
    return {
      projectRoleRef: { name },
      awsRole: name,
      permissionSetArns: best.filter((arn) => arn !== undefined).slice(0, 1),
    };
  });

/** The names that are looked for, for people. */
export const fittingNames = (projectRole: string): string => (FITTING[projectRole] ?? []).join(', ');
