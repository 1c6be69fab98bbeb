import { Aws } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

import type { DeploymentRules } from '../deployment-rules';

/**
 * The resource policy of the API, where there is one: all that decides who reaches it, besides the policies of its
 * callers.
 *
 * It denies, and allows callers of other accounts alone: API Gateway admits a caller of the own account if either
 * policy allows it, so an Allow would admit callers without a permission of their own. For callers from other accounts
 * both policies have to allow it.
 *
 * @evidence documented apigateway/developerguide/apigateway-authorization-flow: table A, IAM Allow and a silent
 *   resource policy make Allow; table B
 */
export function apiPolicy({
  apiVpcEndpointIds,
  apiCallers,
}: Pick<DeploymentRules, 'apiVpcEndpointIds' | 'apiCallers'>): { readonly policy?: PolicyDocument } {
  const statements = [
    ...(apiVpcEndpointIds.length === 0 ? [] : [throughEndpoints(apiVpcEndpointIds)]),
    ...(apiCallers.length === 0 ? [] : byCallers(apiCallers)),
  ];
  return statements.length === 0 ? {} : { policy: new PolicyDocument({ statements }) };
}

/** A request that comes by no endpoint lacks the key, and is denied. */
const throughEndpoints = (vpcEndpointIds: readonly string[]): PolicyStatement =>
  statement('ThroughVpcEndpointsAlone', Effect.DENY, { StringNotEquals: { 'aws:SourceVpce': vpcEndpointIds } });

/**
 * Names are conditions rather than principals: a principal must exist when a policy is written, and no longer matches a
 * role that was deleted and created again.
 */
function byCallers(callers: readonly string[]): readonly PolicyStatement[] {
  const kinds = KINDS.flatMap((kind) => {
    const named = callers.filter((caller) => kind.pattern.test(caller));
    return named.length === 0 ? [] : [{ ...kind, named }];
  });
  const allowed = kinds.map(({ sid, operator, key, named }) =>
    statement(sid, Effect.ALLOW, merged([{ [`${operator}Equals`]: { [key]: named } }, FROM_OTHER_ACCOUNTS])),
  );
  const others = merged(kinds.map(({ operator, key, named }) => ({ [`${operator}NotEquals`]: { [key]: named } })));
  return [...allowed, statement('NoOtherCallers', Effect.DENY, others)];
}

const KINDS = [
  { pattern: /^arn:/u, sid: 'NamedCallers', operator: 'Arn', key: 'aws:PrincipalArn' },
  { pattern: /^o-/u, sid: 'CallersOfOrganizations', operator: 'String', key: 'aws:PrincipalOrgID' },
  { pattern: /^\d{12}$/u, sid: 'CallersOfAccounts', operator: 'String', key: 'aws:PrincipalAccount' },
] as const;

const FROM_OTHER_ACCOUNTS: Conditions = { StringNotEquals: { 'aws:PrincipalAccount': [Aws.ACCOUNT_ID] } };

type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const statement = (sid: string, effect: Effect, conditions: Conditions): PolicyStatement =>
  new PolicyStatement({
    sid,
    effect,
    principals: [new AnyPrincipal()],
    actions: ['execute-api:Invoke'],
    // API Gateway puts the API's own ARN before it.
    resources: ['execute-api:/*'],
    conditions,
  });

/** All operators and keys of a condition have to be so, for a request that the statement is to count for. */
const merged = (all: readonly Conditions[]): Conditions =>
  all.reduce(
    (sum, one) => ({
      ...sum,
      ...Object.fromEntries(Object.entries(one).map(([operator, keys]) => [operator, { ...sum[operator], ...keys }])),
    }),
    {},
  );
