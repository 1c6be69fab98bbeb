import { CfnManagedPolicy, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

import { acknowledge } from '../nag-acknowledgements';
import { accountFactoryStatement } from '../policies/account-factory';
import { documentOf } from './service-role';

/** Only where accounts are enrolled: nobody else needs the Account Factory. */
export function accountFactoryPolicy(scope: Construct, id: string): ManagedPolicy {
  const policy = new ManagedPolicy(scope, id, {
    description: 'What the Account Factory of Control Tower does in the name of its caller',
    document: documentOf([accountFactoryStatement()]),
  });
  acknowledge(policy, 'accountFactory');
  acceptRetiredActions(policy);
  return policy;
}

/** Some actions of the list exist no longer; AWS lists them all the same, and cfn-lint knows only those that exist. */
function acceptRetiredActions(policy: ManagedPolicy): void {
  const resource = policy.node.defaultChild;
  if (resource instanceof CfnManagedPolicy) {
    resource.addMetadata('cfn-lint', { config: { ignore_checks: ['W3037'] } });
  }
}
