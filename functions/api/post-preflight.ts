import { startPreflight } from '../ledger/fleet/preflights';
import type { LedgerStore } from '../ports/ledger-store';
import type { PreflightRequests } from '../ports/queues';
import { type Answer, answer } from './answer';
import type { PreflightAccepted } from './responses';

export interface PreflightPorts {
  readonly ledger: LedgerStore;
  readonly preflights: PreflightRequests;
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * `POST /preflight`: asks for a preflight. Written down before it is put into the queue: one whose message was lost is
 * shown, and after a while as failed.
 */
export async function postPreflight({ ledger, preflights, now, newId }: PreflightPorts): Promise<Answer> {
  const id = newId();
  await startPreflight(ledger, id, now());
  await preflights.send(id);
  const body: PreflightAccepted = { id, status: 'RUNNING' };
  return answer(202, body);
}
