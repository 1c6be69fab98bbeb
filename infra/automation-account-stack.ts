import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { customizationsIn } from '../functions/domain/customizations/planned-customizations';
import { AutomationRoles, type AutomationRolesProps } from './constructs/automation-roles';
import { CustomizationProjects } from './constructs/customization-projects';
import { ruled, UNNAMED } from './ruled-stack';
import { withoutBootstrap } from './without-bootstrap';

export interface AutomationAccountStackProps extends StackProps, AutomationRolesProps {}

/** What the automation account lets the meshcloud account do, in a stack of its own. */
export class AutomationAccountStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      configuration,
      servesConnector,
      auditStackSet,
      accessStacks = [],
      existingStackSetAdministrationRole = false,
      ...props
    }: AutomationAccountStackProps,
  ) {
    super(scope, id, { ...withoutBootstrap(), ...ruled(scope, id), ...props });
    const options = { accessStacks, existingStackSetAdministrationRole };
    new AutomationRoles(this, UNNAMED, { configuration, servesConnector, auditStackSet, ...options });
    if (customizationsIn(configuration).length > 0)
      new CustomizationProjects(this, 'Customizations', { configuration });
  }
}
