import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { memberRoleArn } from './member-role-arn';

/** What StackSets may do in the automation account: go into members by their execution role. */
export const stackSetAdministrationStatement = (executionRoleName: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'AllowAssumeCloudFormationExecutionOnAllAccounts',
    actions: ['sts:AssumeRole'],
    resources: [memberRoleArn(executionRoleName)],
  });
