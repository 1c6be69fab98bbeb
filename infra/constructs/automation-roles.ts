import { CfnOutput } from 'aws-cdk-lib';
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

import { AUTOMATION_CLASSES, type AutomationClass } from '../../functions/aws/permissions/step-permissions';
import { classRoleArn } from '../../functions/aws/permissions/function-permissions';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { AccessStack } from '../access-stacks';
import { AccessStackSets } from './access-stack-sets';
import { AuditStackSet } from './audit-stack-set';
import { MeshcloudTrust } from './meshcloud-trust';
import { ServiceRole } from './service-role';
import { connectorPrincipals } from '../connector-principals';
import { acknowledge, acknowledgeWildcards } from '../nag-acknowledgements';
import { STACK_SET_ADMINISTRATION_ROLE_NAME, STACK_SET_EXECUTION_ROLE_NAME } from '../names';
import {
  automationRoleStatements,
  connectorAutomationStatement,
  stackSetArn,
  stackSetsOf,
  targetArns,
} from '../policies/automation-role';
import { memberRoleArn } from '../policies/member-role-arn';
import { stackSetAdministrationStatement } from '../policies/stack-set-administration-role';
import { roleNameAndPath, roleOfThisAccount } from '../role-arn';
import { keepRules } from '../ruled-stack';
import { trustedInAutomation } from '../trusted-functions';

export interface AutomationRolesProps {
  readonly configuration: Configuration;
  /** Whether meshStack's own connector works with this role, too, by the user of ServiceUserStack. */
  readonly servesConnector: boolean;
  /** Whether there is a stack set by which accounts get a CloudTrail trail. */
  readonly auditStackSet: boolean;
  /** Absent: none. The templates that accounts of landing zones get first. */
  readonly accessStacks?: readonly AccessStack[];
  /** Absent: no. Whether the role that stack sets are administered by is there already; then it stays as it is. */
  readonly existingStackSetAdministrationRole?: boolean;
}

/**
 * What the automation account lets the meshcloud account do: roll out stack sets and call the functions of landing
 * zones.
 */
export class AutomationRoles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    {
      configuration,
      servesConnector,
      auditStackSet,
      accessStacks = [],
      existingStackSetAdministrationRole = false,
    }: AutomationRolesProps,
  ) {
    super(scope, id);
    keepRules(this);
    const { platform } = configuration;
    const trust = new MeshcloudTrust(this, 'Trust');
    const executionRoleName = platform.stackSetExecutionRole?.name ?? STACK_SET_EXECUTION_ROLE_NAME;

    AUTOMATION_CLASSES.forEach((ofClass) => {
      const role = new ServiceRole(this, `${ofClass}Role`, {
        ...roleNameAndPath(classRoleArn(platform.automationAccountRole, ofClass)),
        description: DESCRIPTIONS[ofClass],
        trusted: trust.principal({ roleNames: trustedInAutomation(ofClass), userNames: [] }),
        statements: automationRoleStatements(ofClass, configuration),
      });
      acknowledgeWildcards(role, 'stackSetIds', ...stackSetsOf(configuration).map(stackSetArn));
      acknowledgeWildcards(role, 'stackSetTargets', ...targetArns(stackSetsOf(configuration)));
      new CfnOutput(this, `${ofClass}RoleArn`, { value: role.roleArn });
    });
    if (servesConnector) this.#roleOfConnector(configuration, trust);

    const administrationRole = existingStackSetAdministrationRole
      ? Role.fromRoleName(this, 'StackSetAdministrationRole', STACK_SET_ADMINISTRATION_ROLE_NAME, { mutable: false })
      : this.#administrationRole(executionRoleName);

    // What the configuration names: the roles above are named after it.
    new CfnOutput(this, 'AutomationRoleArn', { value: roleOfThisAccount(platform.automationAccountRole) });
    new CfnOutput(this, 'StackSetAdministrationRoleArn', { value: administrationRole.roleArn });
    if (accessStacks.length > 0) {
      new AccessStackSets(this, 'AccessStacks', { accessStacks, administrationRole, executionRoleName });
    }
    if (auditStackSet) {
      const { stackSet, bucket } = new AuditStackSet(this, 'Audit', { administrationRole, executionRoleName });
      new CfnOutput(this, 'AuditStackSetName', { value: stackSet.stackSetName });
      new CfnOutput(this, 'AuditBucketName', { value: bucket.bucketName });
    }
  }

  #administrationRole(executionRoleName: string): IRole {
    const role = new ServiceRole(this, 'StackSetAdministrationRole', {
      roleName: STACK_SET_ADMINISTRATION_ROLE_NAME,
      path: '/',
      description: 'CloudFormation StackSets: the way into the execution role of each account',
      trusted: new ServicePrincipal('cloudformation.amazonaws.com'),
      statements: [stackSetAdministrationStatement(executionRoleName)],
    });
    acknowledgeWildcards(role, 'accountsToBe', memberRoleArn(executionRoleName));
    return role;
  }

  /** The document's single role. The application does not use it. */
  #roleOfConnector({ platform }: Configuration, trust: MeshcloudTrust): void {
    const role = new ServiceRole(this, 'AutomationRole', {
      ...roleNameAndPath(platform.automationAccountRole),
      description: "meshStack's own connector: rolls out stack sets and calls the functions of landing zones",
      trusted: trust.principal(connectorPrincipals(this)),
      statements: [connectorAutomationStatement()],
    });
    acknowledge(role, 'documentsAutomationPolicy');
  }
}

const DESCRIPTIONS: Readonly<Record<AutomationClass, string>> = {
  StackSets: 'Rolls out stack sets, and takes them back',
  Functions: 'Calls the functions of landing zones',
  Customizations: 'Starts and watches the builds that customize accounts',
  Read: 'Looks, and changes nothing',
};
