import * as z from 'zod/mini';

import { canonicalJson } from '../../domain/base/json';
import type { AccountReport, UsageReports } from './usage-report';
import { AnyNumber, AnyText, NullByDefault, TextOrNull } from '../../domain/base/plain-schemas';

/**
 * OPEN: costs still come in. FINALIZED: bill it. UPDATED: AWS has changed it after that; bill the difference to the
 * version before.
 */
export const ReportStateSchema = z.enum(['OPEN', 'FINALIZED', 'UPDATED']);

export type ReportState = z.infer<typeof ReportStateSchema>;

export const LineItemSchema = z.object({
  type: z.enum(['USAGE', 'UPFRONT_FEE', 'AMORTIZED_UPFRONT_DISCOUNT']),
  service: AnyText,
  subscriptionId: TextOrNull,
  amount: AnyText,
});

export const PaymentMethodDetailSchema = z.object({
  identifier: AnyText,
  name: TextOrNull,
  amount: TextOrNull,
  expirationDate: TextOrNull,
});

/** The tenant as it was when the month ended; null: no longer known. */
export const TenantDetailsSchema = z.object({
  tags: z.nullable(z.record(AnyText, AnyText)),
  paymentMethod: z.nullable(PaymentMethodDetailSchema),
  // Releases before 0.1.0 have not written them.
  workspaceIdentifier: NullByDefault,
  projectIdentifier: NullByDefault,
});

export const StoredReportSchema = z.object({
  tenantUuid: TextOrNull,
  accountId: AnyText,
  state: ReportStateSchema,
  /** Rises with each change after the month was final. */
  version: AnyNumber,
  ...TenantDetailsSchema.shape,
  accountName: NullByDefault,
  lineItems: z.array(LineItemSchema),
  total: AnyText,
});

/** Everything that is reported of a month. */
export const UsageDocumentSchema = z.object({
  month: AnyText,
  currency: AnyText,
  invoiceTotal: AnyText,
  reports: z.array(StoredReportSchema),
});

export type TenantDetails = Readonly<z.infer<typeof TenantDetailsSchema>>;
export type StoredReport = Readonly<z.infer<typeof StoredReportSchema>>;
export type UsageDocument = Readonly<z.infer<typeof UsageDocumentSchema>>;

export interface DocumentInput {
  readonly usage: UsageReports;
  readonly details: ReadonlyMap<string, TenantDetails>;
  /** What accounts are called, by their id. */
  readonly accountNames: ReadonlyMap<string, string>;
  /** What was final once stays so. */
  readonly isFinal: boolean;
  /** The document before, and whether it was final. */
  readonly previous: { readonly document: UsageDocument; readonly wasFinal: boolean } | null;
}

/**
 * The month's document. While it is open, reports are replaced. When it becomes final, they are FINALIZED; after that a
 * report whose lines have changed is a new version, UPDATED, and all others stay as they are, with their tags and
 * payment method.
 */
export function usageDocument({ usage, details, accountNames, isFinal, previous }: DocumentInput): UsageDocument {
  const before = new Map(previous?.document.reports.map((report) => [report.accountId, report]));
  const wasFinal = previous?.wasFinal ?? false;
  const vanished = wasFinal
    ? [...before.values()].filter(({ accountId }) => usage.reports.every((report) => report.accountId !== accountId))
    : [];
  const reports = [...usage.reports, ...vanished.map(emptied)].map((report) =>
    storedReport(report, before.get(report.accountId), {
      details: details.get(report.tenantUuid ?? '') ?? NOTHING_KNOWN,
      accountName: accountNames.get(report.accountId) ?? null,
      isFinal,
      wasFinal,
    }),
  );
  const { month, currency, invoiceTotal } = usage;
  return { month, currency, invoiceTotal, reports };
}

const NOTHING_KNOWN: TenantDetails = {
  tags: null,
  paymentMethod: null,
  workspaceIdentifier: null,
  projectIdentifier: null,
};

/** An account whose costs AWS has taken back altogether. */
const emptied = ({ tenantUuid, accountId }: StoredReport): AccountReport => ({
  tenantUuid,
  accountId,
  lineItems: [],
  total: '0.00',
});

interface Circumstances {
  readonly details: TenantDetails;
  readonly accountName: string | null;
  readonly isFinal: boolean;
  readonly wasFinal: boolean;
}

function storedReport(
  report: AccountReport,
  before: StoredReport | undefined,
  { details, accountName, isFinal, wasFinal }: Circumstances,
): StoredReport {
  const lineItems = [...report.lineItems];
  const names = { ...known(details, before), accountName: accountName ?? before?.accountName ?? null };
  if (!wasFinal) {
    return { ...report, lineItems, state: isFinal ? 'FINALIZED' : 'OPEN', version: 1, ...names };
  }
  if (before !== undefined && isSame(before, report)) return before;
  return { ...report, lineItems, state: 'UPDATED', version: (before?.version ?? 0) + 1, ...names };
}

/** What was known once is not forgotten: desired states are deleted some time after newer ones have come. */
const known = (details: TenantDetails, before: StoredReport | undefined): TenantDetails => ({
  tags: details.tags ?? before?.tags ?? null,
  paymentMethod: details.paymentMethod ?? (details.tags === null ? (before?.paymentMethod ?? null) : null),
  ...knownNames(details, before),
});

const knownNames = (
  { workspaceIdentifier, projectIdentifier }: TenantDetails,
  before: StoredReport | undefined,
): Pick<TenantDetails, 'workspaceIdentifier' | 'projectIdentifier'> => ({
  workspaceIdentifier: workspaceIdentifier ?? before?.workspaceIdentifier ?? null,
  projectIdentifier: projectIdentifier ?? before?.projectIdentifier ?? null,
});

const isSame = (before: StoredReport, report: AccountReport): boolean =>
  canonicalJson(before.lineItems) === canonicalJson(report.lineItems) && before.tenantUuid === report.tenantUuid;

/** The state of the whole month, from that of its reports. */
export const stateOf = ({ reports }: UsageDocument, isFinal: boolean): ReportState => {
  if (!isFinal) return 'OPEN';
  return reports.some(({ state }) => state === 'UPDATED') ? 'UPDATED' : 'FINALIZED';
};
