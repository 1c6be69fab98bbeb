import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnManagedPolicy, type IManagedPolicy, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

import type { Configuration } from '../functions/domain/configuration';
import { MeshcloudTrust } from './constructs/meshcloud-trust';
import { documentOf, ServiceRole } from './constructs/service-role';
import { acknowledge, acknowledgeWildcards } from './nag-acknowledgements';
import { COST_EXPLORER_ROLE_NAME, COST_EXPLORER_USER_NAME, physicalName, SERVICE_USER_NAME } from './names';
import { accountFactoryStatement, SERVICE_CATALOG_POLICIES } from './policies/account-factory';
import { costExplorerStatement } from './policies/cost-explorer-role';
import {
  ASSIGNMENT_ARNS,
  CONTROL_TOWER_ARN,
  DIRECTORY_ARNS,
  managementRoleStatements,
  ORGANIZATION_ARNS,
  POLICY_ARN,
} from './policies/management-role';
import { memberRoleArn } from './policies/member-role-arn';
import { roleNameAndPath } from './role-arn';
import { PREFLIGHT, rolesIntoManagement } from './trusted-functions';

export interface ManagementAccountStackProps extends StackProps {
  readonly configuration: Configuration;
  /** Whether meshStack's own connector works with these roles, too, by the users of ServiceUserStack. */
  readonly servesConnector: boolean;
}

/** What the management account lets the meshcloud account do: vend accounts, and read costs. */
export class ManagementAccountStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, servesConnector, ...props }: ManagementAccountStackProps) {
    super(scope, id, props);
    const { platform, landingZones } = configuration;
    const trust = new MeshcloudTrust(this, 'Trust');
    const usersIf = (name: string): readonly string[] => (servesConnector ? [name] : []);

    const serviceRole = new ServiceRole(this, 'ServiceRole', {
      ...roleNameAndPath(platform.accessConfig.organizationRootAccountRole),
      description: 'Vends accounts: organization, Control Tower, and the way into member accounts',
      trusted: trust.principal({ roleNames: rolesIntoManagement(), userNames: usersIf(SERVICE_USER_NAME) }),
      statements: managementRoleStatements({ platform, landingZones, externalIds: trust.externalIds, servesConnector }),
      managedPolicies: platform.enrollmentConfiguration === undefined ? [] : this.#accountFactoryPolicies(),
    });
    acknowledgeWildcards(serviceRole, 'accountsToBe', memberRoleArn(platform.accountAccessRole));
    acknowledgeWildcards(serviceRole, 'ownOrganization', ...ORGANIZATION_ARNS);
    acknowledgeWildcards(serviceRole, 'assignments', ...ASSIGNMENT_ARNS);
    acknowledgeWildcards(serviceRole, 'directory', ...DIRECTORY_ARNS);
    acknowledgeWildcards(serviceRole, 'ownOrganization', POLICY_ARN, CONTROL_TOWER_ARN);
    acknowledge(serviceRole, 'organizationWithoutResources', 'serviceCatalogEndUser', 'serviceCatalogReader');

    const costExplorerRole = new ServiceRole(this, 'CostExplorerRole', {
      roleName: COST_EXPLORER_ROLE_NAME,
      path: '/',
      description: 'Reads costs for metering',
      trusted: trust.principal({
        roleNames: [physicalName('CollectCosts'), physicalName(PREFLIGHT)],
        userNames: usersIf(COST_EXPLORER_USER_NAME),
      }),
      statements: [costExplorerStatement()],
    });
    acknowledge(costExplorerRole, 'costsOfTheOrganization');

    new CfnOutput(this, 'ServiceRoleArn', { value: serviceRole.roleArn });
    new CfnOutput(this, 'CostExplorerRoleArn', { value: costExplorerRole.roleArn });
  }

  /** Only where accounts are enrolled: nobody else needs Service Catalog. */
  #accountFactoryPolicies(): readonly IManagedPolicy[] {
    const policy = new ManagedPolicy(this, 'AccountFactoryAccess', {
      description: 'What the Account Factory of Control Tower does in the name of its caller',
      document: documentOf([accountFactoryStatement()]),
    });
    acknowledge(policy, 'accountFactory');
    acceptRetiredActions(policy);
    return [...SERVICE_CATALOG_POLICIES.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)), policy];
  }
}

/** Some actions of the list exist no longer; AWS lists them all the same, and cfn-lint knows only those that exist. */
function acceptRetiredActions(policy: ManagedPolicy): void {
  const resource = policy.node.defaultChild;
  if (resource instanceof CfnManagedPolicy) {
    resource.addMetadata('cfn-lint', { config: { ignore_checks: ['W3037'] } });
  }
}
