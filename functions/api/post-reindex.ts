import { reindex } from '../ledger/fleet/reindex';
import type { LedgerStore } from '../ports/ledger-store';
import { answer, type Answer, problem } from './answer';
import { type ApiRequest, pageSizeFaults, pageSizeOf, refusingCursors } from './api-request';
import type { Reindexed } from './operator-responses';

/**
 * `POST /reindex?limit=50&cursor=…`: writes the filter entries of one page of vendings that an earlier release has
 * written. A second call changes nothing.
 */
export function postReindex(ledger: LedgerStore, request: ApiRequest): Promise<Answer> {
  const faults = pageSizeFaults(request);
  if (faults.length > 0) return Promise.resolve(problem('invalid-request', 'A query parameter is invalid.', faults));
  const { cursor } = request.query;
  return refusingCursors(async () => {
    const page = { limit: pageSizeOf(request), ...(cursor === undefined ? {} : { cursor }) };
    const body: Reindexed = await reindex(ledger, page);
    return answer(200, body);
  });
}
