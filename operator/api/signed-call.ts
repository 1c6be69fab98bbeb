import { ProblemSchema } from '../../functions/api/responses';
import { parsedJson } from '../../functions/domain/base/json';
import { OperatorError } from '../operator-error';
import { signedRequest } from './signed-request';

export interface ApiCall {
  readonly method: 'GET' | 'POST';
  /** Behind the stage: `/preflight`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
}

/** @throws OperatorError when the API is not reached, or answers with a problem */
export type SignedCall = (call: ApiCall) => Promise<unknown>;

/** Calls the API with the credentials and the region that every AWS command finds. */
export function signedCall(apiUrl: string): SignedCall {
  const send = signedRequest(apiUrl);
  return async ({ method, path, query = {}, body: given }) => {
    const answer = await send({
      method,
      path,
      query,
      ...(given === undefined ? {} : { body: JSON.stringify(given) }),
    });
    const body = parsedJson(await answer.text());
    const href = `${apiUrl.replace(/\/+$/u, '')}${path}${searchOf(query)}`;
    if (!answer.ok) throw problemOf(answer.status, body, href);
    return body;
  };
}

const searchOf = (query: Readonly<Record<string, string>>): string => {
  const search = new URLSearchParams(query).toString();
  return search === '' ? '' : `?${search}`;
};

/** What an answer that is not a success says to a person. */
export function problemOf(status: number, body: unknown, href: string): OperatorError {
  const { data } = ProblemSchema.safeParse(body);
  const detail =
    data === undefined ? 'The response is not from this API: check --api.' : `${data.title}. ${data.detail}`;
  const faults = (data?.errors ?? []).map(({ field, message }) => `\n  ${field} ${message}`);
  return new OperatorError(`${href} answers ${status}. ${detail}${faults.join('')}`);
}
