import * as z from 'zod/mini';
import { described } from '../base/plain-schemas';

/** Which costs are asked for, in meshStack's words. */
export const CostFilterSchema = z.enum(['NONE', 'EXCLUDE_TAX']);

export type CostFilter = z.infer<typeof CostFilterSchema>;

const fairChargeback = (of: string): z.ZodMiniDefault<z.ZodMiniBoolean> =>
  described(
    z._default(z.boolean(), false),
    `Charge the upfront fee of ${of} to who has bought them, when it was paid.`,
  );

/** `spec.config.aws.metering` of a meshPlatform, as far as it says what is collected and charged. */
export const MeteringConfigurationSchema = described(
  z.strictObject({
    filter: described(z._default(CostFilterSchema, 'NONE'), 'EXCLUDE_TAX: taxes are left out of all reports.'),
    reservedInstanceFairChargeback: fairChargeback('reserved instances'),
    savingsPlanFairChargeback: fairChargeback('Savings Plans'),
    processing: z.prefault(
      z.strictObject({
        deleteRawDataAfterDays: described(
          z._default(
            z
              .int('must be a whole number')
              .check(
                z.gte(45, "must be at least 45: a month's answers are needed until it is final"),
                z.lte(3650, 'must be at most 3650'),
              ),
            65,
          ),
          "For how many days AWS's own answers are kept beside the reports that were made of them.",
        ),
      }),
      {},
    ),
  }),
  'Costs are collected every day. Without this block they are not.',
);

export type MeteringConfiguration = Readonly<z.infer<typeof MeteringConfigurationSchema>>;

/** For who collects by hand where nothing is configured. */
export const defaultMetering = (): MeteringConfiguration => MeteringConfigurationSchema.parse({});
