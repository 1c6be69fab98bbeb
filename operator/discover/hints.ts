import type { Enrollment } from './enrollment';
import type { FoundIdentityCenter, FoundOrganization, FoundUnit } from './found-organization';
import { fittingNames, roleMappings } from './role-mappings';

/** What a person has to know about the configuration: what it leaves out and why, and what it took for granted. */
export const hintsOf = (
  found: FoundOrganization,
  units: readonly FoundUnit[],
  enrollment: Enrollment,
): readonly string[] => [
  ...controlTowerHints(found, units, enrollment),
  ...(found.identityCenter === null ? [withoutIdentityCenter(found)] : identityCenterHints(found.identityCenter)),
  ...found.keptRoles.map(
    (role) =>
      `cdk.json: ${role} is existing, since the role is there already; it has to trust what docs/setup.md says.`,
  ),
  ...(found.stackSets.length === 0
    ? []
    : [
        `stackSets: the automation account has ${found.stackSets.join(', ')}; name in each landing zone those that its accounts get.`,
      ]),
];

function controlTowerHints(
  { controlTower, searchedRegions, trustedServices }: FoundOrganization,
  units: readonly FoundUnit[],
  { enrolledUnitIds, block }: Enrollment,
): readonly string[] {
  if (controlTower === null) {
    const isElsewhere = trustedServices?.includes('controltower.amazonaws.com') === true;
    return [
      isElsewhere
        ? `enrollmentConfiguration: left out. Control Tower works in this organization, but in none of the regions that were looked at (${searchedRegions.join(', ')}); give its home region by --control-tower-region.`
        : 'enrollmentConfiguration: left out, since Control Tower is not set up. Accounts are made, moved and tagged without it.',
    ];
  }
  const left = units.filter(({ id }) => !enrolledUnitIds.has(id));
  return [
    ...left.map((unit) => notEnrolled(unit, controlTower)),
    ...(block?.['ssoUser'] === undefined
      ? []
      : [
          'enrollmentConfiguration.ssoUser: is the user that Control Tower makes at its set-up, with the e-mail of the management account; name another if yours has none.',
        ]),
    ...ofAft(controlTower.accountFactory?.productsOfAft ?? 0),
  ];
}

function notEnrolled(
  { path, baseline }: FoundUnit,
  { accountFactory }: NonNullable<FoundOrganization['controlTower']>,
): string {
  const unit = `${path.join('/')}: awsEnrollAccount is false, since`;
  if (baseline === null)
    return `${unit} Control Tower does not govern this unit. Register it, and set awsEnrollAccount to true.`;
  if (accountFactory === null && baseline !== 'ConfigBaseline') {
    return `${unit} Service Catalog has no Account Factory in the home region, and the landing zone does not enroll moved accounts.`;
  }
  return `${unit} it has ${baseline} alone, for which the Account Factory does not enroll. Turn on "Automatic account enrollment" in Control Tower and run init again.`;
}

const ofAft = (products: number): readonly string[] =>
  products === 0
    ? []
    : [
        `Account Factory for Terraform has vended ${products === 1 ? 'one account' : `${products} accounts`}: docs/moving-from-aft.md says how they are adopted. They stay as they are.`,
      ];

const withoutIdentityCenter = ({ trustedServices, searchedRegions }: FoundOrganization): string =>
  trustedServices?.includes('sso.amazonaws.com') === true
    ? `awsIdentityStore: left out. IAM Identity Center works in this organization, but in none of the regions that were looked at (${searchedRegions.join(', ')}); give its region by --identity-center-region.`
    : 'awsIdentityStore: left out, since IAM Identity Center is not enabled for the organization. Nobody is given access to accounts; enable it and run init again.';

function identityCenterHints(center: FoundIdentityCenter): readonly string[] {
  const unmapped = roleMappings(center).filter(({ permissionSetArns }) => permissionSetArns.length === 0);
  return [
    ...unmapped.map(
      ({ awsRole }) =>
        `awsIdentityStore.awsRoleMappings: ${awsRole} has no permission set, since there is none of ${fittingNames(awsRole)}. Its group is made with its members alone.`,
    ),
    ...(center.delegatedAdministratorId === null
      ? []
      : [
          `identityCenterRole: left out, so groups are worked on in the management account. Account ${center.delegatedAdministratorId} administers IAM Identity Center, too: docs/access.md says how to work there.`,
        ]),
  ];
}
