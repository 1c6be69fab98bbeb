import * as z from 'zod/mini';

import {
  AccountSchema,
  AddedMembersSchema,
  AssignedGroupSchema,
  AssignmentRecordSchema,
  ChangeSchema,
  ClosureSchema,
  CreationSchema,
  CustomizationRecordSchema,
  DeletionRecordSchema,
  EnrollmentSchema,
  GroupRecordSchema,
  SamlAccessRecordSchema,
  SealRecordSchema,
  ShadowRecordSchema,
  StackInstanceRecordSchema,
} from './account-records';
import { PlanSchema } from '../plan/plan';
import { AnyFlag, AnyNumber, AnyText, NullByDefault, NumberOrNull, TextOrNull, Texts } from '../base/plain-schemas';
import { WorkflowNameSchema } from '../base/workflow-facts';

/*
 * What the ledger remembers, one schema per kind of item. Everything that is read back is parsed: an item written by an
 * older release either fits or says which field does not.
 */

const Instant = AnyText;

/** The status of a tenant's vending. The API, the ledger and its index use these words. */
export const VendingStatusSchema = z.enum([
  'ACCEPTED',
  'QUEUED',
  'RUNNING',
  'AWAITING_APPROVAL',
  'VENDED',
  'FAILED',
  'REJECTED',
  'SUPERSEDED',
  'CLOSED',
  'SHADOWED',
]);

export type VendingStatus = z.infer<typeof VendingStatusSchema>;

/** One execution of the workflow: desired state number `replicationSequence`, tried the `run`-th time (from 1). */
export const RunKeySchema = z.object({ replicationSequence: AnyNumber, run: AnyNumber });

const RunKeyOrNull = z.nullable(RunKeySchema);

const FaultRecordSchema = z.object({
  field: AnyText,
  message: AnyText,
  value: z.optional(z.unknown()),
  limit: z.optional(z.union([AnyText, AnyNumber])),
});

export const RejectionSchema = z.object({
  replicationSequence: AnyNumber,
  at: Instant,
  faults: z.array(FaultRecordSchema),
});

/**
 * A place in a lane that this tenant has. It stands here and in the lane's own item, always both: here, so that a step
 * reads it with the tenant and uses it in the same write as its intent.
 */
export const TurnSchema = z.object({
  grantedAt: Instant,
  /** A lane with a rate lets in later. */
  notBefore: Instant,
  /** AWS has been asked by it: from then on it belongs to AWS's operation, and stays until that is over. */
  used: AnyFlag,
  /** From 0, smaller than the lane's capacity. */
  slot: AnyNumber,
});

/** The lane that a tenant waits in; `place` is the sort key of its waiter. */
const QueuedInSchema = z.object({ lane: AnyText, since: Instant, place: AnyText });

export const TenantRecordSchema = z.object({
  tenantUuid: AnyText,
  workspaceIdentifier: AnyText,
  projectIdentifier: AnyText,
  status: VendingStatusSchema,
  statusChangedAt: Instant,
  /** The newest accepted desired state; -1 when none was accepted yet. */
  latestSequence: AnyNumber,
  /** The only run that may write to AWS; null when none does. */
  activeRun: RunKeyOrNull,
  /** The newest run there has been, active or ended. */
  lastRun: RunKeyOrNull,
  /** A newer desired state that is run as soon as the active run has ended. */
  waitingSequence: NumberOrNull,
  creation: z.nullable(CreationSchema),
  account: z.nullable(AccountSchema),
  enrollment: z._default(z.nullable(EnrollmentSchema), null),
  stackInstances: z._default(z.array(StackInstanceRecordSchema), []),
  /** Absent: nothing was ever run for the account by CodeBuild. */
  customizations: z.optional(z.array(CustomizationRecordSchema)),
  seal: z._default(z.nullable(SealRecordSchema), null),
  groups: z._default(z.array(GroupRecordSchema), []),
  /** Absent: no mapping has given a group of the identity provider anything. */
  assignedGroups: z.optional(z.array(AssignedGroupSchema)),
  addedMembers: z._default(z.array(AddedMembersSchema), []),
  samlAccess: z._default(SamlAccessRecordSchema, { provider: null, roles: [] }),
  assignment: z._default(z.nullable(AssignmentRecordSchema), null),
  /** The turns by the name of the lane. */
  turns: z._default(z.record(AnyText, TurnSchema), {}),
  /** Lanes in which a step has found that it has to ask AWS for something and has no turn for that. */
  turnsNeeded: z._default(Texts, []),
  queuedIn: z._default(z.nullable(QueuedInSchema), null),
  rejection: z.nullable(RejectionSchema),
  deletion: z._default(z.nullable(DeletionRecordSchema), null),
  closure: z._default(z.nullable(ClosureSchema), null),
  /** Of the newest accepted desired state; absent: an earlier release took it. */
  landingZone: z.optional(AnyText),
  /** The name of the error by which its last run has failed; counts as long as the tenant is FAILED. */
  failedWith: z.optional(AnyText),
  /** The account has none of the aliases among the claims any more: they go with the end of the closing. */
  aliasReleased: z.optional(AnyFlag),
  /** The execution of this run was stopped; it counts as long as the run is active and has not gone on since. */
  stopped: z.optional(z.object({ run: RunKeySchema, at: Instant, settlesAt: Instant })),
  /** Since when its last run knows that its account has left the organization, or is closed; null: it has not. */
  accountLostSince: z._default(TextOrNull, null),
  /** The last nightly pass in which it was given a run: never two in one. */
  reconciledIn: NullByDefault,
  /** Keys of the claim items that belong to this tenant. */
  claims: Texts,
  /** The configuration that its newest planned run goes by. Absent: an earlier release has planned it. */
  configurationHash: z.optional(AnyText),
  /** The last rollout that has reached it. */
  rolloutId: z.optional(AnyText),
  /** A ledger that was lost may have used numbers up to this one, and AWS knows names made of them. Absent: none. */
  numbersFrom: z.optional(AnyNumber),
});

export const StepErrorSchema = z.object({
  name: AnyText,
  message: AnyText,
  remedy: TextOrNull,
  /** The account has left the organization, or is closed. */
  accountLost: z.optional(AnyFlag),
});

export const StepRecordSchema = z.object({
  state: AnyText,
  startedAt: Instant,
  finishedAt: TextOrNull,
  attempts: AnyNumber,
  remark: TextOrNull,
  error: z.nullable(StepErrorSchema),
  changes: z.array(ChangeSchema),
  /** How many more there were than the item has room for; absent: none. */
  changesLeftOut: z.optional(AnyNumber),
});

/**
 * The sender of a run. A caller of the API is its ARN; an event is its source and the account that sent it:
 * `meshstack.replicator@111111111111`. Earlier releases do not record it.
 */
const AskedForSchema = {
  /** For the desired state that it serves. */
  requestedBy: z.optional(TextOrNull),
  /** For the replay by which it began, or went on last. */
  replayedBy: z.optional(TextOrNull),
  /** For its stop. */
  stoppedBy: z.optional(TextOrNull),
};

/**
 * What was asked of somebody before the run goes on, and the answer. It stays in the run: a decision is nothing that a
 * plan says.
 *
 * `token`: by which the state that waits is told.
 */
export const ApprovalRecordSchema = z.object({
  askedAt: Instant,
  expiresAt: Instant,
  token: AnyText,
  /** Null: it is waited for. */
  decision: z.nullable(z.enum(['approve', 'reject'])),
  decidedBy: TextOrNull,
  decidedAt: TextOrNull,
  reason: TextOrNull,
});

const RunStatusSchema = z.enum(['ACCEPTED', 'RUNNING', 'VENDED', 'FAILED', 'SUPERSEDED', 'CLOSED', 'SHADOWED']);

export const RunRecordSchema = z.object({
  replicationSequence: AnyNumber,
  run: AnyNumber,
  /** What the run is for; runs of earlier releases could only vend. */
  workflow: z._default(WorkflowNameSchema, 'vend-account'),
  status: RunStatusSchema,
  executionArn: TextOrNull,
  startedAt: Instant,
  /**
   * When this run was last allowed to work: its start, or a redrive after it had failed. Wait budgets count from here.
   */
  resumedAt: Instant,
  finishedAt: TextOrNull,
  error: z.nullable(StepErrorSchema),
  /**
   * The sequence because of which this run was ended: before it had started anything in AWS, or when a deletion was
   * taken back.
   */
  supersededBy: z._default(NumberOrNull, null),
  /** The nightly pass that has begun it; its end is told there. */
  reconciledIn: NullByDefault,
  /** States and lanes in which it was late, and a person was told: once for each. */
  toldDelays: z.optional(Texts),
  /** When they were told, by the same names. Earlier releases do not record it. */
  toldDelaysAt: z.optional(z.record(AnyText, Instant)),
  /** How it failed before it was redriven, the newest last. Earlier releases do not record it. */
  earlierFailures: z.optional(z.array(z.object({ at: Instant, where: TextOrNull, error: StepErrorSchema }))),
  ...AskedForSchema,
  approval: z.optional(ApprovalRecordSchema),
  /** Of a run that has ended as SHADOWED. */
  shadow: z.optional(ShadowRecordSchema),
  /** Of the configuration that it is to be planned by; absent: what was released last decides. */
  givenConfigurationHash: z.optional(AnyText),
  /** The rollout that has begun it. */
  rolloutId: z.optional(AnyText),
  /** Of the configuration that its plan was made with; absent where there is no plan, or an earlier release made it. */
  configurationHash: z.optional(AnyText),
  /** In the order in which the states were first entered. */
  steps: z.array(StepRecordSchema),
});

/**
 * Stays for good, and names none of its people: what was accepted, from whom, and how often it was run. A run's number
 * is never used twice.
 */
export const DesiredStateRecordSchema = z.object({
  replicationSequence: AnyNumber,
  contentHash: AnyText,
  receivedAt: Instant,
  trigger: z.enum(['event', 'api']),
  requestedBy: z.optional(TextOrNull),
  /** How many runs this desired state has had. */
  runs: AnyNumber,
  /**
   * It never ran: a newer one took its place while it waited, or had come before it. Makes it a row of its own in
   * `GET /vendings`.
   */
  superseded: z._default(
    z.nullable(z.object({ by: AnyNumber, at: Instant, workspaceIdentifier: AnyText, projectIdentifier: AnyText })),
    null,
  ),
});

/** Events that were older than the newest desired state, since that one came. */
export const OutdatedRecordSchema = z.object({
  /** Than which they are older: another one begins a new row. */
  latestSequence: AnyNumber,
  /** The first ones, each once, however often it came. */
  sequences: z.array(AnyNumber),
});

/**
 * The desired state as it came in. It names people: an item of its own, which goes some time after a newer one has
 * come.
 */
export const ContentRecordSchema = z.object({ desiredState: z.unknown() });

export const PlanRecordSchema = z.object({ plan: PlanSchema });

/** A desired state that was refused; a row of its own in `GET /vendings`, beside the tenant's last good state. */
export const RejectionRecordSchema = z.object({
  tenantUuid: AnyText,
  workspaceIdentifier: TextOrNull,
  projectIdentifier: TextOrNull,
  rejection: RejectionSchema,
});

export const ClaimRecordSchema = z.object({ tenantUuid: AnyText });

export type RunKey = Readonly<z.infer<typeof RunKeySchema>>;
export type Turn = Readonly<z.infer<typeof TurnSchema>>;
export type TenantRecord = Readonly<z.infer<typeof TenantRecordSchema>>;
export type ApprovalRecord = Readonly<z.infer<typeof ApprovalRecordSchema>>;
export type StepError = Readonly<z.infer<typeof StepErrorSchema>>;
export type Change = Readonly<z.infer<typeof ChangeSchema>>;
export type StepRecord = Readonly<z.infer<typeof StepRecordSchema>>;
export type RunRecord = Readonly<z.infer<typeof RunRecordSchema>>;
export type ShadowRecord = Readonly<z.infer<typeof ShadowRecordSchema>>;
export type DesiredStateRecord = Readonly<z.infer<typeof DesiredStateRecordSchema>>;
export type Rejection = Readonly<z.infer<typeof RejectionSchema>>;

/** Before an alias, in the key of the item by which it is claimed. */
export const ALIAS_CLAIM = 'ALIAS#';
