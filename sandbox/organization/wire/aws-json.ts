import { ServiceError } from '../service-error';
import { textOf, type Protocol, type WireResponse } from './wire-message';

/** AWS JSON 1.1: the operation in `X-Amz-Target`, the input as the body (Smithy, "AWS JSON 1.1 protocol"). */
export function awsJson(): Protocol {
  return {
    decode: (request) => {
      const operation = (request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
      return { operation, input: parse(textOf(request.body)) };
    },
    encode: (_operation, answer, requestId) => response(200, answer, requestId),
    refuse: (error, requestId) =>
      response(error.status, { __type: error.code, Message: error.message, ...error.fields }, requestId),
  };
}

function response(status: number, body: object, requestId: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: Buffer.from(JSON.stringify(asJson(body))),
  };
}

/** This protocol writes points in time as seconds since 1970, with a fraction, and what is null not at all. */
function asJson(value: unknown): unknown {
  if (value instanceof Date) {
    return value.getTime() / 1000;
  }
  if (Array.isArray(value)) {
    return value.map(asJson);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(membersOf(value).map(([key, member]) => [key, asJson(member)]));
  }
  return value;
}

const membersOf = (value: object): readonly [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== null);

/** A member that is null counts as absent. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(membersOf(value))
        : value,
    );
  } catch {
    // @evidence reported "github amazon-archives/aws-sdk-unity#54": SerializationException, with status 400, for a body
    //   that cannot be read
    throw new ServiceError('SerializationException', 'The request body is no JSON.');
  }
}
