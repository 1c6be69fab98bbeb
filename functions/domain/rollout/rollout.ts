import * as z from 'zod/mini';

import { AnyFlag, AnyNumber, AnyText, TextOrNull, Texts } from '../base/plain-schemas';
import { PreviewedChangeSchema, RefusalSchema } from '../records/account-records';
import type { TenantRecord } from '../records/ledger-records';
import { ChangeGroupSchema, SevereCountsSchema } from './change-groups';
import { LandingZoneUpdateSchema } from './landing-zone-update';

/*
 * A rollout brings the tenants of a ledger from one configuration to another, or accounts to what the landing zone of
 * Control Tower has become: it is planned over all of them, consented to, and carried out in waves.
 */

export const RolloutKindSchema = z.enum(['configuration', 'landing-zone']);

/**
 * Who is changed first, by one of these: some tenants, one of each landing zone before a second of any, or those of a
 * unit, or with a tag.
 */
export const CanarySchema = z.object({
  tenants: z.optional(AnyNumber),
  organizationalUnit: z.optional(AnyText),
  tag: z.optional(z.object({ key: AnyText, value: AnyText })),
});

/** The shares of tenants and the limits that a rollout keeps to. */
export const RolloutLimitsSchema = z.object({
  canary: CanarySchema,
  /** The share of the other tenants that has been reached at the end of each wave; the last one is 1. */
  waves: z.array(AnyNumber),
  mostTenantsPerHour: AnyNumber,
  /** Runs that are under way at once. */
  mostAtOnce: AnyNumber,
  /** It stops as soon as this share of the runs that have ended in a wave, and at least two, have failed. */
  stopAtFailedShare: AnyNumber,
  /** The same for runs that have changed something else than was planned. */
  stopAtUnexpectedShare: AnyNumber,
  /** Severe changes of more tenants than this need a consent that names the number. */
  mostSevereWithoutConsent: AnyNumber,
});

/** PLANNED, PAUSED and STOPPED wait for a person; REFUSED, ENDED and ABORTED are over. */
export const RolloutStatusSchema = z.enum([
  'PLANNING',
  'SUMMING',
  'PLANNED',
  'REFUSED',
  'RUNNING',
  'PAUSED',
  'STOPPED',
  'ENDED',
  'ABORTED',
]);

export const RolloutRecordSchema = z.object({
  id: AnyText,
  /** Releases before this one know configurations alone. */
  kind: z._default(RolloutKindSchema, 'configuration'),
  /** Of the other kind; absent until somebody has looked. */
  landingZone: z.optional(LandingZoneUpdateSchema),
  status: RolloutStatusSchema,
  /** Of the configuration that was released when it was planned. */
  fromHash: AnyText,
  /** The same again for a landing zone: a release before this one that goes on with it changes nothing then. */
  targetHash: AnyText,
  limits: RolloutLimitsSchema,
  /** Rises with every message. One that is behind it has been worked off. */
  part: AnyNumber,
  /** Until when a function may be at work on this part; null while none is. */
  takenUntil: TextOrNull,
  /** Which of the lists of tenants is walked, for the plan and for latecomers, and how far. */
  list: z.enum(['VENDED', 'FAILED']),
  cursor: TextOrNull,
  /** Those that have a place in the canary, by landing zone. */
  canary: z.array(z.object({ tenantUuid: AnyText, landingZone: AnyText })),
  plannedAt: TextOrNull,
  plannedBy: TextOrNull,
  /** The hash of all that was planned; null until all is. */
  planHash: TextOrNull,
  /** Known with the plan: how many tenants are to be changed, need no change, cannot be planned, are left alone. */
  changing: AnyNumber,
  unchanged: AnyNumber,
  refused: AnyNumber,
  leftAlone: AnyNumber,
  groups: z.array(ChangeGroupSchema),
  severe: SevereCountsSchema,
  startedAt: TextOrNull,
  startedBy: TextOrNull,
  /** The wave that it is in, from 0, the canary. */
  wave: AnyNumber,
  /** The last tenant of the wave that was begun; null: none was yet. */
  after: TextOrNull,
  /** The tenants whose runs are under way. */
  running: Texts,
  /** In all waves so far. */
  done: AnyNumber,
  failed: AnyNumber,
  unexpected: AnyNumber,
  overtaken: AnyNumber,
  /** Since this wave, or the last resumption, has begun: by these it stops. */
  judged: z.object({ ended: AnyNumber, failed: AnyNumber, unexpected: AnyNumber }),
  /** How many were begun in the hour that began then. */
  hour: z.object({ since: AnyText, begun: AnyNumber }),
  /** Where the status is PAUSED, STOPPED, REFUSED or ABORTED. */
  reason: TextOrNull,
  /** How far those that have failed were given another turn: after which tenant, ''; null: nobody has asked for it. */
  retrying: TextOrNull,
  endedAt: TextOrNull,
  /** When a run of it has begun or ended last; absent: none has yet. */
  movedAt: z.optional(AnyText),
});

/** Names a rollout in the list of all. */
export const ListedRolloutSchema = z.object({ id: AnyText });

export const RolloutTenantSchema = z.object({
  /** Of an account that no tenant has, its id. */
  tenantUuid: AnyText,
  workspaceIdentifier: AnyText,
  projectIdentifier: AnyText,
  landingZone: TextOrNull,
  accountId: TextOrNull,
  wave: AnyNumber,
  /** As it was planned; null: nobody has looked, since it came after the plan. */
  changes: z.nullable(z.array(PreviewedChangeSchema)),
  changesLeftOut: AnyNumber,
  refusal: z.nullable(RefusalSchema),
  /** UNCHANGED: it only takes the version. OVERTAKEN: a newer desired state of its own, or a person, has come first. */
  state: z.enum(['WAITING', 'UNCHANGED', 'REFUSED', 'RUNNING', 'DONE', 'FAILED', 'OVERTAKEN']),
  /** Whether its run has changed something else than was planned. */
  unexpected: AnyFlag,
  run: z.nullable(z.object({ replicationSequence: AnyNumber, run: AnyNumber })),
  /** Why it has failed. */
  reason: TextOrNull,
});

export const RolloutTenantRecordSchema = z.extend(RolloutTenantSchema, {
  /**
   * The part that has begun it, or given it another turn: killed before its end was written down, it counts the tenant
   * once more. Earlier releases do not record it.
   */
  part: z.optional(AnyNumber),
});

/** What events say of a rollout. */
export interface RolloutTold extends Pick<
  RolloutRecord,
  | 'kind'
  | 'status'
  | 'fromHash'
  | 'targetHash'
  | 'wave'
  | 'changing'
  | 'unchanged'
  | 'done'
  | 'failed'
  | 'overtaken'
  | 'unexpected'
  | 'reason'
> {
  readonly rolloutId: string;
  readonly running: number;
  /** Who has asked for it; null: nobody, it came about by itself. */
  readonly by: string | null;
  readonly at: string;
}

export type Canary = Readonly<z.infer<typeof CanarySchema>>;
export type RolloutLimits = Readonly<z.infer<typeof RolloutLimitsSchema>>;
export type RolloutRecord = Readonly<z.infer<typeof RolloutRecordSchema>>;
export type RolloutTenant = Readonly<z.infer<typeof RolloutTenantRecordSchema>>;

export const newRollout = (
  given: Pick<RolloutRecord, 'id' | 'kind' | 'fromHash' | 'targetHash' | 'limits' | 'plannedBy'>,
  now: Date,
): RolloutRecord => ({
  ...given,
  status: 'PLANNING',
  part: 0,
  takenUntil: null,
  list: 'VENDED',
  cursor: null,
  canary: [],
  plannedAt: null,
  planHash: null,
  changing: 0,
  unchanged: 0,
  refused: 0,
  leftAlone: 0,
  groups: [],
  severe: { removesAccess: 0, movesUnit: 0, removesStackSet: 0 },
  startedAt: null,
  startedBy: null,
  wave: 0,
  after: null,
  running: [],
  done: 0,
  failed: 0,
  unexpected: 0,
  overtaken: 0,
  judged: NOTHING_JUDGED,
  hour: { since: now.toISOString(), begun: 0 },
  reason: null,
  retrying: null,
  endedAt: null,
});

export const NOTHING_JUDGED: RolloutRecord['judged'] = { ended: 0, failed: 0, unexpected: 0 };

/** Nothing goes on by itself: it waits for a person, or is over. */
export const isAtRest = ({ status }: RolloutRecord): boolean =>
  status !== 'PLANNING' && status !== 'SUMMING' && status !== 'RUNNING';

/** Whether a tenant has another configuration still, and an account that could be brought to this one. */
export const isToBeBrought = (tenant: TenantRecord, { targetHash }: Pick<RolloutRecord, 'targetHash'>): boolean =>
  tenant.configurationHash !== targetHash &&
  tenant.account !== null &&
  tenant.accountLostSince === null &&
  tenant.deletion === null &&
  tenant.latestSequence >= 0;

export const isOver = ({ status }: RolloutRecord): boolean =>
  status === 'REFUSED' || status === 'ENDED' || status === 'ABORTED';
