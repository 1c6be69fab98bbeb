import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parseDocument } from 'yaml';
import * as z from 'zod';

import { AccessStackSchema } from '../functions/domain/configuration/access-stack-schema';
import { accessStackSetName } from '../functions/domain/configuration/access-stack';
import type { Configuration } from '../functions/domain/configuration/configuration';
import { ConfigurationError } from '../functions/domain/base/errors';
import { checked, faultOf, refused, type Checked, type Fault } from '../functions/domain/base/fault';
import { ALWAYS_PASSED } from '../functions/domain/stack-sets/landing-zone-parameters';
import { reasonOf } from './json-file';
import { STACK_SET_EXECUTION_ROLE_NAME } from './names';

/** What each account of a landing zone gets first. */
export interface AccessStack {
  readonly stackSetName: string;
  readonly template: string;
  /** Values of the stack set itself: each account gets its own in place of them. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** As much of the files as counts here, so that a template is judged whatever else is wrong with them. */
const ZoneSchema = z.object({ accessStack: z.object({ template: AccessStackSchema.shape.template }) });
const PlatformSchema = z.object({ stackSetExecutionRole: z.object({ name: z.string() }) });

/**
 * The access stacks of a configuration that has no faults.
 *
 * @param folder of the landing zones' files, in which the templates are, too
 */
export const accessStacksIn = (
  { landingZones, platform }: Configuration,
  folder: string,
): ReadonlyMap<string, AccessStack> =>
  new Map(
    Object.values(landingZones).flatMap(({ name, accessStack }): [string, AccessStack][] => {
      if (accessStack === undefined) return [];
      const read = readTemplate(path.join(folder, accessStack.template), platform.stackSetExecutionRole?.name);
      if (!read.ok) throw new ConfigurationError(read.faults.map(({ message }) => message).join(' '));
      return [[name, { stackSetName: accessStackSetName(name), ...read.value }]];
    }),
  );

/** What is wrong with the templates that landing zones name, whatever else is wrong with these. */
export const templateFaults = (landingZones: Readonly<Record<string, unknown>>, platform: unknown): readonly Fault[] =>
  Object.entries(landingZones).flatMap(([file, content]) => {
    const zone = ZoneSchema.safeParse(content);
    if (!zone.success) return [];
    const { template } = zone.data.accessStack;
    const executionRoleName = PlatformSchema.safeParse(platform).data?.stackSetExecutionRole.name;
    const read = readTemplate(path.join(path.dirname(file), template), executionRoleName);
    return read.ok ? [] : read.faults.map(({ message }) => faultOf(`${file}: accessStack.template`, template, message));
  });

/**
 * How long the template of a stack set may be in a template.
 *
 * @evidence documented AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset: TemplateBody
 *   has at most 51,200 bytes
 */
const MAX_BYTES = 51_200;

const TemplateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).default({}),
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).nullish() }),
  ),
});

type Template = z.infer<typeof TemplateSchema>;

/** YAML or JSON; the functions of CloudFormation in it are left as they are. */
function readTemplate(
  file: string,
  executionRoleName = STACK_SET_EXECUTION_ROLE_NAME,
): Checked<Pick<AccessStack, 'template' | 'parameters'>> {
  let template: string;
  try {
    template = readFileSync(file, 'utf8');
  } catch (error) {
    return fault(`cannot be read: ${reasonOf(error)}. Put the template beside the landing zone's file.`);
  }
  const document = parseDocument(template, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) return fault(`is not valid YAML: ${error.message.split('\n')[0] ?? ''} Correct it there.`);
  const read = TemplateSchema.safeParse(document.toJS());
  if (!read.success) {
    return fault('is no CloudFormation template: it needs Resources, each with a Type. Correct it there.');
  }
  const valueless = Object.entries(read.data.Parameters).flatMap(([name, { Default }]) =>
    Default === undefined ? [name] : [],
  );
  const faults = [
    ...sizeFaults(template),
    ...parameterFaults(valueless.filter((name) => !ALWAYS_PASSED.includes(name))),
    ...roleFaults(read.data, executionRoleName),
  ].map((message) => ({ field: 'accessStack.template', message }));
  return checked({ template, parameters: Object.fromEntries(valueless.map((name) => [name, name])) }, faults);
}

const fault = (message: string): Checked<never> => refused({ field: 'accessStack.template', message });

function sizeFaults(template: string): readonly string[] {
  const bytes = Buffer.byteLength(template);
  return [
    ...(bytes > MAX_BYTES
      ? [`has ${bytes} bytes, and a stack set takes ${MAX_BYTES}. Divide it, or make a stack set by hand.`]
      : []),
    // It is a value in the template of AutomationAccountStack.
    ...(template.includes('{{resolve:')
      ? [
          'has a dynamic reference ({{resolve:…}}), which CloudFormation would resolve in the automation account, for all to read. Read the value in ' +
            'the account instead.',
        ]
      : []),
  ];
}

const parameterFaults = (valueless: readonly string[]): readonly string[] =>
  valueless.length === 0
    ? []
    : [
        `gives no Default to ${valueless.join(', ')}, and not every tenant has a value for it. Give it one, or name it after something that is always ` +
          `passed: ${ALWAYS_PASSED.join(', ')}.`,
      ];

/** Nothing that comes by a stack set can make the role by which stack sets come. */
const roleFaults = ({ Resources }: Template, executionRoleName: string): readonly string[] =>
  Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
    Type === 'AWS::IAM::Role' && Properties?.['RoleName'] === executionRoleName
      ? [
          `makes the role ${executionRoleName} (${id}), by which stack sets come into an account and which is made before, from stackSetExecutionRole of ` +
            'platform.json. Remove it from the template.',
        ]
      : [],
  );
