import { detectionLags, type DetectionLags, lagsTogether } from './detection-lag';
import type { Observation } from './observation';
import { percentile, rounded } from './percentile';
import type { Scenario } from './scenario';
import { type SlotIdle, slotIdle, slotIdleShare, slotsTogether } from './slot-idle';

/** One flow with one seed. */
export interface SeedFlow {
  readonly readySeconds: readonly (number | null)[];
  readonly counts: Counts;
  readonly mostPolls: number;
  readonly slotIdle: SlotIdle;
  readonly detectionLag: DetectionLags;
}

interface Counts {
  readonly aws: number;
  readonly sts: number;
  readonly ledger: number;
  readonly conflicts: number;
  readonly throttled: number;
  readonly polls: number;
  /** Null where the flow has none. */
  readonly transitions: number | null;
  readonly coldStarts: number | null;
}

/** The published figures of one flow in one scenario, over all seeds. */
export interface FlowMeasures {
  /** Null where fewer than half of the requests were ever ready. */
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
  readonly p99Seconds: number | null;
  /** The p50 of each seed alone. */
  readonly p50SecondsBySeed: readonly (number | null)[];
  /** p50 divided by that of the floor of the configuration. */
  readonly ratioToFloor: number | null;
  /** p50 divided by that of AWS's own floor. */
  readonly ratioToAwsFloor: number | null;
  /** The share of the time in which somebody waited, over all lanes; null if nobody ever waited. */
  readonly slotIdleShare: number | null;
  /** All but those of STS and of the ledger. */
  readonly apiCallsPerVending: number;
  readonly selfMadeThrottles: number;
  readonly transitionsPerVending: number | null;
  /** How many of all requests, over all seeds, were ready in the end. */
  readonly ready: number;
  readonly slotIdle: SlotIdle;
  readonly stsCallsPerVending: number;
  readonly ledgerCallsPerVending: number;
  readonly ledgerConflictsPerVending: number;
  readonly coldStartsPerVending: number | null;
  readonly pollsPerVending: number;
  readonly mostPolls: number;
  readonly detectionLag: DetectionLags;
}

export function seedFlowOf(observation: Observation, scenario: Scenario): SeedFlow {
  const { readySeconds, operations, calls, transitions, polls, coldStarts } = observation;
  return {
    readySeconds,
    counts: { ...calls, transitions, coldStarts, polls: sumOf(polls) },
    mostPolls: Math.max(...polls),
    slotIdle: slotIdle(observation, scenario),
    detectionLag: detectionLags(operations),
  };
}

/** The medians of both floors. */
export interface FloorMedians {
  readonly floorSeconds: number;
  readonly awsFloorSeconds: number;
}

export function measuresOf(flows: readonly SeedFlow[], { floorSeconds, awsFloorSeconds }: FloorMedians): FlowMeasures {
  const readySeconds = flows.flatMap((flow) => flow.readySeconds);
  const at = (percent: number): number | null => roundedOrNull(percentile(readySeconds, percent));
  const ratioTo = (floor: number): number | null => {
    const p50 = percentile(readySeconds, 50);
    return p50 === null ? null : rounded(p50 / floor);
  };
  const perVending = (count: keyof Counts): number =>
    rounded(sumOf(flows.map(({ counts }) => counts[count] ?? 0)) / readySeconds.length);
  const orNull = (count: 'transitions' | 'coldStarts'): number | null =>
    flows.some(({ counts }) => counts[count] === null) ? null : perVending(count);
  const slots = slotsTogether(flows.map((flow) => flow.slotIdle));
  return {
    p50Seconds: at(50),
    p95Seconds: at(95),
    p99Seconds: at(99),
    p50SecondsBySeed: flows.map((flow) => roundedOrNull(percentile(flow.readySeconds, 50))),
    ratioToFloor: ratioTo(floorSeconds),
    ratioToAwsFloor: ratioTo(awsFloorSeconds),
    slotIdleShare: slotIdleShare(slots),
    apiCallsPerVending: perVending('aws'),
    selfMadeThrottles: sumOf(flows.map(({ counts }) => counts.throttled)),
    transitionsPerVending: orNull('transitions'),
    ready: readySeconds.filter((seconds) => seconds !== null).length,
    slotIdle: slots,
    stsCallsPerVending: perVending('sts'),
    ledgerCallsPerVending: perVending('ledger'),
    ledgerConflictsPerVending: perVending('conflicts'),
    coldStartsPerVending: orNull('coldStarts'),
    pollsPerVending: perVending('polls'),
    mostPolls: Math.max(...flows.map((flow) => flow.mostPolls)),
    detectionLag: lagsTogether(flows.map((flow) => flow.detectionLag)),
  };
}

const roundedOrNull = (value: number | null): number | null => (value === null ? null : rounded(value));

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
