import * as z from 'zod/mini';

import type { Checked, Fault } from '../../domain/base/fault';
import { faultsOf } from '../../domain/base/schema-faults';
import { AnyFlag, AnyText, TextOrNull } from '../../domain/base/plain-schemas';
import { AmountSchema } from './decimal';

/** One page of an answer of Cost Explorer, as AWS gave it. */
export interface AnswerPage {
  /** The name of the file or of the item in the ledger, for messages. */
  readonly name: string;
  /** Pages of one query have the same; the service that reservations were asked for. */
  readonly query: string;
  readonly content: unknown;
}

/** Everything that Cost Explorer has answered about a month. Order is of no account. */
export interface CostAnswers {
  readonly costAndUsage: readonly AnswerPage[];
  readonly reservationUtilization: readonly AnswerPage[];
  readonly savingsPlansUtilizationDetails: readonly AnswerPage[];
}

export interface ReadPage<T> {
  readonly name: string;
  readonly query: string;
  readonly content: T;
}

/**
 * Parses pages; a page that says where the next one begins, and none that is the last, is an answer that was cut off.
 */
export function readPages<S extends z.ZodMiniType>(
  pages: readonly AnswerPage[],
  schema: S,
  nextOf: (content: z.output<S>) => string | null | undefined,
): Checked<readonly ReadPage<z.output<S>>[]> {
  const read: ReadPage<z.output<S>>[] = [];
  const faults: Fault[] = [];
  for (const { name, query, content } of pages.filter((page) => !saysDataUnavailable(page.content))) {
    const parsed = schema.safeParse(content, { reportInput: true });
    if (parsed.success) read.push({ name, query, content: parsed.data });
    else faults.push(...faultsOf(parsed.error, schema, 'content').map((fault) => inPage(name, fault)));
  }
  if (faults.length > 0) return { ok: false, faults };
  const cut = cutQueries(read, nextOf);
  return cut.length > 0 ? { ok: false, faults: cut } : { ok: true, value: read };
}

export const inPage = (name: string, { field, ...fault }: Fault): Fault => ({ field: `${name}: ${field}`, ...fault });

function cutQueries<T>(
  pages: readonly ReadPage<T>[],
  nextOf: (content: T) => string | null | undefined,
): readonly Fault[] {
  const isLast = ({ content }: ReadPage<T>): boolean => (nextOf(content) ?? '') === '';
  const byQuery = Map.groupBy(pages, ({ query }) => query);
  return [...byQuery.values()].flatMap((ofQuery) =>
    ofQuery.some(isLast)
      ? []
      : ofQuery.slice(-1).map(({ name }) => ({
          field: name,
          message: 'says that there is a next page, and the last page is not there. Fetch the missing pages as well.',
        })),
  );
}

const UnavailableSchema = z.object({ __type: z.string().check(z.regex(/(^|#)DataUnavailableException$/)) });

/** How Cost Explorer says that there are no reservations, or Savings Plans, in a month. */
const saysDataUnavailable = (content: unknown): boolean => UnavailableSchema.safeParse(content).success;

const IsoSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })]);

/**
 * A day or an instant as AWS writes it (ISO 8601): `2026-01-01`, `2026-01-01T00:00:00.000Z`. What has no time zone is
 * in UTC, wherever it is read: months of bills are UTC's. Null: the text is no such thing, or names a day that is in no
 * calendar.
 */
export function utcInstant(text: string): Date | null {
  if (!IsoSchema.safeParse(text).success) return null;
  const isLocal = text.includes('T') && !/(Z|[+-]\d\d:\d\d)$/.test(text);
  return new Date(isLocal ? `${text}Z` : text);
}

/*
 * Answers of Cost Explorer as they come from AWS (API version 2017-10-25), reduced to what is read. Unknown fields are
 * ignored: AWS adds some now and then. What is optional in AWS's own model may be absent.
 */

/** A day (`2026-01-01`), or an instant of hourly answers. */
const DateSchema = z.pipe(
  AnyText,
  z.transform((text, context) => {
    const date = utcInstant(text);
    if (date !== null) return date;
    context.issues.push({ code: 'custom', message: 'must be a date, as in 2026-01-01', input: text });
    return z.NEVER;
  }),
);

/** `End` is exclusive. */
const TimePeriodSchema = z.object({ Start: DateSchema, End: DateSchema });

const MoneySchema = z.object({ Amount: AmountSchema, Unit: AnyText });

const CostGroupSchema = z.object({
  Keys: z.array(AnyText),
  Metrics: z.object({ AmortizedCost: MoneySchema }),
});

export const CostAndUsageSchema = z.object({
  NextPageToken: z.nullish(AnyText),
  GroupDefinitions: z.nullish(z.array(z.object({ Type: z.nullish(AnyText), Key: z.nullish(AnyText) }))),
  ResultsByTime: z.array(
    z.object({
      TimePeriod: TimePeriodSchema,
      Estimated: z.nullish(AnyFlag),
      Groups: z.nullish(z.array(CostGroupSchema)),
      Total: z.nullish(z.object({ AmortizedCost: z.optional(MoneySchema) })),
    }),
  ),
});

/** Documented as a map of strings and no more; the names of its keys are those that AWS is seen to send. */
const AttributesSchema = z.record(AnyText, TextOrNull);

export const ReservationUtilizationSchema = z.object({
  NextPageToken: z.nullish(AnyText),
  UtilizationsByTime: z.array(
    z.object({
      TimePeriod: z.nullish(TimePeriodSchema),
      Groups: z.nullish(
        z.array(
          z.object({
            Value: z.nullish(AnyText),
            Attributes: z.nullish(AttributesSchema),
            Utilization: z.nullish(z.object({ AmortizedUpfrontFee: z.nullish(AmountSchema) })),
          }),
        ),
      ),
    }),
  ),
});

export const SavingsPlansUtilizationDetailsSchema = z.object({
  NextToken: z.nullish(AnyText),
  TimePeriod: z.nullish(TimePeriodSchema),
  SavingsPlansUtilizationDetails: z.array(
    z.object({
      SavingsPlanArn: AnyText,
      Attributes: z.nullish(AttributesSchema),
      AmortizedCommitment: z.nullish(z.object({ AmortizedUpfrontCommitment: z.nullish(AmountSchema) })),
    }),
  ),
});

export type TimePeriod = Readonly<z.infer<typeof TimePeriodSchema>>;
export type Attributes = Readonly<z.infer<typeof AttributesSchema>>;
