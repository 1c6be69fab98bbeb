import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * The resource policy of the API, where there is one: all that decides who reaches it, besides the policies of its callers.
 *
 * It denies and does not allow: API Gateway lets a caller of the own account in where either policy allows it, so an Allow for everybody behind an endpoint would let in
 * whoever has no right of their own.
 *
 * @evidence documented apigateway/developerguide/apigateway-authorization-flow: table A, IAM Allow and a silent resource policy make Allow
 */
export function apiPolicy(vpcEndpointIds: readonly string[]): { readonly policy?: PolicyDocument } {
  const statements = vpcEndpointIds.length === 0 ? [] : [throughEndpoints(vpcEndpointIds)];
  return statements.length === 0 ? {} : { policy: new PolicyDocument({ statements }) };
}

/** A request that comes by no endpoint lacks the key, and is denied. */
const throughEndpoints = (vpcEndpointIds: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    sid: 'ThroughVpcEndpointsAlone',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['execute-api:Invoke'],
    // API Gateway puts the API's own ARN before it.
    resources: ['execute-api:/*'],
    conditions: { StringNotEquals: { 'aws:SourceVpce': [...vpcEndpointIds] } },
  });
