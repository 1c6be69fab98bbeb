import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

/** Stacks of the CDK app by their ids. */
export type StackId =
  | 'VendingStack'
  | 'ManagementAccountStack'
  | 'AutomationAccountStack'
  | 'IdentityCenterAccountStack';

/** A stack as it was synthesized. */
export interface SynthesizedStack {
  /** With a prefix of names, another one than the id. */
  readonly name: string;
  readonly template: string;
  /** The names of its parameters. */
  readonly parameters: readonly string[];
}

const ManifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.object({ templateFile: z.string().optional(), stackName: z.string().optional() }).optional(),
    }),
  ),
});

const TemplateSchema = z.object({ Parameters: z.record(z.string(), z.unknown()).default({}) });

/** @param folder as `cdk synth --output` has filled it */
export function readAssembly(folder: string): ReadonlyMap<string, SynthesizedStack> {
  const manifest = ManifestSchema.parse(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')));
  const stacks = Object.entries(manifest.artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return new Map(
    stacks.map(([id, { properties = {} }]) => {
      const template = readFileSync(path.join(folder, properties.templateFile ?? `${id}.template.json`), 'utf8');
      const { Parameters } = TemplateSchema.parse(JSON.parse(template));
      return [id, { name: properties.stackName ?? id, template, parameters: Object.keys(Parameters) }];
    }),
  );
}
