import { IAM_SECONDS, type NextDuration, type OperationKind, RANGES } from './durations';
import { rounded } from './percentile';
import type { Scenario } from './scenario';

/**
 * The limits of every client that does not know beforehand when an operation ends, for the durations of one seed. An
 * end may come right after a poll, so that it is noticed late by the time between two polls; the sum of these delays is
 * how much later than the floor a vending is.
 */
export interface PollsBound {
  /** The calls and polls that the promised time needs at least with such durations. */
  readonly leastCalls: number;
  readonly leastPolls: number;
  /**
   * The lowest ratio that can be promised with the promised calls and polls, however long the rest takes after the
   * access is there.
   */
  readonly leastRatio: number;
}

/** The promises, and the calls that are no polls. */
export interface Promised {
  readonly ratio: number;
  readonly calls: number;
  readonly polls: number;
  /** Calls of a vending that would be made without any poll. */
  readonly callsWithoutPolls: number;
}

/** An operation that is polled for its end. */
interface Sought {
  readonly kind: OperationKind;
  /** Seconds that it takes. */
  readonly seconds: number;
}

const ASSIGNMENTS = 2;
/** Later by so much, or by this share, an account may be noticed; that costs no time, since its access takes longer. */
const CREATION_LAG = { seconds: 7, share: 0.15 };
/** The first entry into CheckGrants makes a request, and polls nothing. */
const ENTRIES_WITHOUT_POLL = 1;

export function pollsBound(
  { controlTower }: Pick<Scenario, 'controlTower'>,
  next: NextDuration,
  promised: Promised,
): PollsBound {
  const creation = next('accountCreation');
  const drawn = (kind: OperationKind): Sought => ({ kind, seconds: next(kind) });
  const access = drawn('accessRole');
  const rest = [
    ...(controlTower ? [drawn('enrollment')] : []),
    drawn('stackInstance'),
    ...Array.from({ length: ASSIGNMENTS }, () => drawn('accountAssignment')),
  ];
  const known = creation + (controlTower ? IAM_SECONDS : 2 * IAM_SECONDS);
  const creationPolls = pollsOfCreation(creation);
  const late = promised.ratio - 1;
  // Polls of the access are calls of STS, which are counted apart.
  const [forCalls, forPolls] = [effort(known + access.seconds, rest), effort(known, [access, ...rest])];
  const others = { calls: promised.callsWithoutPolls + creationPolls, polls: ENTRIES_WITHOUT_POLL + creationPolls };
  const longest = rest.map(({ kind }) => ({ kind, seconds: RANGES[kind][1] }));
  return {
    leastCalls: Math.ceil(others.calls + rest.length + forCalls / late),
    leastPolls: Math.ceil(others.polls + 1 + rest.length + forPolls / late),
    leastRatio: rounded(
      1 +
        Math.max(
          effort(known + access.seconds, longest) / Math.max(1, promised.calls - others.calls - rest.length),
          effort(known, [access, ...longest]) / Math.max(1, promised.polls - others.polls - 1 - rest.length),
        ),
    ),
  };
}

function pollsOfCreation(seconds: number): number {
  const gap = Math.max(CREATION_LAG.seconds, CREATION_LAG.share * seconds);
  return Math.max(1, Math.ceil((seconds - RANGES.accountCreation[0]) / gap));
}

/**
 * The number of polls times the share of the floor that they may be late. While an operation runs, the floor is known
 * to be at least `elapsed` plus the shortest time of all the rest, and two polls are apart by a share of that: the
 * number of polls is the logarithm. The shares of all operations together are what is allowed; the best ones are
 * proportional to the roots (Cauchy and Schwarz).
 */
function effort(knownBefore: number, operations: readonly Sought[]): number {
  let known = knownBefore + operations.reduce((sum, { kind }) => sum + RANGES[kind][0], 0);
  let roots = 0;
  for (const { kind, seconds } of operations) {
    const beyond = seconds - RANGES[kind][0];
    roots += Math.sqrt(Math.log((known + beyond) / known));
    known += beyond;
  }
  return roots ** 2;
}
