import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { reasonOf } from '../../infra/json-file';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { ACCOUNTS, type Context, type Template } from './account-templates';
import { parameterizedTemplates } from './parameterized';
import { terraformModule } from './terraform-module';

export interface RolesOptions {
  readonly json: boolean;
  /** Of the configuration. */
  readonly configurationFolder: string;
  readonly context: Context;
  /** What is written. */
  readonly as: 'cloudformation' | 'terraform' | 'both';
  readonly out: string;
}

/**
 * `account-vending roles`: writes what the management and the automation account, and a delegated administrator of IAM
 * Identity Center, have to let the meshcloud account do, for those who deploy without the CDK.
 *
 * @throws ConfigurationError or OperatorError before anything is written
 */
export function writeRoles(options: RolesOptions, { print }: Pick<CommandContext, 'print'>): number {
  const { json, out, configurationFolder, context } = options;
  const files = filesOf(parameterizedTemplates(configurationFolder, context), options.as);
  for (const [name, text] of files) write(path.join(out, name), text);
  const written = files.map(([name]) => path.join(out, name));
  print(json ? `${JSON.stringify({ written }, null, 2)}\n` : written.map((name) => `${name}\n`).join(''));
  return 0;
}

type NamedText = readonly [name: string, text: string];

function filesOf(templates: ReadonlyMap<string, Template>, as: RolesOptions['as']): readonly NamedText[] {
  return Object.entries(ACCOUNTS).flatMap(([stack, account]) => {
    const template = templates.get(stack);
    if (template === undefined) return [];
    const modules = as === 'cloudformation' ? [] : Object.entries(terraformModule(template));
    return [
      ...(as === 'terraform' ? [] : [[`cloudformation/${account}-account.json`, templateText(template)] as const]),
      ...modules.map(([name, text]) => [`terraform/${account}/${name}`, text] as const),
    ];
  });
}

/** A line for each statement: short enough for CloudFormation to take it as it is, and a person can compare it. */
function templateText(template: Template): string {
  const text = JSON.stringify(template, null, 1);
  return `${text.replaceAll(/\n {7,}/gu, '').replaceAll(/\n {6}(?=[\]}])/gu, '')}\n`;
}

function write(file: string, text: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (cause) {
    throw new OperatorError(`${file} cannot be written: ${reasonOf(cause)}. Name another folder by --out.`);
  }
}
