import * as z from 'zod';

import { described } from '../domain/base/plain-schemas';
import { PlanSchema } from '../domain/plan/plan';
import { PreviewSchema } from '../domain/run/preview';

/** The plan of a desired state, and what a run of it would change now. */
export const VendingPreviewSchema = z
  .object({
    ...PlanSchema.shape,
    changes: described(
      PreviewSchema.shape.changes,
      'What a run would change in AWS now, in the order of its states; null where there is no account yet, and everything would be created',
    ),
    changesLeftOut: described(
      PreviewSchema.shape.changesLeftOut,
      'How many more changes there are than this answer has room for; absent: none',
    ),
    refusal: described(
      PreviewSchema.shape.refusal,
      'The state in which a run would be refused now, and why; what comes after it was not looked at. null: none',
    ),
    accountState: described(
      PreviewSchema.shape.accountState,
      'Only for a deletion: what would become of the account. CLOSED: AWS closes it. KEPT: it stays, without its people. GONE: it is in the organization no more. NONE: there is none',
    ),
  })
  .meta({ id: 'VendingPreview' });

export type VendingPreview = Readonly<z.infer<typeof VendingPreviewSchema>>;

const InstantSchema = z.string().meta({ format: 'date-time', description: 'UTC, ISO 8601' });

const SETTLES = 'By then its status is FAILED, and it can be replayed';

/** Fields of a vending whose run was stopped. */
export const stopFields = {
  stoppedAt: InstantSchema.nullable()
    .default(null)
    .meta({ description: 'Its run was stopped then; null again once its end is recorded' }),
  settlesAt: InstantSchema.nullable().default(null).meta({ description: SETTLES }),
};

/** Fields of a vending that are there where `include` asks for them. */
export const includedFields = {
  desiredState: z.unknown().optional().meta({
    description:
      'Only with include=desiredState: the newest desired state, as it came in; null where it is not kept any more',
  }),
  plan: z.record(z.string(), z.unknown()).nullable().optional().meta({
    description:
      'Only with include=plan: the plan of the newest run, with the fields of VendingPreview; null where there is none',
  }),
};

const AskerSchema = z.string().nullable().default(null);

/** Fields that say who asked for a run and for its end. */
export const askedFields = {
  requestedBy: AskerSchema.meta({
    description:
      'Who has sent the desired state: the ARN of a caller of the API, or source and account of an event (`meshstack.replicator@111111111111`); null where that is not known',
  }),
  replayedBy: AskerSchema.meta({ description: 'The ARN of the principal that has replayed the run last' }),
  stoppedBy: AskerSchema.meta({ description: 'The ARN of the principal that has stopped the run by the API' }),
};

const DecisionSchema = z.enum(['approve', 'reject']);

/** What somebody is asked before the run goes on, and the answer. */
export const ApprovalSchema = z
  .object({
    askedAt: InstantSchema,
    expiresAt: InstantSchema.meta({ description: 'Until when a decision is waited for; then the run ends without' }),
    decision: DecisionSchema.nullable().meta({ description: 'null: it is waited for' }),
    decidedBy: z.string().nullable().meta({ description: 'The ARN of the caller of the API' }),
    decidedAt: InstantSchema.nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Approval' });

/** The answer of `POST /vendings/{tenantUuid}/approval`. */
export const VendingDecidedSchema = z
  .object({
    tenantUuid: z.string(),
    replicationSequence: z.int(),
    run: z.int(),
    decision: DecisionSchema,
    decidedBy: z.string().nullable(),
    decidedAt: InstantSchema,
    reason: z.string(),
  })
  .meta({ id: 'VendingDecided' });

export type VendingDecided = Readonly<z.infer<typeof VendingDecidedSchema>>;

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

/** Where a run waits. */
export const LaneSchema = z
  .object({
    name: z.string().meta({ description: 'The AWS capacity that the run waits for', examples: ['account-creation'] }),
    position: z.int().meta({ description: '1 is next' }),
    since: InstantSchema,
  })
  .meta({ id: 'Lane' });

/** When its account will be ready. */
export const EstimateSchema = z
  .object({
    readyAt: InstantSchema.meta({ description: 'When half of the recent runs of this kind would be ready' }),
    earliest: InstantSchema.meta({ description: 'When the fastest of them would be ready' }),
    latest: InstantSchema.meta({ description: 'When the slowest of them would be ready' }),
    basedOnRuns: z.int().meta({ description: 'How many runs of this kind the estimate rests on: the last 20 at most' }),
  })
  .meta({ id: 'Estimate' });

/** A tenant that is being deleted. */
export const DeletionSchema = z
  .object({
    replicationSequence: z.int(),
    at: InstantSchema,
    remark: z.string().meta({ description: 'What happens next, and what is left to do' }),
  })
  .meta({ id: 'Deletion' });
