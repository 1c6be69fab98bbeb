import { existsSync } from 'node:fs';
import path from 'node:path';

import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { AwsSolutionsChecks } from 'cdk-nag';

import { ConfigurationError } from '../functions/domain/base/errors';
import type { Configuration } from '../functions/domain/configuration/configuration';
import { version } from '../package.json';
import { accountSettings, addAccountStacks } from './account-stacks';
import { bundleFolder, bundleFunctions, bundleFunctionsOnce } from './bundle';
import { loadConfiguration } from './config';
import { connectorFederation } from './connector-federation';
import { consoleSettings } from './console-settings';
import { ConsoleStack } from './console-stack';
import { contextFlag, contextText, hasMeteringExternalId } from './context-values';
import { eventForwarding } from './event-forwarding';
import { EventForwardingStack } from './event-forwarding-stack';
import { rulesOf } from './deployment-rules';
import { notificationSettings } from './notification-settings';
import { NotificationStack, type NotificationStackProps } from './notification-stack';
import { rightsOf } from './released-rights';
import { ServiceUserStack } from './service-user-stack';
import { VendingStack } from './vending-stack';

/**
 * The CDK app: a stack for each account, none of which knows another, so that each is deployed alone, with credentials
 * of its account.
 *
 * Its context: `configDir` is the folder of the operator's configuration, `releasedConfigDir` that of the released one
 * while a rollout is to come, `kmsKeyArn` a customer's key. `auditStackSet` adds a stack set that records what is done
 * in accounts; `serviceUser` the users of meshStack's own connector and their trust, `serviceUserAccessKeys` their
 * keys, and `connectorIssuer` with `connectorAudience`, `connectorSubject` and `meteringSubject` the tokens in place of
 * keys. `eventSenders` alone may put desired states on the bus; `apiLogs` is false where the API writes no logs.
 * `eventForwarding` is the bus to which events of AWS are forwarded. `costExplorerRole` and
 * `stackSetAdministrationRole` are `existing` where these roles are there already.
 * `meteringExternalId` gives metering an ExternalId of its own. What strict organizations ask for is in
 * `deployment-rules.ts`, what makes NotificationStack in `notification-settings.ts`, ConsoleStack in
 * `console-settings.ts`. `bundleCache` and `consoleBundle`, folders, are for the local AWS and for tests.
 *
 * @throws ConfigurationError when the configuration or the context cannot be used
 */
export function vendingApp(props: AppProps = {}): App {
  const app = new App(props);
  const configurationFolder = contextText(app, 'configDir') ?? 'config';
  const configuration = loadConfiguration(configurationFolder);
  const rights = rightsOf(app, configuration, configurationFolder);
  // All of the context is read, and its faults reported, before anything is bundled.
  const settings = settingsOf(app, configuration);
  rulesOf(app);
  hasMeteringExternalId(app);
  connectorFederation(app);
  // esbuild takes a path from the project's root, and everything else from the working directory.
  const bundles = path.resolve(app.outdir, 'bundles');
  const cache = contextText(app, 'bundleCache');
  if (cache === undefined) bundleFunctions(bundles, configuration);
  else bundleFunctionsOnce(bundles, configuration, cache);
  new VendingStack(app, 'VendingStack', {
    description: 'Vends AWS accounts for meshStack tenants',
    configuration,
    rightsFor: rights.configuration.platform,
    codeOf: (name) => Code.fromAsset(bundleFolder(bundles, name)),
    kmsKeyArn: settings.kmsKeyArn,
    eventSenders: settings.eventSenders,
    eventForwarding: settings.forwarding,
    writesApiLogs: settings.writesApiLogs,
  });
  addAccountStacks(app, rights, settings);
  addForwarding(app, settings);
  addNotifications(app, settings, {
    platform: configuration.platform,
    codeOf: (name) => Code.fromAsset(bundleFolder(bundles, name)),
  });
  addConsole(app, settings);
  if (settings.servesConnector) {
    new ServiceUserStack(app, 'ServiceUserStack', {
      description: "Users of meshStack's own connector",
      platform: configuration.platform,
      accessKeys: settings.accessKeys,
      kmsKeyArn: settings.kmsKeyArn,
    });
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/** A stack for each account and region in which AWS tells of what runs wait for, where that is asked for. */
function addForwarding(app: App, { forwarding }: ReturnType<typeof settingsOf>): void {
  for (const place of forwarding?.places ?? []) {
    new EventForwardingStack(app, place.stackId, {
      description: 'Tells the account-vending application what AWS has ended',
      place,
      busArn: forwarding?.busArn ?? '',
    });
  }
}

/** A stack for those who want to be told, where anything of it is asked for. */
function addNotifications(
  app: App,
  { notifications, kmsKeyArn }: ReturnType<typeof settingsOf>,
  parts: Pick<NotificationStackProps, 'platform' | 'codeOf'>,
): void {
  if (notifications === undefined) return;
  const description = 'Tells of vendings in a chat and by a webhook';
  new NotificationStack(app, 'NotificationStack', { description, ...parts, settings: notifications, kmsKeyArn });
}

/** A page for people that IAM Identity Center lets in, where it is asked for. */
function addConsole(app: App, { console: settings, kmsKeyArn, writesApiLogs }: ReturnType<typeof settingsOf>): void {
  if (settings === undefined) return;
  const folder = contextText(app, 'consoleBundle') ?? 'console/dist';
  if (!existsSync(path.join(folder, 'index.html'))) {
    throw new ConfigurationError(
      `The context asks for a console, and ${folder} has none. Build it with npm run build:console, then synthesize again.`,
    );
  }
  new ConsoleStack(app, 'ConsoleStack', {
    description: 'The console for people, behind IAM Identity Center',
    settings,
    kmsKeyArn,
    writesApiLogs,
    version,
    bundle: Source.asset(folder),
  });
}

/** What the context says, besides the deployment rules. */
const settingsOf = (app: App, configuration: Configuration) => ({
  kmsKeyArn: keyArn(app),
  eventSenders: eventSenders(app),
  forwarding: eventForwarding(app, configuration),
  writesApiLogs: contextFlag(app, 'apiLogs', true),
  ...accountSettings(app),
  accessKeys: contextFlag(app, 'serviceUserAccessKeys'),
  notifications: notificationSettings(app),
  console: consoleSettings(app, configuration.platform),
});

function keyArn(app: App): string | undefined {
  const arn = contextText(app, 'kmsKeyArn');
  if (arn === undefined || /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/u.test(arn)) return arn;
  throw new ConfigurationError(
    `The context kmsKeyArn is "${arn}", which is not the ARN of a KMS key. Give it as arn:<partition>:kms:<region>:<account>:key/<id>, not an alias.`,
  );
}

/** No wildcards, so that every sender is named explicitly. */
const SENDER = /^(?:\d{12}|o-[a-z0-9]{10,32}|arn:[\w-]+:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+)$/u;

/** The only senders of desired states: accounts, organizations, and ARNs of roles or users. */
function eventSenders(app: App): readonly string[] {
  const senders = (contextText(app, 'eventSenders') ?? '').split(',').filter((sender) => sender !== '');
  const wrong = senders.find((sender) => !SENDER.test(sender));
  if (wrong === undefined) return senders;
  throw new ConfigurationError(
    `The context eventSenders names "${wrong}", which is no account, no organization, and no role or user. Give account ids of 12 digits, the id of an organization (o-…), or ARNs as arn:<partition>:iam::<account>:role/<name>, separated by commas.`,
  );
}
