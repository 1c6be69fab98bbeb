import { Construct } from 'constructs';

import { ManagementRoles as Roles } from '../../../infra/constructs/management-roles';
import { UNNAMED } from '../../../infra/ruled-stack';
import type { ConfigurationSource } from './configuration-source';
import { readConfiguration } from './read-configuration';

export interface ManagementRolesProps {
  readonly configuration: ConfigurationSource;
  /** Whether meshStack's own connector works here, too. Absent: no. */
  readonly servesConnector?: boolean;
  /** Whether the role that reads costs is there already; then it stays as it is. Absent: no. */
  readonly existingCostExplorerRole?: boolean;
}

/**
 * The roles in the management account. It brings the parameters `MeshcloudAccountId`, `ExternalId` and
 * `PreviousExternalId` to its stack.
 *
 * @throws ConfigurationError with a line for each fault of the configuration
 */
export class ManagementRoles extends Construct {
  constructor(scope: Construct, id: string, props: ManagementRolesProps) {
    super(scope, id);
    const { configuration } = readConfiguration(props.configuration);
    const { servesConnector = false, existingCostExplorerRole = false } = props;
    new Roles(this, UNNAMED, { configuration, servesConnector, existingCostExplorerRole });
  }
}
