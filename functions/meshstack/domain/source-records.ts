import * as z from 'zod/mini';

import { AnyFlag, AnyNumber, AnyText, TextOrNull } from '../../domain/base/plain-schemas';

/*
 * What the ledger remembers of a meshStack that is read: how far, what is still to be done, and what was told last
 * about each tenant. It names nobody: of what was told, only the hash is kept.
 */

const Instant = AnyText;

/** What was put on the bus, or is about to be: the same content always has the same sequence. */
const PublicationSchema = z.object({ contentHash: AnyText, replicationSequence: AnyNumber });

/** Why meshStack is not called for a while. `refused`: it does not let us in; calling it again would be a storm. */
const PauseSchema = z.object({
  until: Instant,
  refused: z.nullable(z.object({ reason: AnyText, remedy: AnyText })),
});

export const SourceRecordSchema = z.object({
  /**
   * The newest event that was seen, by meshStack's clock; null before the first poll. Events begin to be read shortly
   * before it.
   */
  readUntil: z.nullable(Instant),
  /** Events of the overlap that were read already. */
  seen: z.array(AnyText),
  /** When all tenants were listed last. */
  lastPassAt: z.nullable(Instant),
  /** Somebody of no known workspace was changed: all tenants are to be read, though not at once. */
  passWanted: AnyFlag,
  /** Tenants that are to be read. They stay until they were. */
  work: z.array(z.object({ tenantUuid: AnyText, notBefore: z.nullable(Instant) })),
  /** Tenants with a building block run that is told how their vending stands. */
  reporting: z.array(AnyText),
  /** One poll at a time; who was killed is followed when its time is up. */
  lease: z.nullable(z.object({ holder: AnyText, until: Instant })),
  pause: z.nullable(PauseSchema),
});

/** A building block run, by which meshStack shows how a tenant's vending stands. */
const BlockRunSchema = z.object({
  uuid: AnyText,
  behavior: AnyText,
  isRegistered: AnyFlag,
  /** The hash of the report that meshStack has. */
  reportHash: TextOrNull,
  /** Nothing more is told: meshStack takes no news of a run that is over. */
  isOver: AnyFlag,
});

export const SourceTenantRecordSchema = z.object({
  /** The tenantPlatformNumber, given once. */
  number: AnyNumber,
  published: z.nullable(PublicationSchema),
  /**
   * Written before it is put on the bus; who is killed in between finds it and puts it there, again with this sequence.
   */
  pending: z.nullable(PublicationSchema),
  /** Why it could not be read the last time, so that it is said once. */
  faultHash: TextOrNull,
  blockRun: z.nullable(BlockRunSchema),
});

/** The next tenantPlatformNumber. */
export const SourceNumbersSchema = z.object({ next: AnyNumber });

export type Publication = Readonly<z.infer<typeof PublicationSchema>>;
export type SourceRecord = Readonly<z.infer<typeof SourceRecordSchema>>;
export type SourceTenantRecord = Readonly<z.infer<typeof SourceTenantRecordSchema>>;
export type BlockRun = Readonly<z.infer<typeof BlockRunSchema>>;
