import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App } from 'aws-cdk-lib';
import * as z from 'zod';

import cdkJson from '../../cdk.json';
import { addAccountStacks } from '../../infra/account-stacks';
import { loadConfiguration } from '../../infra/config';
import { rightsOf } from '../../infra/released-rights';

/** Values of the context of the CDK app, as `cdk deploy --context` takes them. */
export type Context = Readonly<Record<string, string>>;

/** As much of a template of CloudFormation as counts here. */
export const TemplateSchema = z.object({
  Description: z.string().optional(),
  Parameters: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
});

export type Template = z.infer<typeof TemplateSchema>;

export const ACCOUNTS = {
  ManagementAccountStack: 'management',
  AutomationAccountStack: 'automation',
  IdentityCenterAccountStack: 'identity-center',
} as const;

/**
 * The templates that the CDK app makes for the accounts in which the application works, by stack. They are made of
 * nothing but IAM, stack sets and the audit's bucket: no function, no asset, nothing of a bootstrap.
 *
 * @throws ConfigurationError where the configuration or the context cannot be used
 */
export function accountTemplates(configurationFolder: string, context: Context): ReadonlyMap<string, Template> {
  const configuration = loadConfiguration(configurationFolder);
  const outdir = mkdtempSync(path.join(tmpdir(), 'account-vending-roles-'));
  try {
    const options = { outdir, analyticsReporting: false, treeMetadata: false, stackTraces: false };
    const app = new App({ ...options, context: { ...cdkJson.context, ...context } });
    addAccountStacks(app, rightsOf(app, configuration, configurationFolder));
    return new Map(app.synth().stacks.map(({ id, template }) => [id, TemplateSchema.parse(template)]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
