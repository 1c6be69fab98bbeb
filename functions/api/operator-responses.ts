import * as z from 'zod';

import { WorkflowNameSchema } from '../domain/base/workflow-facts';
import { VendingStatusSchema } from '../domain/records/ledger-records';
import { PreflightStatusSchema } from '../domain/fleet/preflight';
import { DesiredStateRecordSchema, RunRecordSchema } from '../domain/records/ledger-records';
import { TOLD_EVENT_TYPES } from '../domain/run/told-events';
import { InstantSchema, StepErrorSchema, VendingDetailSchema } from './responses';
import { askedFields, EstimateSchema } from './vending-responses';

/* What the API tells operators about more than one vending. */

const cursor = z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' });

const RunSummarySchema = z
  .object({
    replicationSequence: z.int(),
    run: z.int().meta({ description: 'The attempt at this desired state, from 1' }),
    workflow: WorkflowNameSchema,
    status: z.enum(RunRecordSchema.shape.status.options),
    startedAt: InstantSchema,
    resumedAt: InstantSchema.meta({ description: 'Its start, or its last redrive' }),
    finishedAt: InstantSchema.nullable(),
    error: z.nullable(StepErrorSchema),
    executionArn: z.string().nullable(),
    supersededBy: z.int().nullable(),
    reconciledIn: z.string().nullable().meta({ description: 'The nightly reconciliation that has begun it' }),
    configurationHash: z.string().nullable().meta({
      description:
        'Of the configuration that it was planned with; null: there is no plan yet, or an earlier release made it',
    }),
    ...askedFields,
  })
  .meta({ id: 'RunSummary' });

/** `GET /vendings/{tenantUuid}/runs`. */
export const RunListSchema = z
  .object({
    runs: z.array(RunSummarySchema).meta({ description: 'Newest first; a page may have fewer than its limit' }),
    cursor,
  })
  .meta({ id: 'RunList' });

const TenantEventSchema = z
  .object({
    type: z.enum(TOLD_EVENT_TYPES).meta({ description: 'Its `detail-type` on the bus' }),
    at: InstantSchema.nullable().meta({
      description: 'When the ledger recorded what it tells; null: an earlier release told of a delay',
    }),
    replicationSequence: z.int(),
    run: z.int(),
    where: z
      .string()
      .nullable()
      .meta({ description: 'The state that failed or is late, or the lane in which the run waits' }),
    error: z.nullable(StepErrorSchema),
  })
  .meta({ id: 'TenantEvent' });

/** `GET /vendings/{tenantUuid}/events`. */
export const TenantEventListSchema = z
  .object({
    events: z.array(TenantEventSchema).meta({
      description: 'Of the newest run first; a page has those of as many runs as its limit, which may be none',
    }),
    cursor,
  })
  .meta({ id: 'TenantEventList' });

/** `GET /vendings/{tenantUuid}/runs/{run}`. */
export const RunSchema = RunSummarySchema.extend({
  tenantUuid: z.string(),
  approval: VendingDetailSchema.shape.approval,
  timeline: VendingDetailSchema.shape.timeline,
  shadow: VendingDetailSchema.shape.shadow,
}).meta({ id: 'Run' });

const DesiredStateSummarySchema = z
  .object({
    replicationSequence: z.int(),
    receivedAt: InstantSchema,
    trigger: z.enum(DesiredStateRecordSchema.shape.trigger.options),
    requestedBy: askedFields.requestedBy,
    contentHash: z.string(),
    runs: z.int().meta({ description: 'How many runs it has had' }),
    supersededBy: z.int().nullable().meta({ description: 'It never ran: the sequence that took its place' }),
  })
  .meta({ id: 'DesiredStateSummary' });

/** `GET /vendings/{tenantUuid}/desired-states`. */
export const DesiredStateListSchema = z
  .object({ desiredStates: z.array(DesiredStateSummarySchema).meta({ description: 'Newest first' }), cursor })
  .meta({ id: 'DesiredStateList' });

const DifferenceSchema = z
  .object({
    field: z.string().meta({ examples: ['tenant.spec.landingZoneRef.name'] }),
    from: z.unknown().optional().meta({ description: 'Absent: there was no such value' }),
    to: z.unknown().optional().meta({ description: 'Absent: there is no such value any more' }),
  })
  .meta({ id: 'Difference' });

/** `GET /vendings/{tenantUuid}/desired-states/{sequence}`. */
export const DesiredStateDetailSchema = DesiredStateSummarySchema.extend({
  tenantUuid: z.string(),
  desiredState: z.unknown().meta({
    description: 'As it came in; null once it is not kept any more, 30 days after a newer one has come',
  }),
  comparedWith: z.int().nullable().meta({ description: 'The sequence before it; null: there is none' }),
  differences: z
    .array(DifferenceSchema)
    .nullable()
    .meta({ description: 'What differs from the sequence before; null where one of the two is not kept' }),
}).meta({ id: 'DesiredStateDetail' });

const LaneStateSchema = z
  .object({
    name: z.string().meta({ examples: ['account-creation'] }),
    capacity: z.int().meta({ description: 'How many may be at work at once' }),
    unlimited: z.boolean().meta({ description: 'AWS takes any number at once here' }),
    slots: z
      .array(
        z.object({
          slot: z.int(),
          tenantUuid: z.string(),
          replicationSequence: z.int(),
          run: z.int(),
          since: InstantSchema,
        }),
      )
      .meta({ description: 'Those that are taken' }),
    waiting: z.int().meta({ description: 'How many runs wait' }),
  })
  .meta({ id: 'LaneState' });

/** `GET /lanes`. */
export const LaneListSchema = z.object({ lanes: z.array(LaneStateSchema), cursor }).meta({ id: 'LaneList' });

const WaiterSchema = z
  .object({
    tenantUuid: z.string(),
    replicationSequence: z.int(),
    run: z.int(),
    since: InstantSchema,
    position: z.int().nullable().meta({ description: '1 is next; null: it was let in just now' }),
    estimate: z.nullable(EstimateSchema),
  })
  .meta({ id: 'Waiter' });

/** `GET /lanes/{lane}/waiters`. */
export const WaiterListSchema = z.object({ waiters: z.array(WaiterSchema), cursor }).meta({ id: 'WaiterList' });

/** `GET /summary`. */
export const SummarySchema = z
  .object({
    at: InstantSchema,
    statuses: z
      .array(
        z.object({
          status: VendingStatusSchema,
          count: z.int().meta({ description: 'How many rows the list has of it: counted up to 100' }),
          more: z.boolean().meta({ description: 'There are more than that' }),
        }),
      )
      .meta({ description: 'All statuses, those without a row as well' }),
    errors: z
      .array(z.object({ error: z.string(), count: z.int() }))
      .meta({ description: 'By which errors the newest of them have failed, the most frequent first' }),
    reconciliation: z
      .object({ pass: z.string(), status: z.enum(['RUNNING', 'ENDED']), failed: z.int().nullable() })
      .nullable()
      .meta({ description: 'The newest nightly reconciliation; null: none in the last 30 days' }),
    preflight: z
      .object({ id: z.string(), status: PreflightStatusSchema, finishedAt: InstantSchema.nullable() })
      .nullable()
      .meta({ description: 'The preflight that has ended last; null: none in the last 30 days' }),
  })
  .meta({ id: 'Summary' });

const ReplaySchema = z
  .object({
    tenantUuid: z.string(),
    replicationSequence: z.int(),
    workspaceIdentifier: z.string().nullable(),
    projectIdentifier: z.string().nullable(),
    error: z.string().nullable(),
    outcome: z.enum(['redriven', 'restarted', 'refused', 'failed']).meta({
      description:
        'redriven: the run resumes at the state that failed; restarted: a new run with a new plan; refused: there is nothing to replay; failed: try again',
    }),
    detail: z.string().nullable().meta({ description: 'Why it was refused, or has failed' }),
  })
  .meta({ id: 'Replay' });

/** `POST /replays`. */
export const ReplaysSchema = z
  .object({
    dryRun: z.boolean().meta({ description: 'Nothing was done: outcomes say what would become of each' }),
    replays: z.array(ReplaySchema).meta({ description: 'A page may have fewer than its limit' }),
    cursor,
  })
  .meta({ id: 'Replays' });

/** `GET /configuration`. */
export const ConfigurationAnswerSchema = z
  .object({
    hash: z.string().meta({ description: 'SHA-256 of the configuration, which is the deployed one' }),
    releasedHash: z.string().nullable().meta({
      description:
        'Of the configuration that new desired states go by; null: nothing was planned yet, and the deployed one counts',
    }),
    platform: z.record(z.string(), z.unknown()).meta({ description: 'As in platform.json, with all defaults' }),
    landingZones: z.record(z.string(), z.record(z.string(), z.unknown())),
  })
  .meta({ id: 'Configuration' });

/** The answer of `POST /reindex`. */
export const ReindexedSchema = z
  .object({
    read: z.int().meta({ description: 'How many rows of the list this page had' }),
    written: z.int().meta({ description: 'How many of them had to be filed' }),
    cursor: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' }),
  })
  .meta({ id: 'Reindexed' });

export type Reindexed = Readonly<z.infer<typeof ReindexedSchema>>;
export type RunList = Readonly<z.infer<typeof RunListSchema>>;
export type Run = Readonly<z.infer<typeof RunSchema>>;
export type TenantEventList = Readonly<z.infer<typeof TenantEventListSchema>>;
export type DesiredStateList = Readonly<z.infer<typeof DesiredStateListSchema>>;
export type DesiredStateDetail = Readonly<z.infer<typeof DesiredStateDetailSchema>>;
export type LaneList = Readonly<z.infer<typeof LaneListSchema>>;
export type WaiterList = Readonly<z.infer<typeof WaiterListSchema>>;
export type Summary = Readonly<z.infer<typeof SummarySchema>>;
export type Replays = Readonly<z.infer<typeof ReplaysSchema>>;
export type ConfigurationAnswer = Readonly<z.infer<typeof ConfigurationAnswerSchema>>;
