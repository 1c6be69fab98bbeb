import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { actionsInManagement } from '../functions/aws/permissions/function-permissions';
import type { PlatformConfiguration } from '../functions/domain/configuration/platform-configuration';
import { accountOfRole } from '../functions/domain/configuration/service-accounts';
import { MeshcloudTrust } from './constructs/meshcloud-trust';
import { ServiceRole } from './constructs/service-role';
import { acknowledgeWildcards } from './nag-acknowledgements';
import { statementsFor } from './policies/grant';
import { ASSIGNMENT_ARNS, delegatedGrants, DIRECTORY_ARNS } from './policies/identity-center-grants';
import { roleNameAndPath } from './role-arn';
import { keepRules, ruled } from './ruled-stack';
import { trustedInManagement } from './trusted-functions';
import { withoutBootstrap } from './without-bootstrap';

export interface IdentityCenterAccountStackProps extends StackProps {
  readonly platform: PlatformConfiguration;
  /** The ARN of the role, as it is configured. */
  readonly roleArn: string;
}

/**
 * What the delegated administrator account of IAM Identity Center lets the meshcloud account do: work on groups, and on
 * what they have in accounts of tenants.
 */
export class IdentityCenterAccountStack extends Stack {
  constructor(scope: Construct, id: string, { platform, roleArn, ...props }: IdentityCenterAccountStackProps) {
    super(scope, id, { ...withoutBootstrap(), ...ruled(scope, id), ...props });
    keepRules(this);
    const trust = new MeshcloudTrust(this, 'Trust');
    const management = accountOfRole(platform.accessConfig.organizationRootAccountRole);
    const role = new ServiceRole(this, 'IdentityCenterRole', {
      ...roleNameAndPath(roleArn),
      description: 'Gives groups access to accounts, and takes it away',
      trusted: trust.principal({ roleNames: trustedInManagement('IdentityCenter'), userNames: [] }),
      statements: statementsFor(actionsInManagement('IdentityCenter'), delegatedGrants(platform, management)),
    });
    acknowledgeWildcards(role, 'assignments', ...ASSIGNMENT_ARNS);
    acknowledgeWildcards(role, 'directory', ...DIRECTORY_ARNS);
    new CfnOutput(this, 'IdentityCenterRoleArn', { value: role.roleArn });
  }
}
