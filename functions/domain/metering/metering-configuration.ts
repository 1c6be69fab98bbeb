import * as z from 'zod';

import { CostFilterSchema } from './cost-filter';

/** `spec.config.aws.metering` of a meshPlatform, as far as it says what is collected and charged. */
export const MeteringConfigurationSchema = z
  .strictObject({
    filter: CostFilterSchema.default('NONE').describe('EXCLUDE_TAX: taxes are left out of all reports.'),
    reservedInstanceFairChargeback: z
      .boolean()
      .default(false)
      .describe('Charge the upfront fee of reserved instances to who has bought them, when it was paid.'),
    savingsPlanFairChargeback: z
      .boolean()
      .default(false)
      .describe('Charge the upfront fee of Savings Plans to who has bought them, when it was paid.'),
    processing: z
      .strictObject({
        deleteRawDataAfterDays: z
          .int('must be a whole number')
          .min(45, "must be at least 45: a month's answers are needed until it is final")
          .max(3650, 'must be at most 3650')
          .default(65)
          .describe("For how many days AWS's own answers are kept beside the reports that were made of them."),
      })
      .prefault({}),
  })
  .describe('Costs are collected every day. Without this block they are not.');

export type MeteringConfiguration = Readonly<z.infer<typeof MeteringConfigurationSchema>>;

/** For who collects by hand where nothing is configured. */
export const DEFAULT_METERING: MeteringConfiguration = MeteringConfigurationSchema.parse({});
