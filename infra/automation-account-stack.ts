import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

import type { Configuration } from '../functions/domain/configuration';
import { AuditStackSet } from './constructs/audit-stack-set';
import { MeshcloudTrust } from './constructs/meshcloud-trust';
import { ServiceRole } from './constructs/service-role';
import { acknowledge, acknowledgeWildcards } from './nag-acknowledgements';
import { SERVICE_USER_NAME, STACK_SET_ADMINISTRATION_ROLE_NAME, STACK_SET_EXECUTION_ROLE_NAME } from './names';
import { automationRoleStatements, stackSetArn, stackSetsOf, targetArns } from './policies/automation-role';
import { memberRoleArn } from './policies/member-role-arn';
import { stackSetAdministrationStatement } from './policies/stack-set-administration-role';
import { roleNameAndPath } from './role-arn';
import { rolesIntoAutomation } from './trusted-functions';

export interface AutomationAccountStackProps extends StackProps {
  readonly configuration: Configuration;
  /** Whether meshStack's own connector works with this role, too, by the user of ServiceUserStack. */
  readonly servesConnector: boolean;
  /** Whether there is a stack set by which accounts get a CloudTrail trail. */
  readonly auditStackSet: boolean;
}

/** What the automation account lets the meshcloud account do: roll out stack sets and call the functions of landing zones. */
export class AutomationAccountStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { configuration, servesConnector, auditStackSet, ...props }: AutomationAccountStackProps,
  ) {
    super(scope, id, props);
    const { platform } = configuration;
    const trust = new MeshcloudTrust(this, 'Trust');
    const userNames = servesConnector ? [SERVICE_USER_NAME] : [];
    const executionRoleName = platform.stackSetExecutionRole?.name ?? STACK_SET_EXECUTION_ROLE_NAME;

    const automationRole = new ServiceRole(this, 'AutomationRole', {
      ...roleNameAndPath(platform.automationAccountRole),
      description: 'Rolls out stack sets and calls the functions of landing zones',
      trusted: trust.principal({ roleNames: rolesIntoAutomation(), userNames }),
      statements: automationRoleStatements({ configuration, servesConnector }),
    });
    acknowledgeWildcards(automationRole, 'stackSetIds', ...stackSetsOf(configuration).map(stackSetArn));
    acknowledgeWildcards(automationRole, 'stackSetTargets', ...targetArns(stackSetsOf(configuration)));
    if (servesConnector) acknowledge(automationRole, 'documentsAutomationPolicy');

    const administrationRole = new ServiceRole(this, 'StackSetAdministrationRole', {
      roleName: STACK_SET_ADMINISTRATION_ROLE_NAME,
      path: '/',
      description: 'CloudFormation StackSets: the way into the execution role of each account',
      trusted: new ServicePrincipal('cloudformation.amazonaws.com'),
      statements: [stackSetAdministrationStatement(executionRoleName)],
    });
    acknowledgeWildcards(administrationRole, 'accountsToBe', memberRoleArn(executionRoleName));

    new CfnOutput(this, 'AutomationRoleArn', { value: automationRole.roleArn });
    new CfnOutput(this, 'StackSetAdministrationRoleArn', { value: administrationRole.roleArn });
    if (auditStackSet) {
      const { stackSet, bucket } = new AuditStackSet(this, 'Audit', { administrationRole, executionRoleName });
      new CfnOutput(this, 'AuditStackSetName', { value: stackSet.stackSetName });
      new CfnOutput(this, 'AuditBucketName', { value: bucket.bucketName });
    }
  }
}
