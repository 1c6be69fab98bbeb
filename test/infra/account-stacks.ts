import { Code } from 'aws-cdk-lib/aws-lambda';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { AccessStack } from '../../infra/access-stacks';
import { AutomationAccountStack } from '../../infra/automation-account-stack';
import { IdentityCenterAccountStack } from '../../infra/identity-center-account-stack';
import { ManagementAccountStack } from '../../infra/management-account-stack';
import { notificationSettings } from '../../infra/notification-settings';
import { NotificationStack } from '../../infra/notification-stack';
import { ServiceUserStack } from '../../infra/service-user-stack';
import { CONFIGURATION, type Context, testedApp } from './synthesized-stack';

export interface AccountStackOptions {
  readonly configuration?: Configuration;
  readonly servesConnector?: boolean;
  readonly auditStackSet?: boolean;
  readonly accessStacks?: readonly AccessStack[];
  readonly accessKeys?: boolean;
  readonly kmsKeyArn?: string;
  readonly context?: Context;
  /** The role that others look for by its name is there already. */
  readonly existingRole?: boolean;
}

export const managementStack = (options: AccountStackOptions = {}): ManagementAccountStack =>
  new ManagementAccountStack(testedApp(options.context), 'ManagementAccountStack', {
    configuration: options.configuration ?? CONFIGURATION,
    servesConnector: options.servesConnector ?? false,
    existingCostExplorerRole: options.existingRole ?? false,
  });

export const automationStack = (options: AccountStackOptions = {}): AutomationAccountStack =>
  new AutomationAccountStack(testedApp(options.context), 'AutomationAccountStack', {
    configuration: options.configuration ?? CONFIGURATION,
    servesConnector: options.servesConnector ?? false,
    auditStackSet: options.auditStackSet ?? false,
    accessStacks: options.accessStacks ?? [],
    existingStackSetAdministrationRole: options.existingRole ?? false,
  });

export const identityCenterStack = (roleArn: string, options: AccountStackOptions = {}): IdentityCenterAccountStack =>
  new IdentityCenterAccountStack(testedApp(options.context), 'IdentityCenterAccountStack', {
    platform: (options.configuration ?? CONFIGURATION).platform,
    roleArn,
  });

export const serviceUserStack = ({
  accessKeys = false,
  kmsKeyArn,
  context,
}: AccountStackOptions = {}): ServiceUserStack =>
  new ServiceUserStack(testedApp(context), 'ServiceUserStack', {
    platform: CONFIGURATION.platform,
    accessKeys,
    kmsKeyArn,
  });

/** What its context asks for, and perhaps a customer's key. */
export function notificationStack({
  kmsKeyArn,
  ...context
}: { readonly kmsKeyArn?: string } & Context): NotificationStack {
  const app = testedApp(context);
  const settings = notificationSettings(app);
  if (settings === undefined) throw new Error('The context asks for no notifications.');
  return new NotificationStack(app, 'NotificationStack', {
    platform: CONFIGURATION.platform,
    settings,
    codeOf: (name) => Code.fromInline(`// ${name}`),
    kmsKeyArn,
  });
}

/** The example with one landing zone that has everything, and the platform as a test wants it. */
export const configurationWith = (
  platform: Partial<Configuration['platform']>,
  landingZone: Partial<NonNullable<Configuration['landingZones'][string]>> = {},
): Configuration => {
  const [[name, example] = ['', undefined]] = Object.entries(CONFIGURATION.landingZones);
  if (example === undefined) throw new Error('The example configuration has no landing zone.');
  return {
    platform: { ...CONFIGURATION.platform, ...platform },
    landingZones: { [name]: { ...example, ...landingZone } },
  };
};

/** The example without some blocks of the platform. */
export const configurationWithout = (...blocks: readonly (keyof Configuration['platform'])[]): Configuration => {
  const platform = Object.entries(CONFIGURATION.platform).filter(([name]) => blocks.every((block) => block !== name));
  return { ...CONFIGURATION, platform: Object.fromEntries(platform) as Configuration['platform'] };
};

export const LANDING_ZONE_FUNCTION = 'arn:aws:lambda:eu-central-1:333333333333:function:landing-zone';
