import { CfnOutput } from 'aws-cdk-lib';
import { type IManagedPolicy, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

import { managementClassesIn, type ManagementClass } from '../../functions/aws/permissions/step-permissions';
import { classRoleArn } from '../../functions/aws/permissions/function-permissions';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { accountFactoryPolicy } from './account-factory-policy';
import { MeshcloudTrust } from './meshcloud-trust';
import { ServiceAccounts } from './service-accounts';
import { ServiceRole } from './service-role';
import { connectorPrincipals, meteringPrincipals, NOBODY } from '../connector-principals';
import { acknowledge, acknowledgeWildcards } from '../nag-acknowledgements';
import { COST_EXPLORER_ROLE_NAME, physicalName } from '../names';
import { connectorManagementStatements } from '../policies/connector-management-role';
import { CONTROL_TOWER_ARN, enabledBaselinesArn, PORTFOLIO_ARN } from '../policies/control-tower-grants';
import { costExplorerStatement } from '../policies/cost-explorer-role';
import { ASSIGNMENT_ARNS, DIRECTORY_ARNS } from '../policies/identity-center-grants';
import { MANAGEMENT_ACCESS_ARNS } from '../policies/management-access';
import { managementRoleStatements } from '../policies/management-role';
import { memberRoleArn } from '../policies/member-role-arn';
import { ORGANIZATION_ARNS, POLICY_ARNS } from '../policies/organization-arns';
import { costExplorerRoleName, roleNameAndPath, roleOfThisAccount } from '../role-arn';
import { keepRules } from '../ruled-stack';
import { PREFLIGHT, trustedInManagement } from '../trusted-functions';

export interface ManagementRolesProps {
  readonly configuration: Configuration;
  /** Whether meshStack's own connector works here, too, by a role and the users of ServiceUserStack. */
  readonly servesConnector: boolean;
  /** Absent: no. Whether the role that reads costs is there already; then it stays as it is. */
  readonly existingCostExplorerRole?: boolean;
}

const DESCRIPTIONS: Readonly<Record<ManagementClass, string>> = {
  Create: 'Creates, imports and closes accounts of tenants',
  Arrange: 'Moves and tags accounts',
  ControlTower: 'Enrolls accounts in Control Tower by its Account Factory',
  IdentityCenter: 'Gives groups access to accounts, and takes it away',
  Read: 'Looks, and changes nothing',
  Enter: 'The way into member accounts',
  Management: 'Gives groups access to this account, and takes it away',
};

/**
 * What the management account lets the meshcloud account do: vend accounts, by a role for each class of rights, and
 * read costs.
 */
export class ManagementRoles extends Construct {
  readonly #trust: MeshcloudTrust;

  constructor(
    scope: Construct,
    id: string,
    { configuration, servesConnector, existingCostExplorerRole = false }: ManagementRolesProps,
  ) {
    super(scope, id);
    keepRules(this);
    this.#trust = new MeshcloudTrust(this, 'Trust');
    const { platform } = configuration;
    const configuredRole = platform.accessConfig.organizationRootAccountRole;
    const accounts = new ServiceAccounts(this, 'ServiceAccounts', {
      known: [this.#trust.accountId, accountOf(platform.automationAccountRole), ...(platform.sharedAccountIds ?? [])],
    });

    managementClassesIn(platform).forEach((ofClass) => {
      const role = new ServiceRole(this, `${ofClass}Role`, {
        ...roleNameAndPath(classRoleArn(configuredRole, ofClass)),
        description: DESCRIPTIONS[ofClass],
        trusted: this.#trust.principal({ roleNames: trustedInManagement(ofClass), userNames: [] }),
        statements: managementRoleStatements(ofClass, {
          configuration,
          externalIds: this.#trust.externalIds,
          serviceAccountIds: accounts.ids,
        }),
        managedPolicies:
          ofClass === 'ControlTower' && platform.enrollmentConfiguration !== undefined
            ? this.#accountFactoryPolicies()
            : [],
      });
      this.#accept(role, configuration);
      new CfnOutput(this, `${ofClass}RoleArn`, { value: role.roleArn });
    });
    if (servesConnector) this.#roleOfConnector(configuration);
    const costExplorerRole = existingCostExplorerRole
      ? Role.fromRoleName(this, 'CostExplorerRole', COST_EXPLORER_ROLE_NAME, { mutable: false })
      : this.#costExplorerRole(servesConnector);
    new CfnOutput(this, 'CostExplorerRoleArn', { value: costExplorerRole.roleArn });
    // What the configuration names: the roles above are named after it.
    new CfnOutput(this, 'ServiceRoleArn', { value: roleOfThisAccount(configuredRole) });
  }

  /** The document's single role. The application does not use it. */
  #roleOfConnector(configuration: Configuration): void {
    const { platform } = configuration;
    const role = new ServiceRole(this, 'ServiceRole', {
      ...roleNameAndPath(platform.accessConfig.organizationRootAccountRole),
      description: "meshStack's own connector: organization, Control Tower, and the way into member accounts",
      trusted: this.#trust.principal(connectorPrincipals(this)),
      statements: connectorManagementStatements(platform, this.#trust.externalIds),
      managedPolicies:
        platform.enrollmentConfiguration === undefined
          ? []
          : [
              ...this.#accountFactoryPolicies(),
              ManagedPolicy.fromAwsManagedPolicyName('AWSServiceCatalogAdminReadOnlyAccess'),
            ],
    });
    this.#accept(role, configuration);
  }

  #costExplorerRole(servesConnector: boolean): ServiceRole {
    const metering = servesConnector ? meteringPrincipals(this) : NOBODY;
    const role = new ServiceRole(this, 'CostExplorerRole', {
      ...roleNameAndPath(`/${costExplorerRoleName(this)}`),
      description: 'Reads costs for metering',
      trusted: this.#trust.principal(
        {
          roleNames: [physicalName('CollectCosts'), physicalName(PREFLIGHT), ...metering.roleNames],
          userNames: metering.userNames,
        },
        this.#trust.ofMetering(),
      ),
      statements: [costExplorerStatement()],
    });
    acknowledge(role, 'costsOfTheOrganization');
    return role;
  }

  #accountFactoryPolicies(): readonly IManagedPolicy[] {
    return [ManagedPolicy.fromAwsManagedPolicyName('AWSServiceCatalogEndUserFullAccess'), this.#accountFactoryPolicy()];
  }

  /** One, even where the connector's role has it as well. */
  #accountFactoryPolicy(): IManagedPolicy {
    const known = this.node.tryFindChild('AccountFactoryAccess');
    return known instanceof ManagedPolicy ? known : accountFactoryPolicy(this, 'AccountFactoryAccess');
  }

  /** Wildcards, each with its reason. */
  #accept(role: ServiceRole, { platform }: Configuration): void {
    acknowledgeWildcards(role, 'accountsToBe', memberRoleArn(platform.accountAccessRole));
    acknowledgeWildcards(
      role,
      'ownOrganization',
      ...ORGANIZATION_ARNS,
      ...POLICY_ARNS,
      CONTROL_TOWER_ARN,
      PORTFOLIO_ARN,
    );
    const { enrollmentConfiguration } = platform;
    if (enrollmentConfiguration !== undefined) {
      acknowledgeWildcards(role, 'baselines', enabledBaselinesArn(enrollmentConfiguration.region));
    }
    acknowledgeWildcards(role, 'assignments', ...ASSIGNMENT_ARNS);
    acknowledgeWildcards(role, 'directory', ...DIRECTORY_ARNS);
    acknowledgeWildcards(role, 'rolesOfPermissionSets', ...MANAGEMENT_ACCESS_ARNS);
    acknowledge(role, 'organizationWithoutResources', 'serviceCatalogEndUser', 'serviceCatalogReader');
  }
}

const accountOf = (roleArn: string): string => roleArn.split(':')[4] ?? '';
