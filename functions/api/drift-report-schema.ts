import * as z from 'zod';

import { described } from '../domain/base/plain-schemas';
import { DriftRecordSchema, LostAccountSchema } from '../domain/fleet/drift';
import { InstantSchema, StepErrorSchema } from './responses';

const DriftSchema = z
  .object({
    ...DriftRecordSchema.shape,
    before: described(
      DriftRecordSchema.shape.before,
      'The status of the tenant before the run: after a failure, most changes are what was still missing',
    ),
    endedAt: InstantSchema,
    error: z.nullable(StepErrorSchema),
    changes: described(DriftRecordSchema.shape.changes, 'What the run has changed in AWS'),
    changesLeftOut: z
      .int()
      .meta({ description: 'How many more changes there were; the timeline of the tenant has them' }),
    replicationSequence: z.int(),
    run: z.int(),
  })
  .meta({ id: 'Drift' });

const LostAccountDetailSchema = z
  .object({
    ...LostAccountSchema.shape,
    since: described(LostAccountSchema.shape.since, 'When a run of the tenant found this'),
  })
  .meta({ id: 'LostAccount' });

/** What a night's reconciliation has found. */
export const DriftReportSchema = z
  .object({
    pass: z.string().meta({ format: 'date', description: 'The day on which the reconciliation began (UTC)' }),
    status: z.enum(['RUNNING', 'ENDED']),
    startedAt: InstantSchema,
    endedAt: InstantSchema.nullable(),
    reconciled: z.int().meta({ description: 'How many tenants a run was started for' }),
    notBegun: z
      .int()
      .meta({ description: 'How many tenants no run could be started for; the log of ReconcileTenants says why' }),
    unchanged: z
      .int()
      .meta({ description: 'How many tenants were compared with AWS and need no run: everything is as it is wanted' }),
    changed: z
      .int()
      .nullable()
      .meta({ description: 'How many runs changed something and did not fail; null until the end' }),
    failed: z.int().nullable().meta({ description: 'How many runs have failed; null until the end' }),
    unfinished: z.int().nullable().meta({ description: 'How many runs had not ended by then; null until the end' }),
    lost: z.int().nullable().meta({
      description: 'How many tenants have an account that has left the organization or is closed; null until the end',
    }),
    lostAccounts: z.array(LostAccountDetailSchema).meta({
      description:
        'The first 200 of them. A run of each has failed because of it; the nightly reconciliation skips them until that run is replayed or a newer desired state comes',
    }),
    drifts: z.array(DriftSchema).meta({ description: 'The runs that changed something, or failed' }),
    cursor: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' }),
  })
  .meta({ id: 'DriftReport' });

export type DriftReport = Readonly<z.infer<typeof DriftReportSchema>>;
