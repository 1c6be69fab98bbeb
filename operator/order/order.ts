import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { VendingAcceptedSchema } from '../../functions/api/responses';
import type { ScreenContext } from '../command-context';
import { asSentence, errorMessage } from '../error-message';
import { OperatorError } from '../operator-error';
import { apiAnswer } from '../vendings/api-answer';
import { showVending } from '../vendings/show-vending';

export interface OrderOptions {
  readonly json: boolean;
  readonly apiUrl: string;
  /** Holds a desired state, as JSON or YAML. */
  readonly file: string;
  /** Whether it waits until the vending has ended. */
  readonly wait: boolean;
}

/**
 * `account-vending order`: sends a desired state to the API.
 *
 * @returns 1: it was waited for, and has failed
 * @throws OperatorError where the API refuses it
 */
export async function order({ json, apiUrl, file, wait }: OrderOptions, context: ScreenContext): Promise<number> {
  const call = { method: 'POST', path: '/vendings', body: desiredStateIn(file) } as const;
  const accepted = await apiAnswer(apiUrl, call, VendingAcceptedSchema);
  const { tenantUuid, replicationSequence, status } = accepted;
  const told = `${tenantUuid}: sequence ${replicationSequence} is ${status}\n`;
  if (!wait) {
    context.print(json ? `${JSON.stringify(accepted, null, 2)}\n` : told);
    return 0;
  }
  context.notify(told);
  return showVending({ json, apiUrl, tenantUuid, watch: true }, context);
}

function desiredStateIn(file: string): object {
  const content = contentOf(file);
  if (typeof content === 'object' && content !== null) return content;
  throw new OperatorError(`${file} holds no object. It has to hold one desired state, as docs/input.md describes it.`);
}

/** JSON is YAML, too. */
function contentOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new OperatorError(`${file} cannot be read: ${asSentence(errorMessage(cause))}`);
  }
}
