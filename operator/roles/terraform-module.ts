import * as z from 'zod';

import { OperatorError } from '../operator-error';
import type { Template } from './account-templates';
import { type Addresses, hclExpression } from './hcl-expression';
import { attachments, block, type Lines, policyDocument, StatementsSchema } from './terraform-blocks';

/** The files of a module of Terraform, by their names. */
export type ModuleFiles = Readonly<Record<'main.tf' | 'variables.tf' | 'outputs.tf' | 'versions.tf', string>>;

/**
 * A template of an account as a module of Terraform: the same roles under the same names, with the same statements in
 * the same order, and its parameters as variables.
 *
 * @throws OperatorError where the template has what has no form in Terraform here
 */
export function terraformModule(template: Template): ModuleFiles {
  const addresses = addressesIn(template);
  const resources = Object.entries(template.Resources).map(([id, resource]) => blocksOf(id, resource, addresses));
  return {
    'main.tf': file([...sources(), ...locals(template, addresses), ...resources.flat()]),
    'variables.tf': file(Object.entries(template.Parameters).map(([name, parameter]) => variable(name, parameter))),
    'outputs.tf': file(
      Object.entries(template.Outputs).map(([name, { Value }]) =>
        block(`output "${snake(name)}"`, [`value = ${hclExpression(Value, addresses)}`]),
      ),
    ),
    'versions.tf': file([
      block('terraform', [
        'required_version = ">= 1.5"',
        ...block('required_providers', ['aws = { source = "hashicorp/aws", version = ">= 5.0" }']),
      ]),
    ]),
  };
}

const file = (blocks: readonly Lines[]): string =>
  `${HEAD}\n\n${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;

const HEAD = '# Written by `account-vending roles`. Write it again rather than change it.';

const sources = (): readonly Lines[] => [
  block('data "aws_partition" "current"', []),
  block('data "aws_caller_identity" "current"', []),
];

function locals({ Conditions }: Template, addresses: Addresses): readonly Lines[] {
  const conditions = Object.entries(Conditions).map(
    ([name, condition]) => `${conditionName(name)} = ${hclExpression(condition, addresses)}`,
  );
  return conditions.length === 0 ? [] : [block('locals', conditions)];
}

const RESOURCES: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'aws_iam_role',
  'AWS::IAM::ManagedPolicy': 'aws_iam_policy',
  'AWS::CloudFormation::StackSet': 'aws_cloudformation_stack_set',
};

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'data.aws_partition.current.partition',
  'AWS::AccountId': 'data.aws_caller_identity.current.account_id',
};

function addressesIn({ Resources, Parameters }: Template): Addresses {
  const attribute = (id: string, name: string): string => {
    const type = RESOURCES[Resources[id]?.Type ?? ''];
    if (type === undefined) throw untranslatable(id, Resources[id]?.Type);
    return `${type}.${resourceName(id)}.${snake(name)}`;
  };
  return {
    attribute,
    condition: (name) => `local.${conditionName(name)}`,
    ref: (name) => {
      if (name in Parameters) return `var.${snake(name)}`;
      // What a template refers to is the ARN of a policy, and the name of everything else.
      return PSEUDO[name] ?? attribute(name, Resources[name]?.Type === 'AWS::IAM::ManagedPolicy' ? 'Arn' : 'Name');
    },
  };
}

/** Without the hash that the CDK puts behind. */
const resourceName = (id: string): string => snake(id.replace(/[\dA-F]{8}$/u, ''));

/** `TrustIsExternalIdChangingC4A0CB36` */
const conditionName = (name: string): string => resourceName(name).replace(/^trust_/u, '');

const snake = (name: string): string => name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/gu, '_').toLowerCase();

const ParameterSchema = z.object({
  Description: z.string(),
  Default: z.string().optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: z.number().optional(),
  MaxLength: z.number().optional(),
  NoEcho: z.boolean().optional(),
});

function variable(name: string, given: unknown): Lines {
  const parameter = ParameterSchema.parse(given);
  const here = `var.${snake(name)}`;
  // Patterns of CloudFormation are those of Java and have to fit the whole; those of Terraform look for no lookahead.
  const pattern = parameter.AllowedPattern?.replaceAll('(?!/)', '');
  const rules = [
    ...(pattern === undefined ? [] : [`can(regex(${hclExpression(`^(?:${pattern})$`, NO_ADDRESSES)}, ${here}))`]),
    ...((parameter.MinLength ?? 0) === 0 ? [] : [`length(${here}) >= ${String(parameter.MinLength)}`]),
    ...(parameter.MaxLength === undefined ? [] : [`length(${here}) <= ${parameter.MaxLength}`]),
  ];
  const message = `The value of ${snake(name)} ${parameter.ConstraintDescription ?? 'is not allowed.'}`;
  return block(`variable "${snake(name)}"`, [
    'type = string',
    `description = ${hclExpression(parameter.Description, NO_ADDRESSES)}`,
    ...(parameter.Default === undefined ? [] : [`default = ${hclExpression(parameter.Default, NO_ADDRESSES)}`]),
    ...(parameter.NoEcho === true ? ['sensitive = true'] : []),
    ...(rules.length === 0
      ? []
      : block('validation', [
          `condition = ${rules.join(' && ')}`,
          `error_message = ${hclExpression(message, NO_ADDRESSES)}`,
        ])),
  ]);
}

const NO_ADDRESSES: Addresses = { ref: String, attribute: String, condition: String };

const Value = z.unknown();
const RoleSchema = z.strictObject({
  RoleName: Value,
  Path: Value,
  Description: z.string(),
  AssumeRolePolicyDocument: StatementsSchema,
  Policies: z.array(z.strictObject({ PolicyName: Value, PolicyDocument: StatementsSchema })).default([]),
  ManagedPolicyArns: z.array(z.unknown()).default([]),
  PermissionsBoundary: Value.optional(),
  Tags: z.unknown().optional(),
});
const PolicySchema = z.strictObject({ Path: Value, Description: z.string(), PolicyDocument: StatementsSchema });
const StackSetSchema = z.strictObject({
  StackSetName: Value,
  Description: z.string(),
  PermissionModel: z.string(),
  AdministrationRoleARN: Value,
  ExecutionRoleName: z.string(),
  ManagedExecution: z.strictObject({ Active: z.boolean() }),
  Capabilities: z.array(z.string()).default([]),
  Parameters: z.array(z.strictObject({ ParameterKey: z.string(), ParameterValue: z.string() })).default([]),
  TemplateBody: Value,
  Tags: z.unknown().optional(),
});

function blocksOf(
  id: string,
  { Type, Properties }: Template['Resources'][string],
  addresses: Addresses,
): readonly Lines[] {
  const name = resourceName(id);
  switch (Type) {
    case 'AWS::IAM::Role':
      return roleBlocks(name, RoleSchema.parse(Properties), addresses);
    case 'AWS::IAM::ManagedPolicy':
      return policyBlocks(name, PolicySchema.parse(Properties), addresses);
    case 'AWS::CloudFormation::StackSet':
      return [stackSetBlock(name, StackSetSchema.parse(Properties), addresses)];
    default:
      throw untranslatable(id, Type);
  }
}

function roleBlocks(name: string, role: z.infer<typeof RoleSchema>, addresses: Addresses): readonly Lines[] {
  const put = (value: unknown): string => hclExpression(value, addresses);
  const boundary =
    role.PermissionsBoundary === undefined ? [] : [`permissions_boundary = ${put(role.PermissionsBoundary)}`];
  return [
    policyDocument(`${name}_trust`, role.AssumeRolePolicyDocument, addresses),
    block(`resource "aws_iam_role" "${name}"`, [
      `name = ${put(role.RoleName)}`,
      `path = ${put(role.Path)}`,
      `description = ${put(role.Description)}`,
      `assume_role_policy = data.aws_iam_policy_document.${name}_trust.json`,
      ...boundary,
    ]),
    ...role.Policies.flatMap(({ PolicyName, PolicyDocument }) => [
      policyDocument(name, PolicyDocument, addresses),
      block(`resource "aws_iam_role_policy" "${name}"`, [
        `name = ${put(PolicyName)}`,
        `role = aws_iam_role.${name}.name`,
        `policy = data.aws_iam_policy_document.${name}.json`,
      ]),
    ]),
    ...attachments(name, role.ManagedPolicyArns, addresses),
  ];
}

const policyBlocks = (name: string, policy: z.infer<typeof PolicySchema>, addresses: Addresses): readonly Lines[] => [
  policyDocument(name, policy.PolicyDocument, addresses),
  block(`resource "aws_iam_policy" "${name}"`, [
    `name_prefix = "${name.replaceAll('_', '-')}-"`,
    `path = ${hclExpression(policy.Path, addresses)}`,
    `description = ${hclExpression(policy.Description, addresses)}`,
    `policy = data.aws_iam_policy_document.${name}.json`,
  ]),
];

function stackSetBlock(name: string, stackSet: z.infer<typeof StackSetSchema>, addresses: Addresses): Lines {
  const put = (value: unknown): string => hclExpression(value, addresses);
  const parameters = stackSet.Parameters.map(
    ({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue] as const,
  );
  return block(`resource "aws_cloudformation_stack_set" "${name}"`, [
    `name = ${put(stackSet.StackSetName)}`,
    `description = ${put(stackSet.Description)}`,
    `permission_model = ${put(stackSet.PermissionModel)}`,
    `administration_role_arn = ${put(stackSet.AdministrationRoleARN)}`,
    `execution_role_name = ${put(stackSet.ExecutionRoleName)}`,
    `capabilities = ${put(stackSet.Capabilities)}`,
    `parameters = ${put(Object.fromEntries(parameters))}`,
    `template_body = ${put(stackSet.TemplateBody)}`,
    ...block('managed_execution', [`active = ${stackSet.ManagedExecution.Active}`]),
  ]);
}

const untranslatable = (id: string, type = 'resource'): OperatorError =>
  new OperatorError(
    `${id} (${type}) has no form in Terraform here. Leave out --context auditStackSet=true, and deploy its stack set and bucket by the template of CloudFormation.`,
  );
