import type { Fault } from '../domain/base/fault';
import { type VendingStatus, VendingStatusSchema } from '../domain/records/ledger-records';
import { listVendings } from '../ledger/runs/read-vending';
import { InvalidCursorError, type LedgerStore } from '../ports/ledger-store';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, pageSizeFaults, pageSizeOf } from './api-request';
import type { VendingList } from './responses';

/** `GET /vendings?status=FAILED&limit=50&cursor=…`: newest first. */
export async function getVendings(ledger: LedgerStore, request: ApiRequest): Promise<Answer> {
  const { query } = request;
  const faults = [...statusFaults(query['status']), ...pageSizeFaults(request)];
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  try {
    const { rows, cursor } = await listVendings(ledger, {
      limit: pageSizeOf(request),
      ...statusOf(query['status']),
      ...(query['cursor'] === undefined ? {} : { cursor: query['cursor'] }),
    });
    const body: VendingList = { vendings: [...rows], cursor };
    return answer(200, body);
  } catch (error) {
    if (!(error instanceof InvalidCursorError)) throw error;
    const fault = { field: 'cursor', message: `${error.message} Leave it out to begin with the newest.` };
    return problem('invalid-request', 'A query parameter is invalid.', [fault]);
  }
}

function statusOf(status: string | undefined): { readonly status?: VendingStatus } {
  return status === undefined ? {} : { status: VendingStatusSchema.parse(status) };
}

function statusFaults(status: string | undefined): readonly Fault[] {
  if (status === undefined || VendingStatusSchema.safeParse(status).success) return [];
  const known = VendingStatusSchema.options.join(', ');
  return [{ field: 'status', message: `is '${status}'; it may be one of ${known}.`, value: status, limit: known }];
}
