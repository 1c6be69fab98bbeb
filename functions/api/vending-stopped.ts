import * as z from 'zod';

const InstantSchema = z.string().meta({ format: 'date-time', description: 'UTC, ISO 8601' });

const SETTLES = 'By then its status is FAILED, and it can be replayed';

/** Of a vending whose run was stopped. */
export const stopFields = {
  stoppedAt: InstantSchema.nullable()
    .default(null)
    .meta({ description: 'Its run was stopped then; null again once its end is recorded' }),
  settlesAt: InstantSchema.nullable().default(null).meta({ description: SETTLES }),
};

/** The answer of `POST /vendings/{tenantUuid}/stop`. */
export const VendingStoppedSchema = z
  .object({
    tenantUuid: z.string(),
    replicationSequence: z.int(),
    executionArn: z.string(),
    stoppedAt: InstantSchema,
    settlesAt: InstantSchema.meta({ description: SETTLES }),
  })
  .meta({ id: 'VendingStopped' });

export type VendingStopped = Readonly<z.infer<typeof VendingStoppedSchema>>;
