import { tooManyBytes } from '../domain/desired-state/desired-state';
import type { Fault } from '../domain/base/fault';
import { faultOfText } from '../domain/base/json-text';
import { parsedJson } from '../domain/base/parsed-json';
import { type Answer, problem } from './answer';
import type { ApiRequest, RequestBody } from './api-request';

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
