import { type CaseGroup, type ConformanceCase, type OtherOrganization, type ServiceName, SERVICES } from './case';
import { accountManagement } from './cases/account';
import { accountFactory, controlTower } from './cases/account-factory';
import { aliasesAndProviders, managedPolicies } from './cases/iam-policies';
import { roles } from './cases/iam-roles';
import { assignmentsOfPeople } from './cases/assignments-of-people';
import { aliasesOfClosedAccounts, iamLimits } from './cases/iam-limits';
import { assignmentDetails } from './cases/assignment-details';
import { iamLists } from './cases/iam-lists';
import { policiesInForce } from './cases/policies-in-force';
import { sessionPolicies } from './cases/session-policies';
import { organizationLists } from './cases/organization-lists';
import { sessions } from './cases/sessions';
import { baselineOperations } from './cases/baseline-operations';
import { baselineVersions, largeUnits } from './cases/baseline-versions';
import { enrolledAccounts } from './cases/enrolled-accounts';
import { identityCenter, withoutIdentityCenter } from './cases/identity-center';
import { identityStore } from './cases/identity-store';
import { identityStoreDetails } from './cases/identity-store-details';
import { limitedInAssignments } from './cases/limited-rights/assignments';
import { limitedInOrganizations } from './cases/limited-rights/organizations';
import { limitedElsewhere } from './cases/limited-rights/others';
import { limitedInIdentityCenter } from './cases/limited-rights/permission-sets';
import { limitedInServiceCatalog } from './cases/limited-rights/products';
import { limitedInIam, limitedInSts } from './cases/limited-rights/roles';
import { limitedInStackSets } from './cases/limited-rights/stack-sets';
import { limitedByTags } from './cases/limited-rights/tags';
import { organizationAccounts } from './cases/organization-accounts';
import { organizationDetails, rightsToInvite } from './cases/organization-details';
import { organizationItself, organizationTags } from './cases/organization-tags';
import { organizationUnits } from './cases/organization-units';
import { costExplorer, defaultQuotas, serviceQuotas } from './cases/quotas-and-costs';
import { invitations, invitationsOfWeeks } from './cases/invitations';
import { closures, consolidatedBilling, exhaustedQuotas, govCloud } from './cases/other-organizations';
import { automaticEnrollment, olderLandingZone } from './cases/automatic-enrollment';
import { delegatedAdministration } from './cases/delegated-administration';
import { accountFactoryAtOnce, accountFactoryMeanwhile } from './cases/account-factory-at-once';
import { accountFactoryDetails } from './cases/account-factory-details';
import { accountFactoryHindrances } from './cases/account-factory-hindrances';
import {
  accountFactoryOutcomes,
  nothingShared,
  productsOfMovedAccounts,
  severalLaunchPaths,
} from './cases/account-factory-outcomes';
import { accountFactoryPeople, peopleFromElsewhere, peopleInActiveDirectory } from './cases/account-factory-people';
import { stackTemplates } from './cases/stack-templates';
import { costAmounts, purchasesOfClosedAccounts, withoutPurchases } from './cases/cost-amounts';
import { costPeriods } from './cases/cost-periods';
import { landingZoneDetails } from './cases/landing-zone-details';
import { newAccounts } from './cases/new-accounts';
import { noRights } from './cases/no-rights';
import { stackSetDetails } from './cases/stack-set-details';
import { stackSetPace } from './cases/stack-set-pace';
import { stackSets } from './cases/stack-sets';
import { stackSetTargets } from './cases/stack-set-targets';
import { stacks } from './cases/stacks';
import { securityTokens } from './cases/sts';

const GROUPS: readonly CaseGroup[] = [
  organizationItself,
  organizationUnits,
  organizationTags,
  organizationAccounts,
  accountManagement,
  securityTokens,
  roles,
  managedPolicies,
  aliasesAndProviders,
  stackSets,
  accountFactory,
  controlTower,
  identityStore,
  identityCenter,
  serviceQuotas,
  defaultQuotas,
  costExplorer,
  limitedInOrganizations,
  limitedByTags,
  limitedInIam,
  limitedInIdentityCenter,
  limitedInAssignments,
  limitedInStackSets,
  limitedInServiceCatalog,
  limitedInSts,
  ...limitedElsewhere,
  organizationLists,
  invitations,
  invitationsOfWeeks,
  closures,
  exhaustedQuotas,
  consolidatedBilling,
  govCloud,
  sessions,
  iamLists,
  iamLimits,
  aliasesOfClosedAccounts,
  organizationDetails,
  rightsToInvite,
  policiesInForce,
  sessionPolicies,
  assignmentsOfPeople,
  assignmentDetails,
  identityStoreDetails,
  delegatedAdministration,
  stackSetTargets,
  stackSetDetails,
  stackSetPace,
  stacks,
  stackTemplates,
  enrolledAccounts,
  accountFactoryPeople,
  accountFactoryOutcomes,
  accountFactoryHindrances,
  accountFactoryAtOnce,
  accountFactoryMeanwhile,
  accountFactoryDetails,
  peopleFromElsewhere,
  severalLaunchPaths,
  productsOfMovedAccounts,
  peopleInActiveDirectory,
  nothingShared,
  baselineOperations,
  baselineVersions,
  largeUnits,
  landingZoneDetails,
  noRights,
  automaticEnrollment,
  olderLandingZone,
  costAmounts,
  costPeriods,
  withoutPurchases,
  withoutIdentityCenter,
  purchasesOfClosedAccounts,
  newAccounts,
];

export interface NumberedCase extends ConformanceCase {
  readonly service: ServiceName;
  /** Absent: the organization of the run. */
  readonly organization?: OtherOrganization;
  /** Its place, from which follow the names of what it makes. */
  readonly number: number;
}

/** Every case, service by service. */
export const allCases: readonly NumberedCase[] = SERVICES.flatMap((service) =>
  GROUPS.filter((group) => group.service === service).flatMap(({ cases, organization }) =>
    cases.map((one) => ({ ...one, service, ...(organization === undefined ? {} : { organization }) })),
  ),
).map((one, index) => ({ ...one, number: index + 1 }));
