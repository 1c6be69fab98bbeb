import { CfnStackSet } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

import type { AccessStack } from '../access-stacks';

export interface AccessStackSetsProps {
  readonly accessStacks: readonly AccessStack[];
  readonly administrationRole: IRole;
  /** The role that StackSets assume in members. */
  readonly executionRoleName: string;
}

/**
 * A stack set for each access stack. A template that changes is rolled out by the deployment, to all accounts that have
 * the stack.
 */
export class AccessStackSets extends Construct {
  constructor(scope: Construct, id: string, props: AccessStackSetsProps) {
    super(scope, id);
    for (const accessStack of props.accessStacks) this.#add(accessStack, props);
  }

  /** Its name has no prefix: by that of meshStack, the access role may see the stack in an account. */
  #add(
    { stackSetName, template, parameters }: AccessStack,
    { administrationRole, executionRoleName }: AccessStackSetsProps,
  ): void {
    const stackSet = new CfnStackSet(this, stackSetName, {
      stackSetName,
      description: 'What each account of the landing zone gets before all else',
      permissionModel: 'SELF_MANAGED',
      administrationRoleArn: administrationRole.roleArn,
      executionRoleName,
      // Several accounts are vended at once.
      managedExecution: { Active: true },
      capabilities: ['CAPABILITY_NAMED_IAM'],
      parameters: Object.entries(parameters).map(([parameterKey, parameterValue]) => ({
        parameterKey,
        parameterValue,
      })),
      templateBody: template,
    });
    stackSet.node.addDependency(administrationRole);
  }
}
