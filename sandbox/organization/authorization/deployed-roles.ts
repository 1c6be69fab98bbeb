import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App, type AppProps } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';

import cdkJson from '../../../cdk.json';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { accountOfRole } from '../../../functions/domain/configuration/service-accounts';
import { AutomationAccountStack } from '../../../infra/automation-account-stack';
import { IdentityCenterAccountStack } from '../../../infra/identity-center-account-stack';
import { ManagementAccountStack } from '../../../infra/management-account-stack';
import { type BundleName, physicalName, STORING_FUNCTION } from '../../../infra/names';
import { VendingStack } from '../../../infra/vending-stack';
import type { OrganizationSeed, ServiceRoleSeed } from '../organization-seed';
import { rolesInTemplate } from './template-policies';

/**
 * Leaves out what stands beside the templates, which takes most of the time: the rules for good templates (they have
 * their own test), where each construct was made, and the tree of all constructs.
 */
export const TEMPLATES_ALONE = {
  builtinCloudFormationValidation: false,
  stackTraces: false,
  treeMetadata: false,
} satisfies AppProps;

/** The templates of the CDK app, by stack. */
export type Templates = Readonly<
  Record<'VendingStack' | 'ManagementAccountStack' | 'AutomationAccountStack', unknown>
> & { readonly IdentityCenterAccountStack?: { readonly accountId: string; readonly template: unknown } };

/**
 * What the CDK app would deploy for this configuration. The code of the functions and the hash of the configuration are
 * left out: they take no part in what functions may do.
 */
export function synthesizedTemplates(configuration: Configuration): Templates {
  const outdir = mkdtempSync(path.join(tmpdir(), 'account-vending-templates-'));
  try {
    const app = new App({ context: cdkJson.context, outdir, ...TEMPLATES_ALONE });
    const stack = { configuration, servesConnector: false };
    const code = { codeOf: (name: BundleName) => Code.fromInline(`// ${name}`), kmsKeyArn: undefined };
    new VendingStack(app, 'VendingStack', { configuration, configurationHash: '', ...code });
    new ManagementAccountStack(app, 'ManagementAccountStack', { ...stack, configuration });
    new AutomationAccountStack(app, 'AutomationAccountStack', { ...stack, auditStackSet: false });
    const { platform } = configuration;
    const { identityCenterRole: roleArn } = platform;
    const center = 'IdentityCenterAccountStack';
    if (roleArn !== undefined) new IdentityCenterAccountStack(app, center, { platform, roleArn });
    const assembly = app.synth();
    const templateOf = (name: string): unknown => assembly.getStackByName(name).template;
    return {
      VendingStack: templateOf('VendingStack'),
      ManagementAccountStack: templateOf('ManagementAccountStack'),
      AutomationAccountStack: templateOf('AutomationAccountStack'),
      ...(roleArn === undefined
        ? {}
        : { IdentityCenterAccountStack: { accountId: accountOfRole(roleArn), template: templateOf(center) } }),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

type Place = Pick<OrganizationSeed, 'managementAccountId' | 'automationAccountId' | 'meshcloudAccountId'>;

export interface Deployment {
  readonly partition: string;
  readonly region: string;
  readonly externalId: string;
  /** While it is being changed: the one before. */
  readonly previousExternalId?: string;
}

/** The roles that these templates make in the three accounts of an organization. */
export function deployedRoles(
  templates: Templates,
  seed: Place,
  { partition, region, externalId, previousExternalId = '' }: Deployment,
): readonly ServiceRoleSeed[] {
  const trusting = {
    MeshcloudAccountId: seed.meshcloudAccountId,
    ExternalId: externalId,
    PreviousExternalId: previousExternalId,
  };
  const rolesIn = (template: unknown, accountId: string, parameters: Readonly<Record<string, string>>) =>
    rolesInTemplate(template, { partition, region, accountId, parameters });
  const { IdentityCenterAccountStack: delegated } = templates;
  return [
    ...rolesIn(templates.ManagementAccountStack, seed.managementAccountId, trusting),
    ...rolesIn(templates.AutomationAccountStack, seed.automationAccountId, trusting),
    ...(delegated === undefined ? [] : rolesIn(delegated.template, delegated.accountId, trusting)),
    // What works during a deployment alone calls nothing of the organization.
    ...rolesIn(templates.VendingStack, seed.meshcloudAccountId, { ExternalId: externalId }).filter(
      ({ name }) => name !== physicalName(STORING_FUNCTION),
    ),
  ];
}
