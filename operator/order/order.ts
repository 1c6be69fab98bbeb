import { VendingAcceptedSchema } from '../../functions/api/responses';
import type { ScreenContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { apiAnswer } from '../vendings/api-answer';
import { showVending } from '../vendings/show-vending';
import { readDesiredState } from './read-desired-state';

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
  const content = readDesiredState(file);
  if (!content.ok)
    throw new OperatorError(content.faults.map(({ field, message }) => `${field} ${message}`).join('\n'));
  if (typeof content.value === 'object' && content.value !== null) return content.value;
  throw new OperatorError(`${file} holds no object. It has to hold one desired state, as docs/input.md describes it.`);
}
