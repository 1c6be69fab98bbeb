import { partitionOf, type AwsCaller } from '../aws/base/assumed-role';
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
import { ledgerAddedMembers } from '../ledger/tenants/tenant-repository';
import type { AddedMembers } from '../ports/identity-center';
import { trustInMembers } from '../runtime/trust-in-members';
import type { Host } from '../runtime/environment';
import { type FunctionHandler, onLambda } from '../runtime/on-lambda';
import { previewChanges } from './preview-changes';
import type { DryRunPorts } from './step-ports';

/**
 * Somebody who asks for ten dry runs in a row asks faster than AWS answers, and no state machine repeats this function.
 * The SDK waits longer from time to time, which is some seconds in all: half of the function's time at most, unless AWS
 * turns away several calls so often.
 */
const MOST_ATTEMPTS = 6;

export function compose(host: Host): FunctionHandler<Preview> {
  // Once, not for each invocation: clients that last are kept by their settings.
  const settings = { ...host.aws, maxAttempts: MOST_ATTEMPTS };
  return (input) => {
    const { plan } = PreviewRequestSchema.parse(input);
    const portsFor = (tenant: TenantRecord): DryRunPorts =>
      portsOf(host, callerFor(host, settings, plan), plan, ledgerAddedMembers(host.ledger, tenant));
    return previewChanges({ ledger: host.ledger, now: host.now, portsFor }, plan);
  };
}

function callerFor(host: Host, settings: AwsSettings, { tenantUuid }: VendingPlan): AwsCaller {
  return {
    settings,
    functionName: 'PreviewChanges',
    sessionName: `PreviewChanges-${tenantUuid}`,
    managementRoleArn: () => host.environment('MANAGEMENT_ROLE_ARN'),
    memberEntryRoleArn: () => host.environment('MEMBER_ENTRY_ROLE_ARN'),
    automationRoleArn: () => host.environment('AUTOMATION_ROLE_ARN'),
    secrets: host.secrets,
    permissions: previewPermissions,
  };
}

function portsOf({ environment }: Host, caller: AwsCaller, plan: VendingPlan, members: AddedMembers): DryRunPorts {
  const controlTowerRegion = plan.controlTowerRegion ?? plan.enrollment?.region;
  return {
    access: stsMemberAccess(caller),
    alias: iamMemberAlias(caller),
    roles: iamMemberRoles(caller),
    role: iamAccessRole(caller),
    tree: organizationsTree(caller),
    tags: organizationsTags(caller),
    directory: organizationsAccountDirectory(caller),
    factory: serviceCatalogAccountFactory(caller, controlTowerRegion),
    controlTower: controlTowerLandingZone(caller, controlTowerRegion),
    regions: configServiceRegionSetups(caller),
    own: stsOwnAccount(caller.settings, caller.functionName),
    stackSets: cloudformationStackSets(caller),
    groupDirectory: groupDirectory(caller, plan.identityStore, members),
    assignments: ssoAdminAccountAssignments(caller, identityCenterIn(plan)),
    saml: iamSamlAccess(caller),
    trust: trustInMembers(environment),
    partition: partitionOf(caller),
  };
}

export const handler = onLambda(compose);
