import * as z from 'zod/mini';

import { AmountSchema } from './decimal';
import { utcInstant } from './utc-instant';
import { AnyFlag, AnyText, TextOrNull } from '../../domain/base/plain-schemas';

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
