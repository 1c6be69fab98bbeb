import { shadowTold } from '../domain/run/shadow';
import { listShadowed, type ShadowedTenant } from '../ledger/fleet/shadow-report';
import type { LedgerStore } from '../ports/ledger-store';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, pageSizeFaults, pageSizeOf, refusingCursors } from './api-request';
import type { ShadowReport } from './shadow-responses';

/** A page of a hundred has to fit into an answer of Lambda; the story of the tenant has the rest. */
const MAX_BYTES = 32 * 1024;

/** `GET /shadow-report?landingZone=aws-dev&limit=50&cursor=…`: what runs would have changed that may only look. */
export async function getShadowReport(ledger: LedgerStore, request: ApiRequest): Promise<Answer> {
  const faults = pageSizeFaults(request);
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const { landingZone, cursor: given } = request.query;
  return refusingCursors(async () => {
    const { shadowed, cursor } = await listShadowed(ledger, {
      limit: pageSizeOf(request),
      ...(given === undefined ? {} : { cursor: given }),
    });
    const wanted = shadowed.filter(({ shadow }) => landingZone === undefined || shadow.landingZone === landingZone);
    const body: ShadowReport = { tenants: wanted.map(rowOf), cursor };
    return answer(200, body);
  });
}

function rowOf({ tenant, run, shadow }: ShadowedTenant): ShadowReport['tenants'][number] {
  const { tenantUuid, workspaceIdentifier, projectIdentifier } = tenant;
  const { replicationSequence, workflow, finishedAt, startedAt } = run;
  return {
    tenantUuid,
    workspaceIdentifier,
    projectIdentifier,
    replicationSequence,
    run: run.run,
    workflow,
    at: finishedAt ?? startedAt,
    ...shadowTold(shadow, MAX_BYTES),
  };
}
