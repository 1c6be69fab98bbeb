import * as z from 'zod';

import { AmountSchema } from './decimal';
import { utcInstant } from './utc-instant';

/*
 * Answers of Cost Explorer as they come from AWS (API version 2017-10-25), reduced to what is read. Unknown fields are ignored: AWS adds some
 * now and then. What is optional in AWS's own model may be absent.
 */

/** A day (`2026-01-01`), or an instant of hourly answers. */
const DateSchema = z.string().transform((text, context) => {
  const date = utcInstant(text);
  if (date !== null) return date;
  context.addIssue('must be a date, as in 2026-01-01');
  return z.NEVER;
});

/** `End` is exclusive. */
const TimePeriodSchema = z.object({ Start: DateSchema, End: DateSchema });

const MoneySchema = z.object({ Amount: AmountSchema, Unit: z.string() });

const CostGroupSchema = z.object({
  Keys: z.array(z.string()),
  Metrics: z.object({ AmortizedCost: MoneySchema }),
});

export const CostAndUsageSchema = z.object({
  NextPageToken: z.string().nullish(),
  GroupDefinitions: z.array(z.object({ Type: z.string().nullish(), Key: z.string().nullish() })).nullish(),
  ResultsByTime: z.array(
    z.object({
      TimePeriod: TimePeriodSchema,
      Estimated: z.boolean().nullish(),
      Groups: z.array(CostGroupSchema).nullish(),
      Total: z.object({ AmortizedCost: MoneySchema.optional() }).nullish(),
    }),
  ),
});

/** Documented as a map of strings and no more; the names of its keys are those that AWS is seen to send. */
const AttributesSchema = z.record(z.string(), z.string().nullable());

export const ReservationUtilizationSchema = z.object({
  NextPageToken: z.string().nullish(),
  UtilizationsByTime: z.array(
    z.object({
      TimePeriod: TimePeriodSchema.nullish(),
      Groups: z
        .array(
          z.object({
            Value: z.string().nullish(),
            Attributes: AttributesSchema.nullish(),
            Utilization: z.object({ AmortizedUpfrontFee: AmountSchema.nullish() }).nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});

export const SavingsPlansUtilizationDetailsSchema = z.object({
  NextToken: z.string().nullish(),
  TimePeriod: TimePeriodSchema.nullish(),
  SavingsPlansUtilizationDetails: z.array(
    z.object({
      SavingsPlanArn: z.string(),
      Attributes: AttributesSchema.nullish(),
      AmortizedCommitment: z.object({ AmortizedUpfrontCommitment: AmountSchema.nullish() }).nullish(),
    }),
  ),
});

export type TimePeriod = Readonly<z.infer<typeof TimePeriodSchema>>;
export type Attributes = Readonly<z.infer<typeof AttributesSchema>>;
