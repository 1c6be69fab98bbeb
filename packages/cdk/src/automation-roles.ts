import { Construct } from 'constructs';

import { accessStacksIn } from '../../../infra/access-stacks';
import { AutomationRoles as Roles } from '../../../infra/constructs/automation-roles';
import { UNNAMED } from '../../../infra/ruled-stack';
import type { ConfigurationSource } from './configuration-source';
import { readConfiguration } from './read-configuration';

export interface AutomationRolesProps {
  readonly configuration: ConfigurationSource;
  /** Whether meshStack's own connector works here, too. Absent: no. */
  readonly servesConnector?: boolean;
  /** Whether there is a stack set by which accounts get a CloudTrail trail. Absent: no. */
  readonly auditStackSet?: boolean;
  /** Whether the role that stack sets are administered by is there already; then it stays as it is. Absent: no. */
  readonly existingStackSetAdministrationRole?: boolean;
}

/**
 * The roles in the automation account, and the stack sets that belong to the configuration. It brings the parameters
 * `MeshcloudAccountId`, `ExternalId` and `PreviousExternalId` to its stack.
 *
 * @throws ConfigurationError with a line for each fault of the configuration
 */
export class AutomationRoles extends Construct {
  constructor(scope: Construct, id: string, props: AutomationRolesProps) {
    super(scope, id);
    const { configuration, templatesFolder } = readConfiguration(props.configuration);
    const { servesConnector = false, auditStackSet = false, existingStackSetAdministrationRole = false } = props;
    const accessStacks = [...accessStacksIn(configuration, templatesFolder).values()];
    const options = { servesConnector, auditStackSet, existingStackSetAdministrationRole };
    new Roles(this, UNNAMED, { configuration, accessStacks, ...options });
  }
}
