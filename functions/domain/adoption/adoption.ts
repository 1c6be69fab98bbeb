import * as z from 'zod/mini';

import { AnyFlag, AnyNumber, AnyText, NumberOrNull, TextByName, TextOrNull, Texts } from '../base/plain-schemas';
import { PreviewedChangeSchema } from '../records/account-records';
import { PreviewSchema } from '../run/preview';

/*
 * Existing accounts of an organization that become tenants together: first proposals, then, after consent, imports.
 */

/**
 * LISTING to PROPOSED come before the consent; REFUSED is the end of a mapping with faults. VERIFYING compares the
 * organization with what was proposed, before the first write; STALE is the end where it differs.
 */
const AdoptionPhaseSchema = z.enum([
  'LISTING',
  'JUDGING',
  'SUMMING',
  'PROPOSED',
  'REFUSED',
  'VERIFYING',
  'ADOPTING',
  'STALE',
  'ENDED',
]);

/** One line of a mapping, as it came in. What is missing or misspelt is judged together with what AWS tells. */
export const MappingRowSchema = z.object({
  /** In the file of the sender, from 1; null where there is no file. */
  line: z._default(NumberOrNull, null),
  accountId: z._default(AnyText, ''),
  workspace: z._default(AnyText, ''),
  project: z._default(AnyText, ''),
  landingZone: z._default(AnyText, ''),
  /** Handed to landing zones; null: the e-mail of the account. */
  contactEmail: z._default(TextOrNull, null),
  /** The tags of the project. */
  tags: z._default(TextByName, {}),
});

/** The tags of accounts that say what a mapping would say. */
export const TagKeysSchema = z.object({
  workspace: z._default(AnyText, 'workspace'),
  project: z._default(AnyText, 'project'),
  landingZone: z._default(AnyText, 'landingZone'),
});

/** What the sender of a proposal has asked for. */
export const AdoptionWishSchema = z.object({
  /** Null: tags of the accounts say it. */
  mapping: z.nullable(z.array(MappingRowSchema)),
  tagKeys: TagKeysSchema,
});

const AdoptionFaultSchema = z.object({ field: AnyText, message: AnyText });

export const AdoptionRecordSchema = z.object({
  id: AnyText,
  phase: AdoptionPhaseSchema,
  /** Rises with every message. One that is behind it has been worked off. */
  part: AnyNumber,
  /** Until when a function may be at work on this part; null while none is. */
  takenUntil: TextOrNull,
  /** The last account of this phase that was worked off. */
  cursor: TextOrNull,
  startedAt: AnyText,
  requestedBy: TextOrNull,
  wishHash: AnyText,
  configurationHash: AnyText,
  faults: z.array(AdoptionFaultSchema),
  accounts: AnyNumber,
  /** How many of them have been judged. */
  judged: AnyNumber,
  /** How many of them cannot be adopted. */
  refused: AnyNumber,
  /** The hash of all proposals; null until all are made. */
  proposalsHash: TextOrNull,
  /** Until when they can be consented to. */
  expiresAt: TextOrNull,
  consentedAt: TextOrNull,
  consentedBy: TextOrNull,
  /** The accounts whose runs are under way. */
  running: Texts,
  adopted: AnyNumber,
  failed: AnyNumber,
  /** Until when no account can be enrolled, by the limit of AWS; null: no account waits for that. */
  waitsUntil: TextOrNull,
  /** What has changed since the proposals were made. */
  staleBecause: TextOrNull,
  endedAt: TextOrNull,
});

/** Where an account is, and in what state: what has to be so when it is adopted. */
const AdoptionPlaceSchema = z.object({ state: TextOrNull, unitsAbove: Texts });

export const AdoptionAccountSchema = z.object({
  accountId: AnyText,
  name: AnyText,
  email: AnyText,
  place: AdoptionPlaceSchema,
  row: z.nullable(MappingRowSchema),
  /** The hash of its tags, where those decide; null: they do not. */
  tagsHash: TextOrNull,
  tenantUuid: AnyText,
  /** As it was proposed; null: none could be made. */
  desiredState: z.unknown(),
  changes: z.nullable(z.array(PreviewedChangeSchema)),
  changesLeftOut: AnyNumber,
  refusal: PreviewSchema.shape.refusal,
  /** The names that a run claims for its tenant alone. */
  names: Texts,
  enrolls: AnyFlag,
  /** When it was counted among those that AWS enrolls in a week. */
  enrollmentCountedAt: TextOrNull,
  /** LEFT_OUT: nobody has named it, and it may not be adopted. */
  state: z.enum(['LISTED', 'PROPOSED', 'RUNNING', 'ADOPTED', 'FAILED', 'LEFT_OUT']),
  /** Why it has failed. */
  reason: TextOrNull,
});

export type MappingRow = Readonly<z.infer<typeof MappingRowSchema>>;
export type TagKeys = Readonly<z.infer<typeof TagKeysSchema>>;
export type AdoptionWish = Readonly<z.infer<typeof AdoptionWishSchema>>;
export type AdoptionRecord = Readonly<z.infer<typeof AdoptionRecordSchema>>;
export type AdoptionAccount = Readonly<z.infer<typeof AdoptionAccountSchema>>;

export const newAdoption = (
  given: Pick<AdoptionRecord, 'id' | 'requestedBy' | 'wishHash' | 'configurationHash'>,
  now: Date,
): AdoptionRecord => ({
  ...given,
  phase: 'LISTING',
  part: 0,
  takenUntil: null,
  cursor: null,
  startedAt: now.toISOString(),
  faults: [],
  accounts: 0,
  judged: 0,
  refused: 0,
  proposalsHash: null,
  expiresAt: null,
  consentedAt: null,
  consentedBy: null,
  running: [],
  adopted: 0,
  failed: 0,
  waitsUntil: null,
  staleBecause: null,
  endedAt: null,
});

const isOver = ({ phase }: AdoptionRecord): boolean => phase === 'REFUSED' || phase === 'STALE' || phase === 'ENDED';

/** Nothing goes on by itself: it waits for a consent, or is over. */
export const isAtRest = (record: AdoptionRecord): boolean => record.phase === 'PROPOSED' || isOver(record);
