import { VendingApiError } from './errors';
import type { Problem } from './schemas';

/** What `openapi-fetch` makes of a response. */
export interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** @throws VendingApiError with what the API says; the error of `fetch` where nothing answers */
export async function dataOf<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer;
  if (data !== undefined) return data;
  throw new VendingApiError(problemOf(error, response));
}

/** API Gateway and what stands before it answer in words of their own. */
function problemOf(error: unknown, { status, url }: Response): Problem {
  const given: Partial<Problem> & { readonly message?: string } =
    typeof error === 'object' && error !== null ? error : {};
  return {
    type: given.type ?? 'about:blank',
    title: given.title ?? 'The request was refused',
    status,
    detail: given.detail ?? given.message ?? `${url} has answered with ${status}. Check apiUrl.`,
    errors: given.errors ?? [],
  };
}
