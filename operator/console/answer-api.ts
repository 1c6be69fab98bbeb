import type { IncomingMessage } from 'node:http';

import type { SignedRequest } from '../api/signed-request';
import { OperatorError } from '../operator-error';
import { type ConsoleAnswer, problem } from './console-answer';

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'];
/** The API takes less. */
const MOST_BYTES = 1_000_000;

/** Answers what the API answers. */
export async function answerApi(
  request: IncomingMessage,
  { searchParams }: URL,
  path: string,
  send: SignedRequest,
): Promise<ConsoleAnswer> {
  const { method = 'GET' } = request;
  if (!METHODS.includes(method)) return problem(405, 'No such method', `Use one of ${METHODS.join(', ')}.`);
  const body = await textOf(request);
  if (body === null) return problem(413, 'The request is too large', `Send at most ${MOST_BYTES} bytes.`);
  try {
    const answer = await send({
      method,
      path,
      query: Object.fromEntries(searchParams),
      ...(body === '' ? {} : { body }),
    });
    const type = answer.headers.get('content-type') ?? 'application/json';
    return {
      status: answer.status,
      headers: { 'content-type': type, 'cache-control': 'no-store' },
      body: new Uint8Array(await answer.arrayBuffer()),
    };
  } catch (error) {
    // No credentials, or no network: the person at the page can mend both.
    if (error instanceof OperatorError) return problem(502, 'The API cannot be called', error.message);
    throw error;
  }
}

/** Null where it is too long. */
async function textOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MOST_BYTES) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
