import * as z from 'zod/mini';

import {
  AnyFlag,
  AnyNumber,
  AnyText,
  NoByDefault,
  NullByDefault,
  TextByName,
  TextOrNull,
  Texts,
} from '../base/plain-schemas';

/*
 * What the ledger knows of a tenant's account, and of what AWS was asked to do with it: a part of the tenant's record.
 */

const Instant = AnyText;

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
 * A request for an account. It is written before AWS is asked and pins what AWS is asked for: recovery looks for
 * exactly this, never for what a newer plan would say.
 *
 * - `intended`: AWS is being asked. Found by a later run, it means that the answer was lost: look before asking again.
 * - `requested`: AWS has answered with `requestId`.
 * - `cleared`: it is certain that AWS has not made the account: ask (again).
 */
export const CreationSchema = z.object({
  phase: z.enum(['intended', 'requested', 'cleared']),
  email: AnyText,
  accountName: AnyText,
  roleName: AnyText,
  intendedAt: Instant,
  /** The `car-…` id of AWS's CreateAccountStatus. */
  requestId: TextOrNull,
  /**
   * How many times AWS has been asked; more than once only after it was looked up or AWS reported a fault of its own.
   */
  attempt: AnyNumber,
  /** AWS takes no requests for now: until when not to ask. */
  notBefore: NullByDefault,
  /** The account that AWS has made by this request; its lists may not show it yet. */
  madeAccountId: NullByDefault,
  /** AWS has said that this request has failed, and why: it is not asked for that again. */
  failure: z._default(z.nullable(z.object({ reason: TextOrNull })), null),
});

export type Creation = Readonly<z.infer<typeof CreationSchema>>;

/**
 * What the account of this tenant has been asked for with; null while AWS has taken no request, so that a newer plan
 * decides.
 */
export function pinnedCreation({ creation }: { readonly creation: Creation | null }): Creation | null {
  return creation === null || creation.attempt === 0 ? null : creation;
}

/**
 * An operation of Control Tower's Account Factory for the account. Its token, and the name of a new provisioned
 * product, carry `attempt`, which rises only when an operation that was accepted is over: a repeated call of the same
 * attempt is answered with the same record.
 *
 * - `asked`: an operation has been, or is being, asked for.
 * - `waiting`: until it is asked again, after a failure or because Control Tower has no place, which is so since
 *   `busySince`.
 * - `ended`: the account is enrolled, in its OU.
 */
export const EnrollmentSchema = z.object({
  phase: z.enum(['asked', 'waiting', 'ended']),
  /**
   * `move`, `leave`: no operation of the Account Factory. Control Tower enrolls what is moved into its units, and lets
   * go what is moved out.
   */
  kind: z.enum(['provision', 'update', 'terminate', 'move', 'leave']),
  attempt: AnyNumber,
  /**
   * The Service Catalog record of the operation; null until it is accepted. Of a move: the unit that the account is to
   * be in, or where it has left to; null while Control Tower is at work on it where it is.
   */
  recordId: TextOrNull,
  /** Hash of what is asked for: under one token AWS takes one request. */
  requestHash: NullByDefault,
  /** Under this name we have provisioned last. A product whose first operation has failed may not know its account. */
  productName: NullByDefault,
  askedAt: Instant,
  /** Since when Control Tower has had no place; an operation that was accepted and then failed for that counts on. */
  busySince: TextOrNull,
  /** Whether the pause before the next attempt has been made. */
  hasPaused: AnyFlag,
  /** Operations that have failed since the last good end. */
  failures: AnyNumber,
});

export type Enrollment = Readonly<z.infer<typeof EnrollmentSchema>>;

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
 * The newest build of a customization for the account. It is written before CodeBuild is asked.
 *
 * - `asked`: CodeBuild is being asked, or has no room yet. Found by a later pass, the answer may be lost: look first.
 * - `running`: it has answered with `buildId`.
 * - `failed`: that build is over, and has failed or was stopped: the next one has another number.
 * - `done`: it has ended well.
 */
export const CustomizationRecordSchema = z.object({
  name: AnyText,
  /** The CodeBuild project: a customization of another landing zone has another one. */
  project: AnyText,
  phase: z.enum(['asked', 'running', 'failed', 'done']),
  /** Hash of everything that the build was given. */
  contentHash: AnyText,
  /** Rises with every build. */
  n: AnyNumber,
  /** CodeBuild knows a build again by it for five minutes; after that it is found by it in the list. */
  token: AnyText,
  askedAt: Instant,
  buildId: TextOrNull,
  logLink: TextOrNull,
  /** What the last good build was told of the account, or this one is. */
  inputs: TextByName,
  /** What the last good build has exported. */
  outputs: TextByName,
});

/**
 * One of our groups in IAM Identity Center. Written before it is made, without an id: a group of this name that is
 * found then, and carries our mark, is the one whose id was lost.
 */
export const GroupRecordSchema = z.object({
  identityStoreId: AnyText,
  name: AnyText,
  groupId: TextOrNull,
  /** When it was made; earlier releases do not say it. */
  madeAt: z.optional(Instant),
});

/**
 * A group of the identity provider, and the permission sets that it has in the account by a mapping. Written before AWS
 * is asked for the first of them: these, and no others, are taken away again. The group itself is never changed.
 */
export const AssignedGroupSchema = z.object({
  identityStoreId: AnyText,
  name: AnyText,
  groupId: AnyText,
  permissionSetArns: Texts,
  /** When it was found: IAM Identity Center may not know it everywhere some minutes later. */
  knownSince: Instant,
});

/**
 * The members that we have put into one of our groups, by ids of the directory; kept for directories that do not list
 * members.
 */
export const AddedMembersSchema = z.object({ groupId: AnyText, userIds: Texts });

/** What of meshIdB we have made in the account, or were about to make: written before AWS is asked. */
export const SamlAccessRecordSchema = z.object({ provider: TextOrNull, roles: Texts });

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

/**
 * That an access role was sealed, or was about to be: written before AWS is asked, so an account that the ledger does
 * not know as sealed is not. What AWS shows counts where the two differ: an operator may have opened the account.
 */
export const SealRecordSchema = z.object({
  /** The ARN of the permissions boundary. */
  boundaryArn: AnyText,
  since: Instant,
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

/** The tenant is to be deleted: nothing more is vended. Taken back by a newer desired state that says ACTIVE. */
export const DeletionRecordSchema = z.object({
  replicationSequence: AnyNumber,
  at: Instant,
  /** Says what becomes of the account. Not known of deletions that came before there was a closing. */
  landingZone: NullByDefault,
  /** When its closing ended, the account was in the organization no more. */
  accountGone: z.optional(AnyFlag),
});

export type StackInstanceRecord = Readonly<z.infer<typeof StackInstanceRecordSchema>>;
export type CustomizationRecord = Readonly<z.infer<typeof CustomizationRecordSchema>>;
export type GroupRecord = Readonly<z.infer<typeof GroupRecordSchema>>;
export type AssignedGroup = Readonly<z.infer<typeof AssignedGroupSchema>>;
export type SamlAccessRecord = Readonly<z.infer<typeof SamlAccessRecordSchema>>;
export type AssignmentRecord = Readonly<z.infer<typeof AssignmentRecordSchema>>;
export type Closure = Readonly<z.infer<typeof ClosureSchema>>;
export type Account = Readonly<z.infer<typeof AccountSchema>>;

/** What a step has changed in AWS, for people: `from` and `to` are null where there was, or is, nothing. */
export const ChangeSchema = z.object({
  what: AnyText,
  from: TextOrNull,
  to: TextOrNull,
});

/** A change that a run would make now, and the state that would make it. */
export const PreviewedChangeSchema = z.object({ ...ChangeSchema.shape, state: AnyText });

/** The state in which a run would end now, and why. */
export const RefusalSchema = z.object({ state: AnyText, message: AnyText, remedy: TextOrNull });

/** What a shadow run has found: what it would have changed, had its landing zone been allowed to act. */
export const ShadowRecordSchema = z.object({
  landingZone: AnyText,
  /** The tenant's account, or the one that it would import; null: it would get a new one. */
  accountId: TextOrNull,
  /** In the order of the states; null where there is no account yet: then everything would be created. */
  changes: z.nullable(z.array(PreviewedChangeSchema)),
  /** How many more there were than the item has room for; absent: none. */
  changesLeftOut: z.optional(AnyNumber),
  refusal: z.nullable(RefusalSchema),
});
