import { randomFor } from '../sandbox/simulation/rng';
import { awsLatencies, type Latencies, type Seconds } from '../sandbox/organization/latencies';

/** What AWS takes its time for, without the factor by which a demo shortens it all. */
export type OperationKind = Exclude<keyof Latencies, 'scale'>;

/**
 * AWS's own figure for a change of IAM ("Revoking IAM role temporary security credentials"). Here it always takes that
 * long: a caller that relies on a new role sooner is refused.
 */
export const IAM_SECONDS = 30;

/** Nine of ten operations take so long. An enrollment takes 25 minutes on average, as Control Tower's users report. */
const RANGES: Readonly<Record<OperationKind, Seconds>> = awsLatencies;

/** Seconds of the next operation of a kind. */
export type NextDuration = (kind: OperationKind) => number;

/**
 * A sequence of durations for each kind of operation: the first account to be made takes as long for ours, for each
 * peer and for the floor, and so does the second. Who calls how often changes nothing about it.
 *
 * @param stretch all that is not documented takes so many times as long
 */
export function durationsOf(seed: number, stretch = 1): NextDuration {
  const sequences = new Map<OperationKind, () => number>();
  return (kind) => {
    if (kind === 'iamPropagation') return IAM_SECONDS;
    const random = sequences.get(kind) ?? randomFor(seed, `duration of ${kind}`);
    sequences.set(kind, random);
    // As precise as the model's clock.
    return Math.round(quantile(RANGES[kind], random()) * stretch * 1000) / 1000;
  };
}

const LEAST = 0.001;

/**
 * Durations have a tail: one in twenty is shorter than the range, and one in twenty longer, some of them much. The
 * logarithm is distributed logistically, and one in a thousand is cut on either side.
 *
 * @param part which of all durations, from 0, the shortest, to 1
 */
export function quantile([least, most]: Seconds, part: number): number {
  if (least === most) return least;
  if (least <= 0) return least + part * (most - least);
  const within = Math.min(1 - LEAST, Math.max(LEAST, part));
  const steepness = Math.log(Math.sqrt(most / least)) / Math.log(19);
  return Math.sqrt(least * most) * (within / (1 - within)) ** steepness;
}

/** The same durations as the model reads them: reading one begins an operation. */
export function drawnLatencies(seed: number, stretch: number): Latencies {
  const next = durationsOf(seed, stretch);
  const drawn = (kind: OperationKind): Seconds => {
    const seconds = next(kind);
    return [seconds, seconds];
  };
  return {
    scale: 1,
    stackInstanceListing: [0, 0],
    assignmentTarget: [0, 0],
    // Nothing is deployed here.
    buildStart: [0, 0],
    build: [0, 0],
    changeSet: [0, 0],
    stack: [0, 0],
    get accountCreation() {
      return drawn('accountCreation');
    },
    get accessRole() {
      return drawn('accessRole');
    },
    get accountListing() {
      return drawn('accountListing');
    },
    get iamPropagation() {
      return drawn('iamPropagation');
    },
    get accountClosure() {
      return drawn('accountClosure');
    },
    get enrollmentCheck() {
      return drawn('enrollmentCheck');
    },
    get enrollment() {
      return drawn('enrollment');
    },
    get enrollmentUpdate() {
      return drawn('enrollmentUpdate');
    },
    get enrollmentTermination() {
      return drawn('enrollmentTermination');
    },
    get stackInstance() {
      return drawn('stackInstance');
    },
    get stackInstanceFailure() {
      return drawn('stackInstanceFailure');
    },
    get accountAssignment() {
      return drawn('accountAssignment');
    },
  };
}
