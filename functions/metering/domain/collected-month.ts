import * as z from 'zod/mini';

import { type Fault, faultOf } from '../../domain/base/fault';
import { CostFilterSchema } from '../../domain/configuration/metering-configuration';
import { endOf, type Month, monthOf, MonthSchema, monthsLater, startOf } from './month';
import { ReportStateSchema } from './usage-document';
import { AnyFlag, AnyNumber, AnyText, TextOrNull } from '../../domain/base/plain-schemas';

const ContentReferenceSchema = z.object({
  /** SHA-256 of the text: the same content has the same place. */
  hash: AnyText,
  /** Into how many items it is cut. */
  parts: AnyNumber,
});

export type ContentReference = Readonly<z.infer<typeof ContentReferenceSchema>>;

/**
 * The same reports once more in parts of about the same size, so that what is asked of one tenant, or page by page,
 * does not read them all.
 */
const UsageSharesSchema = z.object({
  /** The hash of the document that they are of: an earlier release replaces that, and knows nothing of shares. */
  of: AnyText,
  currency: AnyText,
  invoiceTotal: AnyText,
  /** Into how many items each is cut. A tenant's place among them follows from its uuid. */
  byTenant: z.array(AnyNumber),
  /** The same by account, each from this account on. */
  byAccount: z.array(z.object({ from: AnyText, parts: AnyNumber })),
});

export type UsageShares = Readonly<z.infer<typeof UsageSharesSchema>>;

/** What the ledger remembers of a month. */
export const UsageRecordSchema = z.object({
  month: AnyText,
  state: ReportStateSchema,
  estimated: AnyFlag,
  generatedAt: AnyText,
  finalizedAt: TextOrNull,
  document: ContentReferenceSchema,
  /** Null: the document is small, or an earlier release has written it. */
  shares: z._default(z.nullable(UsageSharesSchema), null),
  /** The raw answers that the document was made of. */
  answers: ContentReferenceSchema,
  /** How it was asked for and charged. When it is final, this is how it stays. */
  rules: z.object({
    filter: CostFilterSchema,
    reservedInstanceFairChargeback: AnyFlag,
    savingsPlanFairChargeback: AnyFlag,
  }),
  /** The hash of the costs alone: after the month is final, it shows whether AWS has changed them. */
  costsHash: AnyText,
  /** Documents that were final once, oldest first. */
  superseded: z.array(z.object({ document: ContentReferenceSchema, at: AnyText })),
  /** Whether the bus has been told of this document. */
  announced: AnyFlag,
});

/** What collecting has cost. AWS charges each page that Cost Explorer answers. */
export const RequestRecordSchema = z.object({
  requests: AnyNumber,
  /** Null: it was asked for, and never came to reports. */
  lastCollectedAt: TextOrNull,
});

export type UsageRules = UsageRecord['rules'];
export type UsageRecord = Readonly<z.infer<typeof UsageRecordSchema>>;
export type RequestRecord = Readonly<z.infer<typeof RequestRecordSchema>>;

/** Cost Explorer keeps the current month and this many before it. */
const KEPT_MONTHS = 13;

/** How long after its end a month may still change; meshStack waits as long. */
const FINAL_AFTER_DAYS = 6;

/** What is wrong with asking for a month. */
export function monthFaults(field: string, month: string, now: Date): readonly Fault[] {
  if (!MonthSchema.safeParse(month).success) return [faultOf(field, month, 'is no month; write it as in 2026-01.')];
  return month > monthOf(now) ? [faultOf(field, month, 'has not begun yet: it has no costs.')] : [];
}

/** The same, for asking AWS. */
export function collectionFaults(field: string, month: string, now: Date): readonly Fault[] {
  const faults = monthFaults(field, month, now);
  const first = earliestCollected(now);
  return faults.length === 0 && month < first
    ? [faultOf(field, month, `is kept no longer by Cost Explorer, which goes back to ${first}.`)]
    : faults;
}

/** The oldest month that AWS can tell of. */
export const earliestCollected = (now: Date): Month => monthsLater(monthOf(now), -KEPT_MONTHS);

export const mayBeFinal = (month: Month, estimated: boolean, now: Date): boolean =>
  !estimated && now.getTime() >= endOf(month).getTime() + FINAL_AFTER_DAYS * 86_400_000;

/**
 * The days of a month that AWS tells of subscriptions; null where there is none yet. The end is exclusive, and has to
 * lie before today (GetSavingsPlansUtilizationDetails in the API's description): for a later end Cost Explorer answers
 * DataUnavailableException, as it does where nothing was bought.
 */
export function daysSoFar(month: Month, now: Date): { readonly start: string; readonly end: string } | null {
  const latestEnd = dayOf(new Date(now.getTime() - 86_400_000));
  const [start, end] = [dayOf(startOf(month)), dayOf(endOf(month))];
  return latestEnd <= start ? null : { start, end: latestEnd < end ? latestEnd : end };
}

export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** Cost Explorer's price of a page, in US dollars. */
export const requestCost = (requests: number): string => (requests / 100).toFixed(2);
