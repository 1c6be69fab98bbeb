import * as z from 'zod';
import { described } from '../domain/base/plain-schemas';
import { LineItemSchema, PaymentMethodDetailSchema, ReportStateSchema } from '../metering/domain/usage-document';
import { CheckReportSchema, PreflightStatusSchema } from '../domain/fleet/preflight';
import { VendingStatusSchema } from '../domain/records/ledger-records';
import { WorkflowNameSchema } from '../domain/base/workflow-facts';
import { ShadowSchema } from './shadow-responses';
import {
  ApprovalSchema,
  askedFields,
  DeletionSchema,
  EstimateSchema,
  includedFields,
  LaneSchema,
  stopFields,
} from './vending-responses';

/*
 * What the API answers. The handlers' types and the OpenAPI document both come from here.
 */

export const InstantSchema = z.string().meta({ format: 'date-time', description: 'UTC, ISO 8601' });

const FaultSchema = z
  .object({
    field: z.string().meta({ description: 'The path of the field', examples: ['tenant.metadata.ownedByProject'] }),
    message: z.string().meta({ description: 'What is wrong with which value, what the limit is, and what to do' }),
    value: z.unknown().optional().meta({ description: 'What was found there, shortened where it is long' }),
    limit: z.union([z.string(), z.number()]).optional(),
  })
  .meta({ id: 'Fault' });

/** RFC 9457. */
export const ProblemSchema = z
  .object({
    type: z.string().meta({ examples: ['urn:account-vending:problem:invalid-desired-state'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(FaultSchema).meta({ description: 'Every fault; empty where there are no separate ones' }),
  })
  .meta({ id: 'Problem' });

export const StepErrorSchema = z
  .object({
    name: z.string().meta({ examples: ['RejectedError'] }),
    message: z.string(),
    remedy: z.string().nullable().meta({ description: 'What a person can do about the error' }),
    accountLost: z.boolean().optional().meta({ description: 'The account is lost; nightly reconciliation skips it' }),
  })
  .meta({ id: 'StepError' });

const TimelineEntrySchema = z
  .object({
    state: z.string().meta({ description: 'The state of the workflow', examples: ['CreateAccount'] }),
    startedAt: InstantSchema,
    finishedAt: InstantSchema.nullable().meta({ description: 'null: not finished, or failed' }),
    attempts: z.int(),
    remark: z.string().nullable(),
    error: z.nullable(StepErrorSchema),
    changes: z
      .array(z.object({ what: z.string(), from: z.string().nullable(), to: z.string().nullable() }))
      .meta({ description: 'What the state has changed in AWS' }),
    changesLeftOut: z.int().optional().meta({ description: 'How many more changes there were; absent: none' }),
  })
  .meta({ id: 'TimelineEntry' });

const RejectionSchema = z
  .object({ replicationSequence: z.int(), at: InstantSchema, faults: z.array(FaultSchema) })
  .meta({ id: 'Rejection' });

export const VendingAcceptedSchema = z
  .object({
    tenantUuid: z.string(),
    replicationSequence: z.int(),
    executionArn: z.string().nullable().meta({ description: 'null while queued' }),
    status: described(VendingStatusSchema, 'The status of this desired state; for a deletion, of the tenant'),
    remark: z
      .string()
      .optional()
      .meta({ description: 'Only for a deletion: what happens next, and what is left to do' }),
  })
  .meta({ id: 'VendingAccepted' });

export const VendingReplayedSchema = VendingAcceptedSchema.omit({ remark: true })
  .extend({
    replay: z.enum(['redriven', 'restarted']).meta({
      description:
        'redriven: the run resumes at the state that failed; restarted: a new run of the same desired state, with a new plan',
    }),
  })
  .meta({ id: 'VendingReplayed' });

const AccountSchema = z
  .object({
    id: z.string(),
    arn: z.string(),
    name: z.string(),
    email: z.string(),
    knownSince: InstantSchema.meta({
      description: 'When AWS had created it, as far as known, or when it was imported',
    }),
    imported: z.boolean().meta({ description: 'Whether the account existed before its tenant' }),
  })
  .meta({ id: 'Account' });

/** The whole story of one tenant. */
export const VendingDetailSchema = z
  .object({
    tenantUuid: z.string(),
    workspaceIdentifier: z.string(),
    projectIdentifier: z.string(),
    replicationSequence: z
      .int()
      .nullable()
      .meta({ description: 'The sequence of the run shown; null if nothing was ever accepted' }),
    run: z.int().nullable().meta({ description: 'The attempt at this desired state, from 1' }),
    workflow: z.nullable(WorkflowNameSchema).meta({ description: 'Whether the run vends or closes' }),
    executionArn: z.string().nullable(),
    ...askedFields,
    approval: ApprovalSchema.nullable().default(null).meta({ description: 'null: no approval is needed' }),
    status: VendingStatusSchema,
    statusChangedAt: InstantSchema,
    ...stopFields,
    waitingSequence: z
      .int()
      .nullable()
      .meta({ description: 'The sequence of a newer desired state that waits for the run to end' }),
    supersededBy: z.int().nullable().meta({
      description: 'The sequence that superseded this run: the run had started nothing, or its deletion was withdrawn',
    }),
    deletion: DeletionSchema.nullable().meta({
      description: 'Set: the tenant is being deleted, and nothing more is vended',
    }),
    account: z.nullable(AccountSchema),
    timeline: z.array(TimelineEntrySchema),
    lane: LaneSchema.nullable().meta({ description: 'Where the run waits while it is QUEUED' }),
    estimate: EstimateSchema.nullable().default(null).meta({
      description:
        'When the account is likely to be ready; null if no run is active or too few runs of this kind have ended',
    }),
    shadow: ShadowSchema.optional().meta({ description: 'Only of a run that has ended as SHADOWED' }),
    lastError: z.nullable(StepErrorSchema),
    rejection: RejectionSchema.nullable().meta({ description: 'The last desired state that was rejected' }),
    ...includedFields,
  })
  .meta({ id: 'VendingDetail' });

/** A tenant's newest vending, or a desired state that was refused or never ran. */
const VendingSummarySchema = z
  .object({
    tenantUuid: z.string(),
    replicationSequence: z.int(),
    status: VendingStatusSchema,
    statusChangedAt: InstantSchema,
    workspaceIdentifier: z.string().nullable(),
    projectIdentifier: z.string().nullable(),
    accountId: z.string().nullable(),
    landingZone: z.string().nullable().default(null).meta({
      description: 'Of the newest desired state; null: not known, or it never ran',
    }),
    error: z
      .string()
      .nullable()
      .default(null)
      .meta({
        description: 'The name of the error by which the last run has failed; null: it has not',
        examples: ['RejectedError'],
      }),
    supersededBy: z.int().nullable().meta({ description: 'With SUPERSEDED: the sequence that superseded this one' }),
    ...stopFields,
  })
  .meta({ id: 'VendingSummary' });

/** Newest first. */
export const VendingListSchema = z
  .object({
    vendings: z.array(VendingSummarySchema),
    cursor: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' }),
  })
  .meta({ id: 'VendingList' });

export const PreflightAcceptedSchema = z
  .object({ id: z.string(), status: z.literal('RUNNING') })
  .meta({ id: 'PreflightAccepted' });

const CheckSchema = z
  .object({
    id: z.string().meta({ description: 'The check, and after a colon its object', examples: ['unit-exists:aws-dev'] }),
    sentence: z.string().meta({ description: 'What should be true' }),
    result: described(
      CheckReportSchema.shape.result,
      'skipped: it does not apply, or a check that it depends on failed; unknown: a permission is missing, or AWS did not answer',
    ),
    detail: z.string().nullable().meta({ description: 'What was found, or why it was not checked' }),
    remedy: z.string().nullable().meta({ description: 'What a person can do about the finding' }),
  })
  .meta({ id: 'Check' });

/** One preflight. */
export const PreflightSchema = z
  .object({
    id: z.string(),
    status: described(
      PreflightStatusSchema,
      'FINDINGS: a check has failed or its result is unknown; FAILED: the preflight itself did not finish; start another',
    ),
    startedAt: InstantSchema,
    finishedAt: InstantSchema.nullable(),
    checks: z.array(CheckSchema).meta({ description: 'Empty until the preflight has ended' }),
  })
  .meta({ id: 'Preflight' });

const AccountUsageSchema = z
  .object({
    tenantUuid: z.string().nullable().meta({ description: 'Null: the account belongs to no tenant' }),
    accountId: z.string(),
    state: described(
      ReportStateSchema,
      'OPEN: costs still come in; FINALIZED: ready to bill; UPDATED: AWS has changed it since',
    ),
    version: z.number().meta({ description: 'Increases with each change after the month was final' }),
    tags: z
      .record(z.string(), z.string())
      .nullable()
      .meta({ description: 'The tags of the tenant when the month ended; null: unknown' }),
    paymentMethod: described(
      z.nullable(PaymentMethodDetailSchema),
      'The payment method of the tenant when the month ended',
    ),
    workspaceIdentifier: z.string().nullable().meta({ description: 'Null: not known any more' }),
    projectIdentifier: z.string().nullable().meta({ description: 'Null: not known any more' }),
    accountName: z.string().nullable().meta({ description: 'Null: not known, or not an account of this tenant now' }),
    lineItems: z.array(described(LineItemSchema, 'The amount is not rounded')),
    total: z.string().meta({ description: 'The sum of the line items, rounded to cents half-up' }),
  })
  .meta({ id: 'AccountUsage' });

const usageOfMonth = {
  month: z.string().meta({ examples: ['2026-01'] }),
  state: ReportStateSchema,
  estimated: z.boolean().meta({ description: 'AWS says that these costs may still change' }),
  generatedAt: InstantSchema,
  finalizedAt: InstantSchema.nullable(),
  currency: z.string(),
  reports: z.array(AccountUsageSchema),
};

/** All accounts in one month. */
export const MonthUsageSchema = z
  .object({
    ...usageOfMonth,
    invoiceTotal: z.string().meta({ description: 'The unrounded sum of all line items' }),
    cursor: z.string().nullable().default(null).meta({ description: 'That of the next page; null on the last one' }),
    collection: z
      .object({
        lastCollectedAt: InstantSchema,
        requests: z.number().meta({ description: 'Pages of Cost Explorer that AWS charges for' }),
        requestCost: z.string().meta({ description: 'The charge for these pages, in US dollars' }),
      })
      .meta({ description: 'What collecting this month has cost so far' }),
  })
  .meta({ id: 'MonthUsage' });

/** The accounts of one tenant in one month. */
export const TenantUsageSchema = z
  .object({
    tenantUuid: z.string(),
    ...usageOfMonth,
    total: z.string().meta({ description: 'The sum of all its accounts, rounded to cents half-up' }),
  })
  .meta({ id: 'TenantUsage' });

export type MonthUsage = Readonly<z.infer<typeof MonthUsageSchema>>;
export type TenantUsage = Readonly<z.infer<typeof TenantUsageSchema>>;
export type PreflightAccepted = Readonly<z.infer<typeof PreflightAcceptedSchema>>;
export type Problem = Readonly<z.infer<typeof ProblemSchema>>;
export type VendingAccepted = Readonly<z.infer<typeof VendingAcceptedSchema>>;
export type VendingReplayed = Readonly<z.infer<typeof VendingReplayedSchema>>;
export type VendingDetail = Readonly<z.infer<typeof VendingDetailSchema>>;
export type VendingList = Readonly<z.infer<typeof VendingListSchema>>;
