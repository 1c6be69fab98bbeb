/*
 * Work that takes many parts, each of which a message names: a rollout, an adoption. Of two messages with the same part
 * one is taken up. A function that was killed is followed by its own message, which comes again when the lease is over.
 */

/** What a message names. */
export interface NamedPart {
  readonly id: string;
  readonly part: number;
}

/** How far the work has come, and until when a function may be at work on it. */
interface Progress {
  readonly part: number;
  readonly takenUntil: string | null;
}

export type PartClaim<Work> =
  | { readonly verdict: 'claimed'; readonly record: Work }
  /** It was worked off, or nothing is to be done. */
  | { readonly verdict: 'behind' }
  /** Another function is at work on it. */
  | { readonly verdict: 'taken' };

/** Longer than the function may run, shorter than its message stays hidden. */
const LEASE_SECONDS = 130;

/**
 * Decides who works on a part.
 *
 * @param record undefined: the ledger knows no such work
 */
export function claimedPart<Work extends Progress>(
  record: Work | undefined,
  isAtRest: (record: Work) => boolean,
  part: number,
  now: Date,
): PartClaim<Work> {
  if (record === undefined || isAtRest(record) || part < record.part) return { verdict: 'behind' };
  if (record.takenUntil !== null && Date.parse(record.takenUntil) > now.getTime()) return { verdict: 'taken' };
  const takenUntil = new Date(now.getTime() + LEASE_SECONDS * 1000).toISOString();
  return { verdict: 'claimed', record: { ...record, part, takenUntil } };
}

/** Whether nobody else has gone on since the part was claimed. */
export const isStillClaimed = (known: Progress | undefined, claimed: Progress): boolean =>
  known?.part === claimed.part && known.takenUntil === claimed.takenUntil;
