import { IAM_SECONDS, type NextDuration, type OperationKind, RANGES } from './durations';
import { rounded } from './percentile';
import type { Scenario } from './scenario';

/**
 * What nobody can promise who does not know beforehand when an operation ends, for the durations of one seed. An end may come right after a look, so
 * it is noticed late by the time between two looks, and all of these together are what a vending is later than the floor.
 */
export interface LooksBound {
  /** Who promises the target of the time in such durations needs so many calls, and so many polls. */
  readonly leastCalls: number;
  readonly leastPolls: number;
  /** Who promises the targets of calls and polls, however long the rest takes once the access is there, can promise this and no less. */
  readonly leastRatio: number;
}

/** What is promised, and what is no look. */
export interface Promised {
  readonly ratio: number;
  readonly calls: number;
  readonly polls: number;
  /** Calls of a vending that would be made without any look. */
  readonly callsWithoutLooks: number;
}

/** An operation whose end is looked for. */
interface Sought {
  readonly kind: OperationKind;
  /** Seconds that it takes. */
  readonly seconds: number;
}

const ASSIGNMENTS = 2;
/** Later by so much, or by this share, an account may be noticed; that costs no time, since its access takes longer. */
const CREATION_LAG = { seconds: 7, share: 0.15 };
/** The first entry into CheckGrants asks, and looks at nothing. */
const ENTRIES_WITHOUT_LOOK = 1;

export function looksBound(
  { controlTower }: Pick<Scenario, 'controlTower'>,
  next: NextDuration,
  promised: Promised,
): LooksBound {
  const creation = next('accountCreation');
  const drawn = (kind: OperationKind): Sought => ({ kind, seconds: next(kind) });
  const access = drawn('accessRole');
  const rest = [
    ...(controlTower ? [drawn('enrollment')] : []),
    drawn('stackInstance'),
    ...Array.from({ length: ASSIGNMENTS }, () => drawn('accountAssignment')),
  ];
  const known = creation + (controlTower ? IAM_SECONDS : 2 * IAM_SECONDS);
  const creationLooks = looksAtCreation(creation);
  const late = promised.ratio - 1;
  // Looks at the access are calls of STS, which are counted apart.
  const [forCalls, forPolls] = [effort(known + access.seconds, rest), effort(known, [access, ...rest])];
  const others = { calls: promised.callsWithoutLooks + creationLooks, polls: ENTRIES_WITHOUT_LOOK + creationLooks };
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

function looksAtCreation(seconds: number): number {
  const gap = Math.max(CREATION_LAG.seconds, CREATION_LAG.share * seconds);
  return Math.max(1, Math.ceil((seconds - RANGES.accountCreation[0]) / gap));
}

/**
 * Looks, times the share of the floor that they may be late. While an operation goes on, the floor is known to be `elapsed` and what has been and must
 * come at least, and two looks are apart by a share of that: so many looks are the logarithm. The shares of all operations together are what is
 * allowed; they are best where they are as the roots (Cauchy and Schwarz).
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
