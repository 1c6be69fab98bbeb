import type { Fault } from '../domain/base/fault';
import { MAX_LOST_SHOWN, type PassRecord } from '../domain/fleet/drift';
import { readPass, readLostAccounts, readDrifts } from '../ledger/fleet/reconciliation-run';
import type { LedgerStore } from '../ports/ledger-store';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, pageSizeFaults, pageSizeOf } from './api-request';
import type { DriftReport } from './drift-report-schema';

const LATEST = 'latest';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/**
 * `GET /drift-reports/{pass}?limit=50&cursor=…`: what a night has found, or of `latest` what the newest one has found
 * so far.
 */
export async function getDriftReport(ledger: LedgerStore, request: ApiRequest): Promise<Answer> {
  const { pathParameters, query } = request;
  const faults = [...pageSizeFaults(request), ...cursorFaults(query['cursor'])];
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const wanted = pathParameters['pass'] ?? LATEST;
  const record = await readPass(ledger, wanted === LATEST ? undefined : wanted);
  if (record === undefined) return problem('not-found', noSuchPass(wanted));
  const { drifts, after } = await readDrifts(ledger, {
    pass: record.pass,
    limit: pageSizeOf(request),
    after: query['cursor'] ?? null,
  });
  const lostAccounts = [...(await readLostAccounts(ledger, record.pass, MAX_LOST_SHOWN))];
  const body: DriftReport = { ...headOf(record), lostAccounts, drifts: [...drifts], cursor: after };
  return answer(200, body);
}

function headOf(record: PassRecord): Omit<DriftReport, 'lostAccounts' | 'drifts' | 'cursor'> {
  const { phase, changed, failed, unfinished, lost, ...rest } = record;
  const { pass, startedAt, endedAt, reconciled, notBegun, unchanged } = rest;
  const status = phase === 'ENDED' ? 'ENDED' : 'RUNNING';
  return { pass, status, startedAt, endedAt, reconciled, notBegun, unchanged, changed, failed, unfinished, lost };
}

const noSuchPass = (pass: string): string =>
  pass === LATEST
    ? 'There was no nightly reconciliation in the last 30 days. nightlyReconciliation in platform.json says whether there is one.'
    : `There is no drift report '${pass}'. A report is named by the day on which its night began (UTC), as in 2026-11-25, or is the 'latest'; it is kept for 30 days.`;

function cursorFaults(cursor: string | undefined): readonly Fault[] {
  if (cursor === undefined || UUID.test(cursor)) return [];
  const message = 'is not one that this list has given out. Leave it out to begin with the first.';
  return [{ field: 'cursor', message, value: cursor }];
}
