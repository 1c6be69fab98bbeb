import { partitionOf, type AwsCaller } from '../aws/assumed-role';
import type { AwsSettings } from '../aws/aws-settings';
import { cloudformationStackSets } from '../aws/cloudformation-stack-sets';
import { configServiceRegionSetups } from '../aws/config-service-region-setups';
import { controlTowerLandingZone } from '../aws/control-tower-landing-zone';
import { groupDirectory } from '../aws/group-directory';
import { iamAccessRole } from '../aws/iam-access-role';
import { iamMemberAlias } from '../aws/iam-member-alias';
import { iamSamlAccess } from '../aws/iam-saml-access';
import { iamMemberRoles } from '../aws/iam-member-roles';
import { organizationsAccountDirectory } from '../aws/organizations-account-directory';
import { organizationsTags } from '../aws/organizations-tags';
import { organizationsTree } from '../aws/organizations-tree';
import { serviceCatalogAccountFactory } from '../aws/service-catalog-account-factory';
import { ssoAdminAccountAssignments } from '../aws/sso-admin-account-assignments';
import { previewPermissions } from '../aws/preview-permissions';
import { stsMemberAccess } from '../aws/sts-member-access';
import { stsOwnAccount } from '../aws/sts-own-account';
import { identityCenterIn } from '../domain/factory-user';
import type { TenantRecord } from '../domain/ledger-records';
import type { VendingPlan } from '../domain/plan';
import { type Preview, PreviewRequestSchema } from '../domain/preview';
import { ledgerMemberMemory } from '../ledger/member-memory';
import type { MemberMemory } from '../ports/member-memory';
import { trustInMembers } from '../runtime/environment';
import type { Host } from '../runtime/host';
import { type FunctionHandler, onLambda } from '../runtime/on-lambda';
import { previewChanges } from './preview-changes';
import type { RehearsalPorts } from './scenes';

/**
 * Somebody who asks for ten dry runs in a row asks faster than AWS answers, and no state machine repeats this function. The SDK waits longer from
 * time to time, which is some seconds in all: half of the function's time at most, unless AWS turns away several calls so often.
 */
const MOST_ATTEMPTS = 6;

export function compose(host: Host): FunctionHandler<Preview> {
  // Once, not for each invocation: clients that last are kept by their settings.
  const settings = { ...host.aws, maxAttempts: MOST_ATTEMPTS };
  return (input) => {
    const { plan } = PreviewRequestSchema.parse(input);
    const portsFor = (tenant: TenantRecord): RehearsalPorts =>
      portsOf(host, callerFor(host, settings, plan), plan, ledgerMemberMemory(host.ledger, tenant));
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

function portsOf({ environment }: Host, caller: AwsCaller, plan: VendingPlan, members: MemberMemory): RehearsalPorts {
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
    groups: groupDirectory(caller, plan.identityStore, members),
    assignments: ssoAdminAccountAssignments(caller, identityCenterIn(plan)),
    saml: iamSamlAccess(caller),
    trust: trustInMembers(environment),
    partition: partitionOf(caller),
  };
}

export const handler = onLambda(compose);
