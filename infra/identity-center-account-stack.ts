import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

import { actionsInManagement, identityCenterReadRoleArn } from '../functions/aws/permissions/function-permissions';
import type { PlatformConfiguration } from '../functions/domain/configuration/platform-configuration';
import { accountOfRole } from '../functions/domain/configuration/service-accounts';
import { MeshcloudTrust } from './constructs/meshcloud-trust';
import { ServiceRole } from './constructs/service-role';
import { acknowledgeWildcards } from './nag-acknowledgements';
import { statementsFor } from './policies/grant';
import { ASSIGNMENT_ARNS, delegatedGrants, DIRECTORY_ARNS } from './policies/identity-center-grants';
import { physicalName } from './names';
import { roleNameAndPath, roleOfThisAccount } from './role-arn';
import { keepRules, ruled } from './ruled-stack';
import { PREFLIGHT, trustedInManagement } from './trusted-functions';
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
    this.#roleOfPreflight(trust, roleArn);
    acknowledgeWildcards(role, 'assignments', ...ASSIGNMENT_ARNS);
    acknowledgeWildcards(role, 'directory', ...DIRECTORY_ARNS);
    new CfnOutput(this, 'IdentityCenterRoleArn', { value: role.roleArn });
  }

  /** A preflight writes nothing, so it does not enter the role that could. */
  #roleOfPreflight(trust: MeshcloudTrust, roleArn: string): void {
    const arn = identityCenterReadRoleArn(roleArn);
    if (arn === undefined) return;
    new ServiceRole(this, 'ReadRole', {
      ...roleNameAndPath(arn),
      description: 'Looks at the role that works on groups, and changes nothing',
      trusted: trust.principal({ roleNames: [physicalName(PREFLIGHT)], userNames: [] }),
      statements: [
        new PolicyStatement({
          sid: 'PreflightTrust',
          actions: ['iam:GetRole'],
          resources: [roleOfThisAccount(roleArn)],
        }),
      ],
    });
  }
}
