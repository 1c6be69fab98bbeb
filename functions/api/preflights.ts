import { shownPreflight } from '../domain/fleet/preflight';
import { LATEST_PREFLIGHT, readLatestPreflight, readPreflight, startPreflight } from '../ledger/fleet/preflights';
import type { LedgerStore } from '../ports/ledger-store';
import type { PreflightRequests } from '../ports/queues';
import { answer, type Answer, problem } from './answer';
import type { ApiRequest } from './api-request';
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

/** `GET /preflight/{id}`: how it stands, and at its end every check; `latest` is the one that has ended last. */
export async function getPreflight(ledger: LedgerStore, now: Date, { pathParameters }: ApiRequest): Promise<Answer> {
  const id = pathParameters['id'] ?? '';
  const record = id === LATEST_PREFLIGHT ? await readLatestPreflight(ledger) : await readPreflight(ledger, id);
  return record === undefined
    ? problem(
        'not-found',
        `There is no preflight '${id}'. Results are kept for 30 days; start another by POST /preflight.`,
      )
    : answer(200, shownPreflight(record, now));
}
