import { earliestCollected, monthFaults, requestCost, type UsageRecord } from '../metering/domain/collected-month';
import { centsText, decimal, exactText, sumOf } from '../metering/domain/decimal';
import { readDocument, readReportsAfter, readTenantReports, type SomeReports } from '../metering/usage-documents';
import { readRequests, readUsage } from '../ledger/metering/usage-months';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, pageSizeFaults } from './api-request';
import type { MonthUsage, TenantUsage } from './responses';

const COLUMNS = [
  'month',
  'currency',
  'tenantUuid',
  'accountId',
  'state',
  'version',
  'type',
  'service',
  'subscriptionId',
  'amount',
  'workspaceIdentifier',
  'projectIdentifier',
  'accountName',
  'costCentre',
] as const;

/**
 * Line items as comma-separated values (RFC 4180), a header first. Amounts are unrounded. New columns come at the end.
 */
function usageCsv({ month, currency, reports }: Pick<MonthUsage, 'month' | 'currency' | 'reports'>): string {
  const rows = reports.flatMap(({ tenantUuid, accountId, state, version, lineItems, ...names }) =>
    lineItems.map(({ type, service, subscriptionId, amount }) => [
      month,
      currency,
      tenantUuid ?? '',
      accountId,
      state,
      String(version),
      type,
      service,
      subscriptionId ?? '',
      amount,
      names.workspaceIdentifier ?? '',
      names.projectIdentifier ?? '',
      names.accountName ?? '',
      names.paymentMethod?.identifier ?? '',
    ]),
  );
  return [COLUMNS, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/**
 * A spreadsheet takes what begins with one of these for a formula; a negative amount is none, but `-2+cmd|'/c calc'!A0`
 * is.
 */
const FORMULA = /^[=+@\t\r\n＝＋＠－]|^-(?!\d+([.]\d+)?$)/u;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * `GET /usage-reports/{month}?limit=50&cursor=…`: the reports of all accounts, as JSON or as CSV. It is whole as CSV,
 * and without a limit.
 */
export async function getUsage(ledger: LedgerStore, now: Date, request: ApiRequest): Promise<Answer> {
  const month = request.pathParameters['month'] ?? '';
  const refusal = refusalOf(month, now, request);
  if (refusal !== undefined) return refusal;
  const record = await readUsage(ledger, month);
  if (record === undefined) return notCollected(month, now);
  const { limit, cursor = '' } = request.query;
  if (limit === undefined || wantsCsv(request)) {
    return shown(request, await monthUsage(ledger, record, await readDocument(ledger, month, record.document), null));
  }
  const found = await readReportsAfter(ledger, record, cursor, Number(limit));
  const reports = found.reports.slice(0, Number(limit));
  const next = reports.length < found.reports.length ? (reports.at(-1)?.accountId ?? null) : null;
  return shown(request, await monthUsage(ledger, record, { ...found, reports }, next));
}

/** `GET /tenants/{tenantUuid}/usage-reports/{month}`: the reports of the accounts of one tenant. */
export async function getTenantUsage(ledger: LedgerStore, now: Date, request: ApiRequest): Promise<Answer> {
  const month = request.pathParameters['month'] ?? '';
  const tenantUuid = (request.pathParameters['tenantUuid'] ?? '').toLowerCase();
  const refusal = refusalOf(month, now, request);
  if (refusal !== undefined) return refusal;
  if ((await readTenant(ledger, tenantUuid)) === undefined) {
    return problem('not-found', `There is no tenant '${tenantUuid}'. GET /vendings lists all tenants.`);
  }
  const record = await readUsage(ledger, month);
  if (record === undefined) return notCollected(month, now);
  const { state, estimated, generatedAt, finalizedAt } = record;
  const { currency, reports } = await readTenantReports(ledger, record, tenantUuid);
  const amounts = reports.flatMap(({ lineItems }) => lineItems.map(({ amount }) => decimal(amount)));
  return shown(request, {
    tenantUuid,
    month,
    state,
    estimated,
    generatedAt,
    finalizedAt,
    currency,
    total: centsText(sumOf(amounts)),
    reports,
  });
}

async function monthUsage(
  ledger: LedgerStore,
  { month, state, estimated, generatedAt, finalizedAt }: UsageRecord,
  { currency, invoiceTotal, reports }: SomeReports,
  cursor: string | null,
): Promise<MonthUsage> {
  const collection = await readRequests(ledger, month);
  const requests = collection?.requests ?? 0;
  return {
    month,
    state,
    estimated,
    generatedAt,
    finalizedAt,
    currency,
    invoiceTotal: exactText(decimal(invoiceTotal)),
    reports: [...reports],
    cursor,
    collection: {
      lastCollectedAt: collection?.lastCollectedAt ?? generatedAt,
      requests,
      requestCost: requestCost(requests),
    },
  };
}

const FORMATS = ['json', 'csv'];

function refusalOf(month: string, now: Date, request: ApiRequest): Answer | undefined {
  const { format } = request.query;
  const faults = [
    ...monthFaults('month', month, now),
    ...pageSizeFaults(request),
    ...(format === undefined || FORMATS.includes(format)
      ? []
      : [{ field: 'format', message: `'${format}' is no format; it may be json or csv.`, value: format }]),
  ];
  return faults.length === 0
    ? undefined
    : problem('invalid-request', `Change ${faults.map(({ field }) => field).join(' and ')}.`, faults);
}

function notCollected(month: string, now: Date): Answer {
  const earliest = earliestCollected(now);
  const remedy =
    month < earliest
      ? `It cannot be collected any more: Cost Explorer keeps costs back to ${earliest}.`
      : "Costs are collected once a day where the configuration has a block 'metering'; " +
        `an earlier month is collected by calling vending-CollectCosts with { "month": "${month}" }, back to ${earliest}.`;
  return problem('not-found', `There are no usage reports of ${month}. ${remedy}`);
}

const wantsCsv = ({ query, accept }: ApiRequest): boolean =>
  query['format'] === 'csv' || (query['format'] === undefined && prefersCsv(accept));

function shown(request: ApiRequest, usage: MonthUsage | TenantUsage): Answer {
  return wantsCsv(request)
    ? { statusCode: 200, headers: { 'Content-Type': 'text/csv; charset=utf-8' }, body: usageCsv(usage) }
    : answer(200, usage);
}

/** A caller that accepts both gets JSON. */
const prefersCsv = (accept: string): boolean =>
  accept.includes('text/csv') && !/application\/json|\*\/\*/u.test(accept);
