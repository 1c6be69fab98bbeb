import * as z from 'zod';

/*
 * What the ledger remembers of a meshStack that is read: how far, what is still to be done, and what was told last about each tenant. It
 * names nobody: of what was told, only the hash is kept.
 */

const Instant = z.string();

/** What was put on the bus, or is about to be: the same content always has the same sequence. */
const PublicationSchema = z.object({ contentHash: z.string(), replicationSequence: z.number() });

/** Why meshStack is not called for a while. `refused`: it does not let us in; calling it again would be a storm. */
const PauseSchema = z.object({
  until: Instant,
  refused: z.object({ reason: z.string(), remedy: z.string() }).nullable(),
});

export const SourceRecordSchema = z.object({
  /** The newest event that was seen, by meshStack's clock; null before the first poll. Events begin to be read shortly before it. */
  readUntil: Instant.nullable(),
  /** Events of the overlap that were read already. */
  seen: z.array(z.string()),
  /** When all tenants were listed last. */
  lastPassAt: Instant.nullable(),
  /** Somebody of no known workspace was changed: all tenants are to be read, though not at once. */
  passWanted: z.boolean(),
  /** Tenants that are to be read. They stay until they were. */
  work: z.array(z.object({ tenantUuid: z.string(), notBefore: Instant.nullable() })),
  /** Tenants with a building block run that is told how their vending stands. */
  reporting: z.array(z.string()),
  /** One poll at a time; who was killed is followed when its time is up. */
  lease: z.object({ holder: z.string(), until: Instant }).nullable(),
  pause: PauseSchema.nullable(),
});

/** A building block run, by which meshStack shows how a tenant's vending stands. */
const BlockRunSchema = z.object({
  uuid: z.string(),
  behavior: z.string(),
  isRegistered: z.boolean(),
  /** Of the report that meshStack has. */
  reportHash: z.string().nullable(),
  /** Nothing more is told: meshStack takes no news of a run that is over. */
  isOver: z.boolean(),
});

export const SourceTenantRecordSchema = z.object({
  /** The tenantPlatformNumber, given once. */
  number: z.number(),
  published: PublicationSchema.nullable(),
  /** Written before it is put on the bus; who is killed in between finds it and puts it there, again with this sequence. */
  pending: PublicationSchema.nullable(),
  /** Why it could not be read the last time, so that it is said once. */
  faultHash: z.string().nullable(),
  blockRun: BlockRunSchema.nullable(),
});

/** The next tenantPlatformNumber. */
export const SourceNumbersSchema = z.object({ next: z.number() });

export type Publication = Readonly<z.infer<typeof PublicationSchema>>;
export type SourceRecord = Readonly<z.infer<typeof SourceRecordSchema>>;
export type SourceTenantRecord = Readonly<z.infer<typeof SourceTenantRecordSchema>>;
export type BlockRun = Readonly<z.infer<typeof BlockRunSchema>>;
