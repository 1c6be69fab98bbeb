import { RESOURCES } from '../../../functions/api/route';

/** In which the application is deployed: who puts events on the bus here, and calls the API. */
const OWN_ACCOUNT = '111111111111';

export const SENT_FROM = { source: 'meshstack.replicator', account: OWN_ACCOUNT } as const;

/**
 * @evidence documented apigateway/developerguide/api-gateway-mapping-template-reference: identity.userArn is the
 *   effective user after authentication
 */
export const CALLER = `arn:aws:iam::${OWN_ACCOUNT}:user/operator`;

/** API Gateway finds the declared resource of a path. */
export function resourceOf(path: string): { readonly resource: string; readonly pathParameters: object | null } {
  for (const resource of RESOURCES) {
    const pattern = resource.replaceAll(/\{(\w+)\}/gu, '(?<$1>[^/]+)');
    const found = new RegExp(`^${pattern}$`, 'u').exec(path);
    if (found !== null) return { resource, pathParameters: { ...found.groups } };
  }
  return { resource: path, pathParameters: null };
}

/**
 * A body of a binary media type, which `application/json` is for this API, comes as its bytes in base64.
 *
 * @evidence reported github.com/ministackorg/ministack/pull/767: by the Content-Type of the request, tried on a REST
 *   API with a proxy integration
 */
export const bodyOf = (body: unknown): object =>
  body === undefined
    ? { body: null, isBase64Encoded: false }
    : {
        headers: { 'Content-Type': 'application/json' },
        body: Buffer.from(JSON.stringify(body)).toString('base64'),
        isBase64Encoded: true,
      };
