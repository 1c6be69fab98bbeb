import type { Statement } from './synthesized-stack';

/** A template, as CloudFormation reads it. */
export interface PlainTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

type Properties = Readonly<Record<string, unknown>>;
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** What Lambda follows from a function on: sending to a queue or a topic, writing to a bucket, calling a function. */
const FOLLOWED: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'sqs:SendMessage',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::S3::Bucket': 's3:PutObject',
  'AWS::Lambda::Function': 'lambda:InvokeFunction',
};

/** The logical ids of the functions that can be fed by what they send themselves, over any number of others. */
export function functionsInLoops(template: PlainTemplate): readonly string[] {
  const graph = wayOfMessages(template);
  return idsOf(template, 'AWS::Lambda::Function').filter((id) => isReached(graph, id, id));
}

function wayOfMessages(template: PlainTemplate): Graph {
  const graph = new Map<string, Set<string>>();
  const lead = (from: string, to: string): void => void graph.set(from, (graph.get(from) ?? new Set()).add(to));
  for (const id of idsOf(template, 'AWS::Lambda::Function')) {
    for (const target of targetsOf(template, id)) lead(id, target);
  }
  for (const { from, to } of feedings(template)) {
    const [source, target] = [named(template, from), named(template, to)];
    if (source !== undefined && target !== undefined) lead(source, target);
  }
  return graph;
}

function isReached(graph: Graph, from: string, wanted: string, seen = new Set<string>()): boolean {
  for (const next of graph.get(from) ?? []) {
    if (next === wanted) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    if (isReached(graph, next, wanted, seen)) return true;
  }
  return false;
}

/** Where the role of a function lets it send to. */
function targetsOf(template: PlainTemplate, functionId: string): readonly string[] {
  const statements = statementsOf(template, named(template, propertiesOf(template, functionId)['Role']));
  return Object.entries(FOLLOWED).flatMap(([type, action]) =>
    idsOf(template, type).filter((id) => statements.some((statement) => allows(template, statement, action, id))),
  );
}

function allows(template: PlainTemplate, { Effect, Action, Resource }: Statement, action: string, id: string): boolean {
  const acts = listed(Action).some((pattern) => matches(textOf(pattern), action));
  return Effect === 'Allow' && acts && listed(Resource).some((resource) => covers(template, resource, id));
}

/** A wildcard may stand for the name, or for what is in a bucket. */
function covers(template: PlainTemplate, resource: unknown, id: string): boolean {
  const arn = textOf(resource);
  return arn === '*' || named(template, arn.replace(/\/\*$/u, '')) === id || matches(lastOf(arn), nameOf(template, id));
}

function statementsOf(template: PlainTemplate, roleId: string | undefined): readonly Statement[] {
  if (roleId === undefined) return [];
  const inline = listed(propertiesOf(template, roleId)['Policies']) as { readonly PolicyDocument: Document }[];
  const attached = idsOf(template, 'AWS::IAM::Policy')
    .map((id) => propertiesOf(template, id) as { readonly Roles?: unknown; readonly PolicyDocument: Document })
    .filter(({ Roles }) => listed(Roles).some((role) => named(template, role) === roleId));
  return [...inline, ...attached].flatMap(({ PolicyDocument }) => listed(PolicyDocument.Statement) as Statement[]);
}

interface Document {
  readonly Statement: unknown;
}

interface Feeding {
  readonly from: unknown;
  readonly to: unknown;
}

/**
 * What goes on by itself: from a queue or topic to whom it feeds, from a bucket to whom it tells, and where dead
 * letters go.
 */
const feedings = (template: PlainTemplate): readonly Feeding[] =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]): readonly Feeding[] => {
    const own = { 'Fn::GetAtt': [id, 'Arn'] };
    const given = Properties as Properties;
    switch (Type) {
      case 'AWS::Lambda::EventSourceMapping':
        return [{ from: given['EventSourceArn'], to: given['FunctionName'] }];
      case 'AWS::SNS::Subscription':
        return [{ from: given['TopicArn'], to: given['Endpoint'] }];
      case 'AWS::S3::Bucket':
        return leaves(given['NotificationConfiguration']).map((to) => ({ from: own, to }));
      case 'Custom::S3BucketNotifications':
        return leaves(given['NotificationConfiguration']).map((to) => ({ from: given['BucketName'], to }));
      case 'AWS::Lambda::Function':
      case 'AWS::SQS::Queue':
        return leaves(given['DeadLetterConfig'] ?? given['RedrivePolicy']).map((to) => ({ from: own, to }));
      case 'AWS::Lambda::EventInvokeConfig':
        return leaves(given['DestinationConfig']).map((to) => ({ from: given['FunctionName'], to }));
      default:
        return [];
    }
  });

/** Every reference below a value. */
function leaves(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('Ref' in value || 'Fn::GetAtt' in value) return [value];
  return Object.values(value).flatMap(leaves);
}

/** The logical id of what a value names: by reference, or by the physical name at the end of an ARN. */
function named(template: PlainTemplate, value: unknown): string | undefined {
  const text = textOf(value);
  const id = /^<([^.>]+)(?:\.[^>]+)?>$/u.exec(text)?.[1];
  return id ?? Object.keys(template.Resources).find((one) => lastOf(text) === nameOf(template, one));
}

const lastOf = (arn: string): string => arn.split(/[:/]/u).at(-1) ?? '';

const NAMES = ['QueueName', 'TopicName', 'BucketName', 'RoleName'];

/** Without one: something that nobody's ARN ends with. */
function nameOf(template: PlainTemplate, id: string): string {
  const { Type } = template.Resources[id] ?? {};
  const names = Type === 'AWS::Lambda::Function' ? ['FunctionName'] : NAMES;
  const properties = propertiesOf(template, id);
  return textOf(names.map((name) => properties[name]).find((name) => name !== undefined)) || '<nameless>';
}

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 'iu').test(text);

const literally = (text: string): string => text.replaceAll(/[\^$.|?+()[\]{}]/gu, String.raw`\$&`);

/** A template's value in words: `<LogicalId.Attribute>` for a reference. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  if ('Ref' in value) return `<${String(value.Ref)}>`;
  if ('Fn::GetAtt' in value) return `<${listed(value['Fn::GetAtt']).map(textOf).join('.')}>`;
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(textOf).join(separator);
  }
  return JSON.stringify(value);
}

const listed = (value: unknown): readonly unknown[] => (value === undefined ? [] : [value].flat());

const propertiesOf = (template: PlainTemplate, id: string): Properties =>
  (template.Resources[id]?.Properties ?? {}) as Properties;

const idsOf = (template: PlainTemplate, type: string): readonly string[] =>
  Object.entries(template.Resources).flatMap(([id, { Type }]) => (Type === type ? [id] : []));
