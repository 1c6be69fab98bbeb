import * as z from 'zod/mini';

import { RunKeySchema } from '../records/ledger-records';
import { AnyFlag, AnyNumber, AnyText, TextOrNull } from '../base/plain-schemas';

const Instant = AnyText;

/** One place of a lane that is taken. */
export const LaneSlotSchema = z.object({
  slot: AnyNumber,
  tenantUuid: AnyText,
  /** The run that it was granted to; a later run of the tenant may go on with it. */
  run: RunKeySchema,
  since: Instant,
  /** From when on somebody who waits looks whether it is still needed. */
  lookAt: Instant,
});

/** What a lane's rate has spent: a bucket that is full at `fullAt`, and the last turn that was let in. */
const LaneRateStateSchema = z.object({ fullAt: Instant, lastAt: Instant });

/** What has been closed of late, for AWS's share of closings in thirty days. */
const ClosingShareSchema = z.object({
  /** The closings by day, in UTC; days that no longer count are left out. */
  days: z.array(z.object({ day: AnyText, closings: AnyNumber })),
  /** How many AWS allows, by the number of accounts as it was counted then; null: it was never needed. */
  allowance: z.nullable(z.object({ closings: AnyNumber, countedAt: Instant })),
});

export const LaneRecordSchema = z.object({
  slots: z.array(LaneSlotSchema),
  rate: z.nullable(LaneRateStateSchema),
  /** AWS takes any number at once; the function that learned that has recorded it. */
  unlimited: z._default(AnyFlag, false),
  /** Only the lane of closings has this field. */
  closingShare: z.optional(ClosingShareSchema),
});

/** The stack instances that somebody would have made if it had its turn. */
const WantedInstancesSchema = z.object({
  regions: z.array(AnyText),
  /** All that it knows; the template may declare fewer. */
  parameters: z.record(AnyText, AnyText),
  /** The roles of its account count everywhere from then on. */
  from: Instant,
});

/** Somebody who waits for a turn, in the order of the items' keys. */
export const WaiterRecordSchema = z.object({
  tenantUuid: AnyText,
  run: RunKeySchema,
  /** Null while nobody can be reached: a state that has timed out comes back with a new one. */
  token: TextOrNull,
  since: Instant,
  /** The turn is granted; the item goes when the waiter was told. */
  grantedAt: z.nullable(Instant),
  /** It is counted in the lane's line; earlier releases counted nobody. */
  inLine: z.optional(AnyFlag),
  /**
   * Its state can be called back to look at the lane. Absent: it began under an earlier release, and comes by itself
   * every quarter of an hour.
   */
  callable: z.optional(AnyFlag),
  /** Others stand before it, so nobody looks at its run until it is the first or is let in. */
  unwatched: z.optional(AnyFlag),
  /** An operation that is asked for by somebody else may do this along; null and absent: it has to be its own. */
  wanted: z.optional(z.nullable(WantedInstancesSchema)),
});

/** How many wait in a lane: see `waiting-line.ts`. */
export const LineRecordSchema = z.object({
  /**
   * The groups in their order: the position of the first waiter, and how many wait. Pairs, so that a hundred of them
   * cost no more to read than one.
   */
  groups: z.array(z.tuple([AnyText, AnyNumber])),
});

export type ClosingShare = Readonly<z.infer<typeof ClosingShareSchema>>;
export type LaneSlot = Readonly<z.infer<typeof LaneSlotSchema>>;
export type LaneRateState = Readonly<z.infer<typeof LaneRateStateSchema>>;
export type WantedInstances = Readonly<z.infer<typeof WantedInstancesSchema>>;
export type LaneRecord = Readonly<z.infer<typeof LaneRecordSchema>>;
export type LineRecord = Readonly<z.infer<typeof LineRecordSchema>>;
export type WaiterRecord = Readonly<z.infer<typeof WaiterRecordSchema>>;
