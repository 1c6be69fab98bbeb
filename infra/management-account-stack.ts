import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { ManagementRoles, type ManagementRolesProps } from './constructs/management-roles';
import { ruled, UNNAMED } from './ruled-stack';
import { withoutBootstrap } from './without-bootstrap';

export interface ManagementAccountStackProps extends StackProps, ManagementRolesProps {}

/** What the management account lets the meshcloud account do, in a stack of its own. */
export class ManagementAccountStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { configuration, servesConnector, existingCostExplorerRole = false, ...props }: ManagementAccountStackProps,
  ) {
    super(scope, id, { ...withoutBootstrap(), ...ruled(scope, id), ...props });
    new ManagementRoles(this, UNNAMED, { configuration, servesConnector, existingCostExplorerRole });
  }
}
