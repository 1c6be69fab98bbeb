import * as z from 'zod/mini';

import type { Fault } from '../domain/base/fault';
import { faultOfText } from '../domain/base/json-text';
import { parsedJson } from '../domain/base/json';
import { tooManyBytes } from '../domain/desired-state/desired-state';
import { InvalidCursorError } from '../ports/ledger-store';
import { type Answer, problem } from './answer';

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
  /** The ARN of the principal that has signed the call, or who has signed in; null where API Gateway does not tell. */
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

/** Answers a cursor that a list has not given out. */
export async function refusingCursors(list: () => Promise<Answer>): Promise<Answer> {
  try {
    return await list();
  } catch (error) {
    if (!(error instanceof InvalidCursorError)) throw error;
    const fault = { field: 'cursor', message: `${error.message} Leave it out to begin with the newest.` };
    return problem('invalid-request', 'A query parameter is invalid.', [fault]);
  }
}

export type JsonBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly answer: Answer };

/**
 * The value of a request's body. What cannot be read, or would be read by everybody in another way, is answered here.
 *
 * @param hint what to send
 */
export function jsonBody({ body }: ApiRequest, hint: string): JsonBody {
  if (body === null) return unreadable(`The body is not JSON. ${hint}`);
  if (!isJson(body)) {
    const detail = `The body is ${body.mediaType}, and not JSON. Send Content-Type: application/json.`;
    return { ok: false, answer: problem('unsupported-media-type', detail) };
  }
  const tooLarge = tooManyBytes(body.bytes);
  if (tooLarge !== undefined) {
    return { ok: false, answer: problem('invalid-desired-state', 'Nothing was written: it is too large.', [tooLarge]) };
  }
  if (body.text === null) return unreadable('The body is not UTF-8. Send JSON in UTF-8.');
  const value = parsedJson(body.text);
  if (value === undefined) return unreadable(`The body is not JSON. ${hint}`);
  const fault = faultOfText(body.text, 'body');
  return fault === undefined ? { ok: true, value } : unreadable('The body is JSON that cannot be taken.', [fault]);
}

/** A sender that names no type has always been taken at its body. */
const isJson = ({ mediaType }: RequestBody): boolean =>
  mediaType === null || mediaType === 'application/json' || mediaType.endsWith('+json');

const unreadable = (detail: string, faults: readonly Fault[] = []): JsonBody => ({
  ok: false,
  answer: problem('invalid-request', detail, faults),
});
