import * as z from 'zod';

import { ACCOUNT_STATES } from '../domain/records/tenant-account';
import { RolloutKindSchema, RolloutStatusSchema } from '../domain/rollout/rollout';
import { type DriftReport, EVENT_VERSION, type OutcomePublisher } from './outcome-publisher';

/*
 * The contract of the events that the application puts on the bus. The embedded bus refuses an event that breaks it.
 * `npm run generate` writes the JSON Schemas and the AsyncAPI document from it, and the stack of notifications the
 * schemas in EventBridge's registry. No function imports it: at run time the types are enough.
 */

type Event = Parameters<OutcomePublisher['publish']>[0];

/** Everything that is published, by its `detail-type`. */
type Details = { readonly [Type in Event['type']]: DetailOf<Event, Type> } & { readonly 'Drift Report': DriftReport };

/** Some members of the union have two types. */
type DetailOf<One, Type> = One extends { readonly type: infer Own; readonly detail: infer Detail }
  ? Type extends Own
    ? Detail
    : never
  : never;

export type EventType = keyof Details;

const InstantSchema = z.string().meta({ format: 'date-time', description: 'UTC, ISO 8601' });

const version = z.literal(EVENT_VERSION).meta({
  description: 'Of these fields. It rises when one is renamed, taken out or changes its meaning; new fields may come',
});

const ChangeSchema = z
  .strictObject({ state: z.string(), what: z.string(), from: z.string().nullable(), to: z.string().nullable() })
  .meta({ description: 'Something in AWS that a state has changed' });

const changes = {
  changes: z.array(ChangeSchema).meta({ description: 'What the run has changed in AWS, in the order of its states' }),
  changesLeftOut: z.int().meta({ description: 'How many more there were than an event has room for' }),
};

const ofRun = {
  version,
  tenantUuid: z.string(),
  replicationSequence: z.int(),
  run: z.int().meta({ description: 'The attempt at this desired state, from 1' }),
  workspaceIdentifier: z.string(),
  projectIdentifier: z.string(),
};

const asked = {
  requestedBy: z.string().nullable().meta({ description: 'Who has sent the desired state; null: not known' }),
  replayedBy: z.string().nullable().meta({ description: 'Who has replayed the run last; null: nobody' }),
  approval: z
    .exactOptional(
      z.strictObject({
        askedAt: InstantSchema,
        expiresAt: InstantSchema,
        decision: z.enum(['approve', 'reject']).nullable(),
        decidedBy: z.string().nullable(),
        decidedAt: InstantSchema.nullable(),
        reason: z.string().nullable(),
      }),
    )
    .meta({ description: 'Absent: nobody was asked' }),
};

const VendedSchema = z.strictObject({
  ...ofRun,
  accountId: z.string(),
  accountName: z.string(),
  email: z.string(),
  alias: z.string().nullable(),
  organizationalUnitId: z.string(),
  ...asked,
  ...changes,
});

const ClosedSchema = z.strictObject({
  ...ofRun,
  accountId: z.string().nullable().meta({ description: 'Null: the tenant never had one' }),
  accountName: z.string().nullable(),
  email: z.string().nullable(),
  accountState: z.enum(ACCOUNT_STATES),
  ...asked,
  ...changes,
});

const FailedSchema = z.strictObject({
  ...ofRun,
  accountId: z.string().nullable(),
  state: z.string().nullable().meta({ description: 'Null: the execution was stopped from outside' }),
  error: z.string().meta({ description: 'Its name, as in docs/errors.md' }),
  cause: z.string(),
  remedy: z.string().nullable().meta({ description: 'What a person can do about it' }),
  executionArn: z.string(),
  ...asked,
  ...changes,
});

const DelayedSchema = z.strictObject({
  ...ofRun,
  where: z.string().meta({ description: 'The state that it stands in, or the lane that it waits in' }),
  error: z.enum(['OverdueRun', 'StarvedLane']),
  cause: z.string(),
  remedy: z.string(),
  executionArn: z.string(),
});

const AwaitsApprovalSchema = z.strictObject({
  ...ofRun,
  landingZone: z.string(),
  accountId: z.string().nullable().meta({ description: 'The account that is to be taken out of use; null: a new one' }),
  accountName: z.string(),
  email: z.string(),
  organizationalUnitId: z.string(),
  expiresAt: InstantSchema.meta({ description: 'Until when a decision is waited for; then the run ends without' }),
  executionArn: z.string(),
  ...asked,
});

const ShadowedSchema = z.strictObject({
  ...ofRun,
  ...asked,
  landingZone: z.string(),
  accountId: z.string().nullable(),
  verdict: z.enum(['SAME', 'CHANGE', 'CREATE', 'REFUSED']),
  changes: z.array(ChangeSchema).nullable().meta({ description: 'Null: everything would be created' }),
  changesLeftOut: z.int(),
  refusal: z
    .strictObject({ state: z.string(), message: z.string(), remedy: z.string().nullable() })
    .nullable()
    .meta({ description: 'In which state a run would be refused, and why; null: none' }),
});

const UsageFinalizedSchema = z.strictObject({
  version,
  month: z.string().meta({ examples: ['2026-01'] }),
  state: z.enum(['FINALIZED', 'UPDATED']),
  currency: z.string(),
  invoiceTotal: z.string(),
  finalizedAt: InstantSchema,
  reports: z.int(),
  updatedReports: z.int().meta({ description: 'How many have changed since they were final' }),
});

const DriftReportSchema = z.strictObject({
  version,
  pass: z.string().meta({ format: 'date', description: 'The day on which the reconciliation began (UTC)' }),
  startedAt: InstantSchema,
  endedAt: InstantSchema,
  reconciled: z.int().meta({ description: 'Tenants that were given a run: something may differ from what is wanted' }),
  notBegun: z.int(),
  unchanged: z.int().meta({ description: 'Tenants that were compared with AWS, and need no run' }),
  changed: z.int(),
  failed: z.int(),
  unfinished: z.int(),
  drifts: z.array(
    z.strictObject({
      tenantUuid: z.string(),
      accountId: z.string().nullable(),
      before: z.enum(['VENDED', 'FAILED']),
      outcome: z.enum(['VENDED', 'FAILED', 'SUPERSEDED']),
      changes: z.int(),
    }),
  ),
  driftsLeftOut: z.int(),
  lost: z.int(),
  lostAccounts: z.array(z.strictObject({ tenantUuid: z.string(), accountId: z.string(), since: InstantSchema })),
});

const RolloutToldSchema = z.strictObject({
  version,
  rolloutId: z.string(),
  kind: z.enum(RolloutKindSchema.options),
  status: z.enum(RolloutStatusSchema.options),
  fromHash: z.string().meta({ description: 'The configuration that was released before' }),
  targetHash: z.string().meta({ description: 'The configuration that tenants are brought to' }),
  wave: z.int().meta({ description: 'The wave that is carried out, or has ended; 0 is the canary' }),
  changing: z.int().meta({ description: 'Tenants that were planned to be changed' }),
  unchanged: z.int().meta({ description: 'Tenants that were planned to take the configuration without a run' }),
  done: z.int(),
  failed: z.int(),
  overtaken: z.int().meta({ description: 'Tenants that were busy when it was their turn: they come at the end' }),
  unexpected: z.int().meta({ description: 'Tenants in which something else has changed than was planned' }),
  running: z.int(),
  reason: z.string().nullable().meta({ description: 'Why it has stopped, is paused or was aborted' }),
  by: z.string().nullable().meta({ description: 'Who has asked for it; null: nobody' }),
  at: InstantSchema,
});

interface EventContract<Detail> {
  readonly summary: string;
  readonly detail: z.ZodType<Detail & { readonly version: typeof EVENT_VERSION }>;
}

export const EVENTS: { readonly [Type in EventType]: EventContract<Details[Type]> } = {
  'Account Vended': { summary: 'An account is in its desired state', detail: VendedSchema },
  'Account Vending Failed': { summary: 'A vending has failed, and waits for a person', detail: FailedSchema },
  'Account Vending Delayed': { summary: 'A vending goes on, and takes longer than it may', detail: DelayedSchema },
  'Account Vending Awaits Approval': { summary: 'A vending waits for a decision', detail: AwaitsApprovalSchema },
  'Account Vending Shadowed': { summary: 'What a vending would change that may not act', detail: ShadowedSchema },
  'Account Closed': { summary: 'A tenant is gone', detail: ClosedSchema },
  'Account Closing Failed': { summary: 'A closure has failed, and waits for a person', detail: FailedSchema },
  'Account Closing Delayed': { summary: 'A closure goes on, and takes longer than it may', detail: DelayedSchema },
  'Account Closing Awaits Approval': { summary: 'A closure waits for a decision', detail: AwaitsApprovalSchema },
  'Account Closing Shadowed': { summary: 'What a closure would change that may not act', detail: ShadowedSchema },
  'Usage Report Finalized': {
    summary: 'The costs of a month are final, or were and have changed',
    detail: UsageFinalizedSchema,
  },
  'Rollout Started': { summary: 'A rollout brings tenants to another configuration', detail: RolloutToldSchema },
  'Rollout Wave Ended': { summary: 'All runs of a wave have ended', detail: RolloutToldSchema },
  'Rollout Paused': { summary: 'A person has paused a rollout', detail: RolloutToldSchema },
  'Rollout Stopped': { summary: 'A rollout has stopped by itself, and waits for a person', detail: RolloutToldSchema },
  'Rollout Ended': {
    summary: 'A rollout is over: all tenants had their turn, or it was aborted',
    detail: RolloutToldSchema,
  },
  'Drift Report': { summary: 'What a night of reconciliation has found', detail: DriftReportSchema },
};

export const EVENT_TYPES = Object.keys(EVENTS).filter((type): type is EventType => type in EVENTS);
