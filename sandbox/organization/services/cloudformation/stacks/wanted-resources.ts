import * as z from 'zod';
import { type CloudFormationTemplate, TemplateValues } from '../../../authorization/template-values';
import { isMalformed, type PolicyKind } from '../../../authorization/policy-simulation';
import { drawUpperCase, drawUuid } from '../../../draw';
import type { CallContext } from '../../operation';
import type { Stack, StackResource } from './stack-state';

/** A resource as the template wants it. */
export type WantedResource = Pick<StackResource, 'logicalId' | 'type' | 'physicalId' | 'properties'>;

const STACK_SET = 'AWS::CloudFormation::StackSet';

/** Policies before the roles that they are attached to. */
const ORDER = ['AWS::CDK::Metadata', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::CodeBuild::Project', STACK_SET];

/**
 * What the template wants in this account, in the order in which it can be made. Names that are drawn stay when the
 * stack is updated.
 */
export function wantedResources(
  context: CallContext,
  stack: Stack,
  template: CloudFormationTemplate,
  parameters: ReadonlyMap<string, string>,
): readonly WantedResource[] {
  const named = Object.entries(template.Resources).map(([id, { Type }]): [string, string] => {
    const present = stack.resources.get(id);
    if (present !== undefined) return [id, nameOf(present)];
    return [id, Type === STACK_SET ? drawUuid(context.state.random) : drawnName(context, stack, id)];
  });
  const drawn = new Map(named);
  const values = templateValues(context, template, parameters, drawn);
  return Object.entries(template.Resources)
    .filter(([, resource]) => values.isWanted(resource))
    .map(([logicalId, { Type, Properties }]) => ({
      logicalId,
      type: Type,
      physicalId: z.string().parse(values.valueOf({ Ref: logicalId })),
      properties: z.record(z.string(), z.unknown()).parse(values.valueOf(Properties)),
    }))
    .toSorted((one, other) => ORDER.indexOf(one.type) - ORDER.indexOf(other.type));
}

export function templateValues(
  { state, principal, region }: CallContext,
  template: CloudFormationTemplate,
  parameters: ReadonlyMap<string, string>,
  drawnNames: ReadonlyMap<string, string>,
): TemplateValues {
  const { partition = 'aws' } = state.seed;
  const place = { partition, accountId: principal.accountId, region, drawnNames };
  return new TemplateValues(template, { ...place, parameters: Object.fromEntries(parameters) });
}

/** The end of a policy's ARN, and of a stack set's id; else the whole id. */
export const nameOf = ({ physicalId }: Pick<StackResource, 'physicalId'>): string => physicalId.replace(/^.*[/:]/u, '');

/**
 * @evidence documented AWSCloudFormation/latest/TemplateReference/aws-properties-name: a name that is generated, such
 *   as MyStack-MyBucket-abcdefghijk1
 */
const drawnName = ({ state }: CallContext, { name }: Stack, logicalId: string): string =>
  `${name}-${logicalId}-${drawUpperCase(state.random, 12)}`;

const documents = z.object({
  AssumeRolePolicyDocument: z.unknown().optional(),
  PolicyDocument: z.unknown().optional(),
  Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]),
});

/** A property that is not there can be read. */
const isUnreadable = (document: unknown, kind: PolicyKind): Promise<boolean> | false =>
  document !== undefined && isMalformed(JSON.stringify(document), kind);

/** What IAM would say to each resource whose policies it cannot read, by logical id. */
export async function malformedResources(wanted: readonly WantedResource[]): Promise<ReadonlySet<string>> {
  const malformed = new Set<string>();
  for (const { logicalId, properties } of wanted.filter(({ type }) => type.startsWith('AWS::IAM::'))) {
    const { AssumeRolePolicyDocument: trust, PolicyDocument, Policies } = documents.parse(properties);
    const granting = [PolicyDocument, ...Policies.map((policy) => policy.PolicyDocument)];
    const answers = await Promise.all([
      isUnreadable(trust, 'trust'),
      ...granting.map((one) => isUnreadable(one, 'identity')),
    ]);
    if (answers.includes(true)) malformed.add(logicalId);
  }
  return malformed;
}

/** The reason of a resource that could not be made, as the handler of its type words it. */
export const handlerMessage = ({ state }: CallContext, message: string, code: string): string =>
  `Resource handler returned message: "${message}" (RequestToken: ${drawUuid(state.random)}, HandlerErrorCode: ${code})`;
