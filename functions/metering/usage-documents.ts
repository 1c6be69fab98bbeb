import { gunzipSync, gzipSync } from 'node:zlib';

import * as z from 'zod/mini';

import { readContent, writeUsage } from '../ledger/metering/usage-months';
import type { LedgerStore } from '../ports/ledger-store';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import { contentHash } from '../domain/base/json';
import { inParts } from '../ledger/base/decide';
import type { ContentReference, UsageRecord, UsageShares } from './domain/collected-month';
import {
  type StoredReport,
  StoredReportSchema,
  type UsageDocument,
  UsageDocumentSchema,
} from './domain/usage-document';

/** Reports and answers repeat themselves: packed they take about a tenth of the room. */
export const packed = (text: string): string => gzipSync(text, { level: 9 }).toString('base64');

const unpacked = (text: string): string => gunzipSync(Buffer.from(text, 'base64')).toString('utf8');

/** The reports of a month as they were written down. */
export async function readDocument(
  ledger: LedgerStore,
  month: string,
  reference: ContentReference,
): Promise<UsageDocument> {
  return UsageDocumentSchema.parse(await readKept(ledger, month, reference));
}

async function readKept(ledger: LedgerStore, month: string, reference: ContentReference): Promise<unknown> {
  const text = await readContent(ledger, month, reference);
  if (text !== undefined) return JSON.parse(unpacked(text));
  throw new Error(`The reports of ${month} are not in the ledger (${reference.hash}). Collect the month again.`);
}

/** About so many reports are in a share; a document of no more has none. */
const SHARE_REPORTS = 100;

/** Keeps something under a name; a second time it has to be the same. */
type Keep = (content: object, name: string) => Promise<ContentReference>;

/** Keeps the reports of a large document once more, in shares. */
export async function keepShares(document: UsageDocument, keep: Keep): Promise<UsageShares | null> {
  const { currency, invoiceTotal, reports } = document;
  if (reports.length <= SHARE_REPORTS) return null;
  const of = contentHash(document);
  const groups: StoredReport[][] = Array.from({ length: Math.ceil(reports.length / SHARE_REPORTS) }, () => []);
  for (const report of reports)
    if (report.tenantUuid !== null) groups[shareOf(report.tenantUuid, groups.length)]?.push(report);
  const byTenant: number[] = [];
  for (const [index, group] of groups.entries()) byTenant.push((await keep(group, tenantShare(of, index))).parts);
  const byAccount: UsageShares['byAccount'] = [];
  for (const [index, part] of inParts(reports.toSorted(byAccountId), SHARE_REPORTS).entries()) {
    const { parts } = await keep(part, accountShare(of, index));
    byAccount.push({ from: part[0]?.accountId ?? '', parts });
  }
  return { of, currency, invoiceTotal, byTenant, byAccount };
}

const tenantShare = (of: string, index: number): string => `${of}-TENANTS-${index}`;

const accountShare = (of: string, index: number): string => `${of}-ACCOUNTS-${index}`;

const shareOf = (tenantUuid: string, count: number): number =>
  Number.parseInt(contentHash(tenantUuid).slice(0, 8), 16) % count;

const byAccountId = (one: StoredReport, other: StoredReport): number => (one.accountId < other.accountId ? -1 : 1);

/** What of a month's document is asked for, with what stands above its reports. */
export type SomeReports = Pick<UsageDocument, 'currency' | 'invoiceTotal' | 'reports'>;

/** The reports of one tenant. */
export async function readTenantReports(
  ledger: LedgerStore,
  record: UsageRecord,
  tenantUuid: string,
): Promise<SomeReports> {
  const shares = sharesOf(record);
  const index = shareOf(tenantUuid, shares?.byTenant.length ?? 1);
  const parts = shares?.byTenant[index];
  const { currency, invoiceTotal, reports } =
    shares === null || parts === undefined
      ? await readDocument(ledger, record.month, record.document)
      : { ...shares, reports: await readShare(ledger, record.month, { hash: tenantShare(shares.of, index), parts }) };
  return { currency, invoiceTotal, reports: reports.filter((report) => report.tenantUuid === tenantUuid) };
}

/** The first reports behind an account, by account, and at least one more than so many where there are more. */
export async function readReportsAfter(
  ledger: LedgerStore,
  record: UsageRecord,
  accountId: string,
  count: number,
): Promise<SomeReports> {
  const isBehind = (report: StoredReport): boolean => report.accountId > accountId;
  const shares = sharesOf(record);
  if (shares === null) {
    const { reports, ...above } = await readDocument(ledger, record.month, record.document);
    return { ...above, reports: reports.filter(isBehind).toSorted(byAccountId) };
  }
  const first = Math.max(
    0,
    shares.byAccount.findLastIndex(({ from }) => from <= accountId),
  );
  const reports: StoredReport[] = [];
  for (const [index, { parts }] of shares.byAccount.entries()) {
    if (index < first) continue;
    const share = { hash: accountShare(shares.of, index), parts };
    reports.push(...(await readShare(ledger, record.month, share)).filter(isBehind));
    if (reports.length > count) break;
  }
  return { ...shares, reports };
}

/** Of this very document. */
const sharesOf = ({ shares, document }: UsageRecord): UsageShares | null =>
  shares?.of === document.hash ? shares : null;

const ReportsSchema = z.array(StoredReportSchema);

const readShare = async (ledger: LedgerStore, month: string, share: ContentReference): Promise<StoredReport[]> =>
  ReportsSchema.parse(await readKept(ledger, month, share));

interface AnnouncePorts {
  readonly ledger: LedgerStore;
  readonly outcomes: OutcomePublisher;
}

/** Tells the bus of reports that are final, and then writes down that it was told: at least once. */
export async function announce({ ledger, outcomes }: AnnouncePorts, record: UsageRecord): Promise<void> {
  const { month, state, finalizedAt, announced } = record;
  if (state === 'OPEN' || finalizedAt === null || announced) return;
  const { currency, invoiceTotal, reports } = await readDocument(ledger, month, record.document);
  const updated = reports.filter((report) => report.state === 'UPDATED');
  await outcomes.publish({
    type: 'Usage Report Finalized',
    detail: {
      month,
      state,
      currency,
      invoiceTotal,
      finalizedAt,
      reports: reports.length,
      updatedReports: updated.length,
    },
  });
  await writeUsage(ledger, { ...record, announced: true }, record);
}
