import type { App } from 'aws-cdk-lib';

import { ConfigurationError } from '../functions/domain/base/errors';
import { AutomationAccountStack } from './automation-account-stack';
import { contextFlag } from './context-values';
import { IdentityCenterAccountStack } from './identity-center-account-stack';
import { ManagementAccountStack } from './management-account-stack';
import type { Rights } from './released-rights';

/** What the context says of the stacks of other accounts. */
interface AccountSettings {
  readonly servesConnector: boolean;
  readonly auditStackSet: boolean;
  readonly existingCostExplorerRole: boolean;
  readonly existingStackSetAdministrationRole: boolean;
}

/** @throws ConfigurationError where the context cannot be used */
export const accountSettings = (app: App): AccountSettings => ({
  servesConnector: contextFlag(app, 'serviceUser'),
  auditStackSet: contextFlag(app, 'auditStackSet'),
  existingCostExplorerRole: isExisting(app, 'costExplorerRole'),
  existingStackSetAdministrationRole: isExisting(app, 'stackSetAdministrationRole'),
});

/** The stacks of the accounts that the application works in. */
export function addAccountStacks(
  app: App,
  { configuration, accessStacks }: Rights,
  { servesConnector, auditStackSet, ...existing }: AccountSettings = accountSettings(app),
): void {
  new ManagementAccountStack(app, 'ManagementAccountStack', {
    description: 'Lets the meshcloud account vend accounts and read costs',
    configuration,
    servesConnector,
    existingCostExplorerRole: existing.existingCostExplorerRole,
  });
  new AutomationAccountStack(app, 'AutomationAccountStack', {
    description: 'Lets the meshcloud account roll out stack sets and call functions of landing zones',
    configuration,
    servesConnector,
    auditStackSet,
    accessStacks,
    existingStackSetAdministrationRole: existing.existingStackSetAdministrationRole,
  });
  const { identityCenterRole } = configuration.platform;
  if (identityCenterRole === undefined) return;
  new IdentityCenterAccountStack(app, 'IdentityCenterAccountStack', {
    description: 'Lets the meshcloud account work on groups of IAM Identity Center',
    platform: configuration.platform,
    roleArn: identityCenterRole,
  });
}

/** A role that is made unless it is said to be there. */
function isExisting(app: App, name: string): boolean {
  const value: unknown = app.node.tryGetContext(name);
  if (value === undefined) return false;
  if (value === 'existing') return true;
  throw new ConfigurationError(
    `The context ${name} can only be existing. Give it as --context ${name}=existing to keep a role that is there, or leave it out to have the role made.`,
  );
}
