import * as z from 'zod/mini';

/** A call of the API, freed of what API Gateway wraps around it. */
export interface ApiRequest {
  readonly method: string;
  /** The resource as the API declares it: `/vendings/{tenantUuid}`. */
  readonly resource: string;
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: string | null;
  /** The media types that the caller takes, as it names them. */
  readonly accept: string;
  /** The ARN of the principal that has signed the call; null where API Gateway does not tell. */
  readonly caller: string | null;
}

const Parameters = z.nullish(z.record(z.string(), z.string()));

const ProxyEventSchema = z.object({
  httpMethod: z.string(),
  resource: z.string(),
  pathParameters: Parameters,
  queryStringParameters: Parameters,
  body: z.nullish(z.string()),
  headers: Parameters,
  isBase64Encoded: z.nullish(z.boolean()),
  requestContext: z.nullish(z.object({ identity: z.nullish(z.object({ userArn: z.nullish(z.string()) })) })),
});

export function apiRequest(event: unknown): ApiRequest {
  const {
    httpMethod,
    resource,
    pathParameters,
    queryStringParameters,
    body,
    headers,
    isBase64Encoded,
    requestContext,
  } = ProxyEventSchema.parse(event);
  return {
    method: httpMethod,
    resource,
    pathParameters: pathParameters ?? {},
    query: queryStringParameters ?? {},
    body: body == null || isBase64Encoded !== true ? (body ?? null) : Buffer.from(body, 'base64').toString('utf8'),
    accept: acceptIn(headers ?? {}),
    caller: requestContext?.identity?.userArn ?? null,
  };
}

/** Names of headers come in any case. */
const acceptIn = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'accept')?.[1] ?? '*/*';
