import { shownPreflight } from '../domain/fleet/preflight';
import { readPreflight } from '../ledger/fleet/preflights';
import type { LedgerStore } from '../ports/ledger-store';
import { type Answer, answer, problem } from './answer';
import type { ApiRequest } from './api-request';

/** `GET /preflight/{id}`: how it stands, and at its end every check. */
export async function getPreflight(ledger: LedgerStore, now: Date, { pathParameters }: ApiRequest): Promise<Answer> {
  const id = pathParameters['id'] ?? '';
  const record = await readPreflight(ledger, id);
  return record === undefined
    ? problem(
        'not-found',
        `There is no preflight '${id}'. Results are kept for 30 days; start another by POST /preflight.`,
      )
    : answer(200, shownPreflight(record, now));
}
