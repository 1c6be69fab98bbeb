import * as z from 'zod/mini';
import type { Fault } from '../domain/base/fault';

/** A call of the API, freed of what API Gateway wraps around it. */
export interface ApiRequest {
  readonly method: string;
  /** The resource as the API declares it: `/vendings/{tenantUuid}`. */
  readonly resource: string;
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: RequestBody | null;
  /** The media types that the caller takes, as it names them. */
  readonly accept: string;
  /** The ARN of the principal that has signed the call; null where API Gateway does not tell. */
  readonly caller: string | null;
}

export interface RequestBody {
  /** The size of the text as it was sent. */
  readonly bytes: number;
  /** Null where the bytes are no UTF-8. */
  readonly text: string | null;
  /** Without its parameters, in lower case; null where the sender names none. */
  readonly mediaType: string | null;
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
    body: body == null ? null : requestBody(body, isBase64Encoded === true, header('content-type', headers)),
    accept: header('accept', headers) ?? '*/*',
    caller: requestContext?.identity?.userArn ?? null,
  };
}

/** Names of headers come in any case. */
const header = (wanted: string, headers: Readonly<Record<string, string>> | null | undefined): string | undefined =>
  Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];

/**
 * API Gateway hands over the bytes themselves where the request names a binary media type, which `application/json` is
 * here. In a text that it has made of other bytes, it has put U+FFFD where they were no UTF-8.
 */
function requestBody(body: string, isBase64: boolean, contentType: string | undefined): RequestBody {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? null;
  const bytes = Buffer.from(body, isBase64 ? 'base64' : 'utf8');
  const isLost = !isBase64 && body.includes('\uFFFD');
  return { bytes: bytes.length, text: isLost ? null : utf8(bytes), mediaType };
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** How many rows a page of a list may have, and has where nobody says how many. */
export const PAGE_SIZE = { minimum: 1, maximum: 100, default: 50 } as const;

/** What the parameter `limit` of a list says; ask for its faults first. */
export const pageSizeOf = ({ query }: Pick<ApiRequest, 'query'>): number => Number(query['limit'] ?? PAGE_SIZE.default);

export function pageSizeFaults({ query: { limit } }: Pick<ApiRequest, 'query'>): readonly Fault[] {
  const { minimum, maximum } = PAGE_SIZE;
  const isFine = limit === undefined || (/^\d+$/u.test(limit) && Number(limit) >= minimum && Number(limit) <= maximum);
  if (isFine) return [];
  const message = `is '${limit}'; it may be a whole number from ${minimum} to ${maximum}.`;
  return [{ field: 'limit', message, value: limit, limit: maximum }];
}
