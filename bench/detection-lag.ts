import { WATCHED_KINDS, type WatchedKind, type WatchedOperation } from './operation-watch';
import { mean, rounded } from './percentile';

/** How late the ends of one kind of operation were noticed, in seconds. */
export interface DetectionLag {
  readonly operations: number;
  readonly meanSeconds: number;
  readonly maxSeconds: number;
  /** How many were noticed later than the target allows. */
  readonly late: number;
}

const ENROLLMENT_SECONDS = 31;
const SHARE = 0.15;

/** The period that counts as the time between two polls; two seconds on top of it are allowed. */
const DESCRIBE_PERIODS: Readonly<Record<WatchedKind, number>> = {
  accountCreation: 5,
  accessRole: 4,
  enrollment: 25,
  stackInstance: 6,
  accountAssignment: 4,
};

/** The larger of 15 % of the operation and the describe period + 2 s; for an enrollment, half a minute. */
function allowedLag({ kind, askedAt, doneAt }: WatchedOperation): number {
  if (kind === 'enrollment') return ENROLLMENT_SECONDS;
  const seconds = ((doneAt ?? askedAt) - askedAt) / 1000;
  return Math.max(SHARE * seconds, DESCRIBE_PERIODS[kind] + 2);
}

/** Lags by kind of operation; kinds that never ended are left out. */
export type DetectionLags = Readonly<Partial<Record<WatchedKind, DetectionLag>>>;

export function detectionLags(operations: readonly WatchedOperation[]): DetectionLags {
  const kinds = [...new Set(operations.map(({ kind }) => kind))];
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const noticed = operations.filter((operation) => operation.kind === kind && operation.noticedAt !== null);
      return noticed.length === 0 ? [] : [[kind, lagOf(noticed)]];
    }),
  );
}

/** Those of several seeds. */
export function lagsTogether(all: readonly DetectionLags[]): DetectionLags {
  const kinds = WATCHED_KINDS.filter((kind) => all.some((lags) => lags[kind] !== undefined));
  return Object.fromEntries(kinds.map((kind) => [kind, lagTogether(all.flatMap((lags) => lags[kind] ?? []))]));
}

function lagTogether(lags: readonly DetectionLag[]): DetectionLag {
  const sum = (of: (lag: DetectionLag) => number): number => lags.reduce((all, lag) => all + of(lag), 0);
  const operations = sum((lag) => lag.operations);
  return {
    operations,
    meanSeconds: rounded(sum((lag) => lag.meanSeconds * lag.operations) / operations),
    maxSeconds: Math.max(...lags.map((lag) => lag.maxSeconds)),
    late: sum((lag) => lag.late),
  };
}

function lagOf(noticed: readonly WatchedOperation[]): DetectionLag {
  const lags = noticed.map((operation) => ({ seconds: lagSeconds(operation), allowed: allowedLag(operation) }));
  const seconds = lags.map((lag) => lag.seconds);
  return {
    operations: noticed.length,
    meanSeconds: rounded(mean(seconds)),
    maxSeconds: rounded(Math.max(...seconds)),
    late: lags.filter((lag) => lag.seconds > lag.allowed).length,
  };
}

/** An access role that could be assumed before the first poll is noticed as soon as possible. */
function lagSeconds({ doneAt, noticedAt }: WatchedOperation): number {
  return Math.max(0, (noticedAt ?? 0) - (doneAt ?? 0)) / 1000;
}
