import { accountTemplates, type Context, type Template } from './account-templates';

/** Marks in the place of a value of the context, each of which nobody would choose, and what comes in their place. */
const MARKS = { namePrefix: 'Q0prefix0Q', iamPath: 'Q0path0Q/', permissionsBoundary: 'Q0boundary0Q' } as const;

const PARAMETERS = {
  namePrefix: 'NamePrefix',
  iamPath: 'IamPath',
  permissionsBoundary: 'PermissionsBoundary',
} as const;

type Rule = keyof typeof MARKS;
const RULES: readonly Rule[] = ['namePrefix', 'iamPath', 'permissionsBoundary'];

const HAS_BOUNDARY = 'HasPermissionsBoundary';

/**
 * The templates of the accounts, in which the rules of strict organizations are parameters instead of the CDK's
 * context. What the context says of them is their default.
 */
export function parameterizedTemplates(configurationFolder: string, context: Context): ReadonlyMap<string, Template> {
  const isAwsPolicy = context['permissionsBoundary']?.startsWith('arn:') === true;
  const rules = RULES.filter((rule) => rule !== 'permissionsBoundary' || !isAwsPolicy);
  const marked = Object.fromEntries(
    rules.map((rule) => [rule, rule === 'iamPath' ? `/${MARKS.iamPath}` : MARKS[rule]]),
  );
  const templates = accountTemplates(configurationFolder, { ...context, ...marked });
  return new Map([...templates].map(([stack, template]) => [stack, withParameters(template, rules, context)]));
}

function withParameters(template: Template, rules: readonly Rule[], context: Context): Template {
  const resources = Object.entries(template.Resources).map(([id, { Properties, ...resource }]) => {
    const properties = Object.entries(Properties).map(([name, value]) => {
      const put = withRefs(value);
      const isOptional = name === 'PermissionsBoundary' && rules.includes('permissionsBoundary');
      return [name, isOptional ? { 'Fn::If': [HAS_BOUNDARY, put, { Ref: 'AWS::NoValue' }] } : put] as const;
    });
    return [id, { ...resource, Properties: Object.fromEntries(properties) }] as const;
  });
  const outputs = Object.entries(template.Outputs).map(
    ([id, output]) => [id, { ...output, Value: withRefs(output.Value) }] as const,
  );
  const condition = { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: PARAMETERS.permissionsBoundary }, ''] }] };
  const used = { Resources: Object.fromEntries(resources), Outputs: Object.fromEntries(outputs) };
  const named = rules.filter((rule) => JSON.stringify(used).includes(`{"Ref":"${PARAMETERS[rule]}"}`));
  return {
    ...template,
    Parameters: {
      ...template.Parameters,
      ...Object.fromEntries(named.map((rule) => [PARAMETERS[rule], parameterOf(rule, context)])),
    },
    Conditions: {
      ...template.Conditions,
      ...(named.includes('permissionsBoundary') ? { [HAS_BOUNDARY]: condition } : {}),
    },
    ...used,
  };
}

/** The rules of `deployment-rules.ts`, of which each may also be empty here. */
function parameterOf(rule: Rule, context: Context): Record<string, unknown> {
  const given = context[rule] ?? '';
  switch (rule) {
    case 'namePrefix':
      return {
        ...text(given, 'What stands before the names of functions and their roles, as VendingStack was given it.'),
        AllowedPattern: '|[A-Za-z][0-9A-Za-z-]{0,19}',
        ConstraintDescription: 'must be empty or up to 20 letters, digits and hyphens that begin with a letter.',
      };
    case 'iamPath':
      return {
        ...text(
          given.replace(/^\//u, ''),
          'The path of roles, without the slash before it, as VendingStack was given it.',
        ),
        AllowedPattern: String.raw`([\w+=,.@-]+/)*`,
        MaxLength: 39,
        ConstraintDescription: 'must be empty or end with a slash and begin with none, such as platform/.',
      };
    case 'permissionsBoundary':
      return {
        ...text(
          given,
          'The name of a managed policy of this account, with its path, that bounds every role. Empty: none.',
        ),
        AllowedPattern: String.raw`|(?!/)([\w+=,.@-]+/)*[\w+=,.@-]{1,128}`,
        ConstraintDescription:
          'must be empty or the name of a policy without a slash before it, such as boundaries/Vending.',
      };
  }
}

const text = (value: string, description: string): Record<string, unknown> => ({
  Type: 'String',
  Default: value,
  Description: description,
});

/** References in the place of marks, at every depth. */
function withRefs(value: unknown): unknown {
  if (typeof value === 'string') {
    const parts = partsOf(value);
    return parts.length === 1 ? parts[0] : { 'Fn::Join': ['', parts] };
  }
  if (Array.isArray(value)) return value.map(withRefs);
  if (!isObject(value)) return value;
  const joined = value['Fn::Join'];
  if (Array.isArray(joined) && joined[0] === '' && Array.isArray(joined[1])) {
    return {
      'Fn::Join': [
        '',
        joined[1].flatMap((part: unknown) => (typeof part === 'string' ? partsOf(part) : [withRefs(part)])),
      ],
    };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withRefs(inner)]));
}

const MARK = new RegExp(`(${Object.values(MARKS).join('|')})`, 'u');

function partsOf(text: string): readonly unknown[] {
  const parts = text.split(MARK).filter((part) => part !== '');
  const put = parts.map((part) => {
    const rule = RULES.find((one) => MARKS[one] === part);
    return rule === undefined ? part : { Ref: PARAMETERS[rule] };
  });
  return put.length === 0 ? [''] : put;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
