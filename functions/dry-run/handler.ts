import { partitionOf } from '../aws/base/assumed-role';
import type { AwsSession } from '../aws/base/aws-session';
import type { AwsSettings } from '../aws/base/aws-settings';
import { cloudformationStackSets } from '../aws/cloudformation/cloudformation-stack-sets';
import { configServiceRegionSetups } from '../aws/config-service/config-service-region-setups';
import { controlTowerLandingZone } from '../aws/control-tower/control-tower-landing-zone';
import { groupDirectory } from '../aws/identity-center/group-directory';
import { iamAccessRole } from '../aws/iam/iam-access-role';
import { iamMemberAlias } from '../aws/iam/iam-member-alias';
import { iamSamlAccess } from '../aws/iam/iam-saml-access';
import { iamMemberRoles } from '../aws/iam/iam-member-roles';
import { organizationsAccountDirectory, organizationsTags } from '../aws/organizations/organizations-account-directory';
import { organizationsUnits } from '../aws/organizations/organizations-units';
import { organizationsTree } from '../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../aws/service-catalog/service-catalog-account-factory';
import { ssoAdminAccountAssignments } from '../aws/identity-center/sso-admin-account-assignments';
import { previewPermissions } from '../aws/permissions/reading-permissions';
import { stsMemberAccess } from '../aws/sts/sts-role-access';
import { stsOwnAccount } from '../aws/sts/sts-own-account';
import { identityCenterIn } from '../domain/access/factory-user';
import type { TenantRecord } from '../domain/records/ledger-records';
import type { VendingPlan } from '../domain/plan/plan';
import { type Preview, PreviewRequestSchema } from '../domain/run/preview';
import { ledgerAddedMembers } from '../ledger/tenants/added-members';
import type { AddedMembers } from '../ports/identity-center';
import { trustInMembers } from '../runtime/trust-in-members';
import type { Runtime } from '../runtime/environment';
import { type FunctionHandler, onLambda } from '../runtime/on-lambda';
import { previewChanges } from './preview-changes';
import type { DryRunPorts } from './step-ports';

/**
 * Somebody who asks for ten dry runs in a row asks faster than AWS answers, and no state machine repeats this function.
 * The SDK waits longer from time to time, which is some seconds in all: half of the function's time at most, unless AWS
 * turns away several calls so often.
 */
const MAX_ATTEMPTS = 6;

export function compose(runtime: Runtime): FunctionHandler<Preview> {
  // Once, not for each invocation: clients that last are kept by their settings.
  const settings = { ...runtime.aws, maxAttempts: MAX_ATTEMPTS };
  return (input) => {
    const { plan } = PreviewRequestSchema.parse(input);
    const portsFor = (tenant: TenantRecord): DryRunPorts =>
      portsOf(runtime, callerFor(runtime, settings, plan), plan, ledgerAddedMembers(runtime.ledger, tenant));
    return previewChanges({ ledger: runtime.ledger, now: runtime.now, portsFor }, plan);
  };
}

function callerFor(runtime: Runtime, settings: AwsSettings, { tenantUuid }: VendingPlan): AwsSession {
  return {
    settings,
    functionName: 'PreviewChanges',
    sessionName: `PreviewChanges-${tenantUuid}`,
    managementRoleArn: () => runtime.environment('MANAGEMENT_ROLE_ARN'),
    memberEntryRoleArn: () => runtime.environment('MEMBER_ENTRY_ROLE_ARN'),
    automationRoleArn: () => runtime.environment('AUTOMATION_ROLE_ARN'),
    secrets: runtime.secrets,
    permissions: previewPermissions,
  };
}

function portsOf({ environment }: Runtime, session: AwsSession, plan: VendingPlan, members: AddedMembers): DryRunPorts {
  const controlTowerRegion = plan.controlTowerRegion ?? plan.enrollment?.region;
  return {
    access: stsMemberAccess(session),
    alias: iamMemberAlias(session),
    roles: iamMemberRoles(session),
    role: iamAccessRole(session),
    tree: organizationsTree(session),
    units: organizationsUnits(session),
    tags: organizationsTags(session),
    directory: organizationsAccountDirectory(session),
    factory: serviceCatalogAccountFactory(session, controlTowerRegion),
    controlTower: controlTowerLandingZone(session, controlTowerRegion),
    regions: configServiceRegionSetups(session),
    own: stsOwnAccount(session.settings, session.functionName),
    stackSets: cloudformationStackSets(session),
    groupDirectory: groupDirectory(session, plan.identityStore, members),
    assignments: ssoAdminAccountAssignments(session, identityCenterIn(plan)),
    saml: iamSamlAccess(session),
    trust: trustInMembers(environment),
    partition: partitionOf(session),
  };
}

export const handler = onLambda(compose);
