import * as z from 'zod/mini';

import { CreationSchema, EnrollmentSchema } from './operation-records';
import { PlanSchema } from '../plan/plan';
import { VendingStatusSchema } from './vending-status';
import { WorkflowNameSchema } from '../base/workflow-facts';
import {
  AnyFlag,
  AnyNumber,
  AnyText,
  NoByDefault,
  NullByDefault,
  NumberOrNull,
  TextOrNull,
  Texts,
} from '../base/plain-schemas';

/*
 * What the ledger remembers, one schema per kind of item. Everything that is read back is parsed: an item written by an
 * older release either fits or says which field does not.
 */

const Instant = AnyText;

/** One execution of the workflow: desired state number `replicationSequence`, tried the `run`-th time (from 1). */
export const RunKeySchema = z.object({ replicationSequence: AnyNumber, run: AnyNumber });

const RunKeyOrNull = z.nullable(RunKeySchema);

const FaultRecordSchema = z.object({
  field: AnyText,
  message: AnyText,
  value: z.optional(z.unknown()),
  limit: z.optional(z.union([AnyText, AnyNumber])),
});

/**
 * What was last asked of one stack instance. Written before AWS is asked, so that a repeated call is the same
 * operation.
 *
 * - `asked`: CloudFormation is being asked, or has another operation at work.
 * - `accepted`: it has taken the operation.
 * - `failed`: the operation is over and has failed: the next one has a new id.
 * - `current`: it has ended well. Later operations of other people do not change that.
 * - `removalAsked`, `removalAccepted`, `removalFailed`: the same of its removal.
 * - `removed`: that has ended well. The number is kept: CloudFormation never forgets the id of an operation.
 */
export const StackInstanceRecordSchema = z.object({
  stackSet: AnyText,
  /** The region of the stack set itself. Null: written by an earlier release. */
  homeRegion: NullByDefault,
  region: AnyText,
  /**
   * The landing zone said so when it was last rolled out: it goes once no landing zone wants it in the account any
   * more.
   */
  removable: NoByDefault,
  phase: z.enum([
    'asked',
    'accepted',
    'failed',
    'current',
    'removalAsked',
    'removalAccepted',
    'removalFailed',
    'removed',
  ]),
  /** Hash of everything that is deployed there; empty once it is to be removed. */
  contentHash: AnyText,
  /** Rises with every change and after every failed operation. */
  n: AnyNumber,
  operationId: AnyText,
  askedAt: Instant,
  /** Failed operations since the content changed. */
  failures: AnyNumber,
  /** Pauses since it was last asked for, while it could not be seen. */
  pauses: AnyNumber,
});

/**
 * A group of ours in IAM Identity Center. Written before it is made, without an id: a group of this name that is found
 * then, and carries our mark, is the one whose id was lost.
 */
export const GroupRecordSchema = z.object({
  identityStoreId: AnyText,
  name: AnyText,
  groupId: TextOrNull,
  /** When it was made; earlier releases do not say it. */
  madeAt: z.optional(Instant),
});

/**
 * The members that we have put into one of our groups, by ids of the directory; kept for directories that do not list
 * members.
 */
const AddedMembersSchema = z.object({ groupId: AnyText, userIds: Texts });

/** What of meshIdB we have made in the account, or were about to make: written before AWS is asked. */
const SamlAccessRecordSchema = z.object({ provider: TextOrNull, roles: Texts });

/** The one account assignment of this account that is being made or taken away. */
export const AssignmentRecordSchema = z.object({
  kind: z.enum(['creation', 'deletion']),
  /** The id of a group, or of a user if `principalType` says so. */
  groupId: AnyText,
  principalType: z.optional(z.literal('USER')),
  permissionSetArn: AnyText,
  /** Null between a failure and the next try. */
  requestId: TextOrNull,
  askedAt: Instant,
  /** Requests for it that have failed in a row. */
  failures: AnyNumber,
});

export const AccountSchema = z.object({
  id: AnyText,
  arn: AnyText,
  name: AnyText,
  email: AnyText,
  /** When we learned that AWS has made it, or when it was imported. */
  knownSince: Instant,
  /** It was there before its tenant. */
  imported: NoByDefault,
});

/**
 * That an access role was sealed, or was about to be: written before AWS is asked, so an account that the ledger does
 * not know as sealed is not. What AWS shows counts where the two differ: an operator may have opened the account.
 */
const SealRecordSchema = z.object({
  /** The ARN of the permissions boundary. */
  boundaryArn: AnyText,
  since: Instant,
});

export const RejectionSchema = z.object({
  replicationSequence: AnyNumber,
  at: Instant,
  faults: z.array(FaultRecordSchema),
});

/**
 * That AWS was asked to close the account. From then on there is no way back: the owner of the account needs another
 * tenant.
 *
 * - `asked`: AWS is being asked. Found by a later pass, the answer was lost: look before asking again.
 * - `accepted`: AWS is closing the account, or has closed it already.
 * - `failed`: AWS has taken it, and the account is open all the same.
 * - `closed`: it is closed. AWS keeps it for 90 days, and its e-mail for good.
 */
export const ClosureSchema = z.object({
  phase: z.enum(['asked', 'accepted', 'failed', 'closed']),
  askedAt: Instant,
  /** How often AWS has taken it in vain. */
  failures: AnyNumber,
});

/** The tenant is to go: nothing more is vended. Taken back by a newer desired state that says ACTIVE. */
const DeletionRecordSchema = z.object({
  replicationSequence: AnyNumber,
  at: Instant,
  /** Says what becomes of the account. Not known of deletions that came before there was a closing. */
  landingZone: NullByDefault,
  /** When its closing ended, the account was in the organization no more. */
  accountGone: z.optional(AnyFlag),
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
  seal: z._default(z.nullable(SealRecordSchema), null),
  groups: z._default(z.array(GroupRecordSchema), []),
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
  /** The account has none of the aliases among the claims any more: they go with the end of the closing. */
  aliasReleased: z.optional(AnyFlag),
  /** The execution of this run was stopped; it counts as long as the run is active and has not gone on since. */
  stopped: z.optional(z.object({ run: RunKeySchema, at: Instant, settlesAt: Instant })),
  /**
   * Since when its account is known to have left the organization, or to be closed, by its last run; null where that
   * did not find so.
   */
  accountLostSince: z._default(TextOrNull, null),
  /** The last nightly pass in which it was given a run: never two in one. */
  reconciledIn: NullByDefault,
  /** Keys of the claim items that belong to this tenant. */
  claims: Texts,
  /**
   * Numbers of runs and of operations up to this one may have been used by a ledger that was lost: AWS knows the names
   * of executions, operations and products that were made of them. Absent: none was lost.
   */
  numbersFrom: z.optional(AnyNumber),
});

export const StepErrorSchema = z.object({
  name: AnyText,
  message: AnyText,
  remedy: TextOrNull,
  /** The account has left the organization, or is closed. */
  accountLost: z.optional(AnyFlag),
});

/** What a step has changed in AWS, for people: `from` and `to` are null where there was, or is, nothing. */
export const ChangeSchema = z.object({
  what: AnyText,
  from: TextOrNull,
  to: TextOrNull,
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

const RunStatusSchema = z.enum(['ACCEPTED', 'RUNNING', 'VENDED', 'FAILED', 'SUPERSEDED', 'CLOSED']);

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
  ...AskedForSchema,
  approval: z.optional(ApprovalRecordSchema),
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
    z.nullable(
      z.object({
        by: AnyNumber,
        at: Instant,
        workspaceIdentifier: AnyText,
        projectIdentifier: AnyText,
      }),
    ),
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
export type StackInstanceRecord = Readonly<z.infer<typeof StackInstanceRecordSchema>>;
export type GroupRecord = Readonly<z.infer<typeof GroupRecordSchema>>;
export type SamlAccessRecord = Readonly<z.infer<typeof SamlAccessRecordSchema>>;
export type AssignmentRecord = Readonly<z.infer<typeof AssignmentRecordSchema>>;
export type Closure = Readonly<z.infer<typeof ClosureSchema>>;
export type Account = Readonly<z.infer<typeof AccountSchema>>;
export type Turn = Readonly<z.infer<typeof TurnSchema>>;
export type TenantRecord = Readonly<z.infer<typeof TenantRecordSchema>>;
export type ApprovalRecord = Readonly<z.infer<typeof ApprovalRecordSchema>>;
export type StepError = Readonly<z.infer<typeof StepErrorSchema>>;
export type Change = Readonly<z.infer<typeof ChangeSchema>>;
export type StepRecord = Readonly<z.infer<typeof StepRecordSchema>>;
export type RunRecord = Readonly<z.infer<typeof RunRecordSchema>>;
export type DesiredStateRecord = Readonly<z.infer<typeof DesiredStateRecordSchema>>;
export type Rejection = Readonly<z.infer<typeof RejectionSchema>>;
