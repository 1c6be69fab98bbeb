import { canonicalJson } from '../../functions/domain/base/json';
import { inWords } from './synthesized-stack';

/** Properties that the digest leaves out, by type of resource: other tests read them, or the CDK derives them. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::Deployment': ['DependsOn'],
  'AWS::ApiGateway::GatewayResponse': ['ResponseTemplates'],
  'AWS::CloudWatch::Alarm': ['AlarmDescription'],
  'AWS::Lambda::Function': ['Code'],
  'AWS::StepFunctions::StateMachine': ['DefinitionString', 'DefinitionSubstitutions'],
};

/** Hashes of the configuration, and that of the whole API with which the id of its deployment ends. */
const HASHES = /\b[0-9a-f]{64}\b|(?<=Deployment[0-9A-F]{8})[0-9a-f]{32}\b/gu;

type Fields = Readonly<Record<string, unknown>>;

/**
 * A template as lines for a reader of a diff. Each parameter, output and resource has a line, which holds the
 * properties that are single values. An indented line follows for each statement of a policy, each widget of a
 * dashboard, and each other property that is an object or a list. Order makes no difference: resources, properties,
 * statements and actions are sorted.
 */
export function templateDigest(template: object): string {
  const { Resources = {}, ...sections } = template as Readonly<Record<string, Fields>>;
  const others = Object.entries(sections).flatMap(([section, entries]) =>
    Object.entries(entries).map(([name, entry]) => `${section} ${name} ${canonicalJson(inWords(entry))}`),
  );
  const resources = Object.entries(Resources).map(([id, resource]) => `${id} ${linesOf(resource as Fields)}`);
  return [...others.toSorted(), ...resources.toSorted()].join('\n').replaceAll(HASHES, '<hash>');
}

function linesOf({ Type, Properties = {}, ...attributes }: Fields): string {
  const leftOut = ['Description', 'Metadata', ...(LEFT_OUT[String(Type)] ?? [])];
  const named = Object.entries({ ...(Properties as Fields), ...attributes })
    .filter(([name]) => !leftOut.includes(name))
    .map(([name, value]) => [name, inWords(value)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const single = named.flatMap(([name, value]) => (isSingle(name, value) ? [`${name}=${String(value)}`] : []));
  const rest = named.filter(([name, value]) => !isSingle(name, value)).flatMap(([name, value]) => partsOf(name, value));
  return [[String(Type), ...single].join(' '), ...rest].join('\n    ');
}

const isSingle = (name: string, value: unknown): boolean =>
  (typeof value !== 'object' || value === null) && name !== 'DashboardBody';

function partsOf(name: string, value: unknown): readonly string[] {
  if (name === 'DashboardBody') {
    const { widgets } = JSON.parse(String(value)) as { readonly widgets: readonly unknown[] };
    return widgets.map((widget) => `widget ${canonicalJson(widget)}`);
  }
  if (name === 'Policies') {
    const policies = value as readonly { readonly PolicyName: string; readonly PolicyDocument: object }[];
    return policies.flatMap(({ PolicyName, PolicyDocument }) => partsOf(PolicyName, PolicyDocument));
  }
  return isPolicy(value)
    ? value.Statement.map((statement) => `${name}: ${sentenceOf(statement)}`).toSorted()
    : [`${name} ${canonicalJson(value)}`];
}

const isPolicy = (value: unknown): value is { readonly Statement: readonly Fields[] } =>
  typeof value === 'object' && value !== null && 'Statement' in value && Array.isArray(value.Statement);

/** As `Allow sqs:SendMessage on <Queue.Arn> by {"Service":"events.amazonaws.com"} if {…}`. */
function sentenceOf({ Sid, Effect, Action, Resource, Principal, Condition, ...others }: Fields): string {
  const words = { [String(Effect)]: Action, on: Resource, by: Principal, if: Condition, ...others, Sid };
  return Object.entries(words)
    .flatMap(([word, value]) => (value === undefined ? [] : [`${word} ${listed(value)}`]))
    .join(' ');
}

function listed(value: unknown): string {
  const texts = [value].flat().map((one) => (typeof one === 'string' ? one : canonicalJson(one)));
  return texts.toSorted().join(', ');
}
