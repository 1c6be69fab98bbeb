import { detectionLags } from './detection-lag';
import type { Observation } from './observation';
import { mean, percentile, rounded } from './percentile';
import type { Scenario } from './scenario';
import { type SlotIdle, slotIdle, slotIdleShare } from './slot-idle';

/** The published figures of one flow in one scenario. */
export interface FlowMeasures {
  /** Null where fewer than half of the requests have ended. */
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
  /** p50 divided by that of the floor. */
  readonly ratioToFloor: number | null;
  /** The share of the time in which somebody waited, over all lanes; null if nobody ever waited. */
  readonly slotIdleShare: number | null;
  /** All but those of STS and of the ledger. */
  readonly apiCallsPerVending: number;
  readonly selfMadeThrottles: number;
  readonly transitionsPerVending: number | null;
  /** How many requests were ready in the end. */
  readonly ended: number;
  readonly slotIdle: SlotIdle;
  readonly stsCallsPerVending: number;
  readonly ledgerCallsPerVending: number;
  readonly pollsPerVending: number;
  readonly mostPolls: number;
  readonly detectionLag: ReturnType<typeof detectionLags>;
}

/** @param floorSeconds the median of what AWS allows */
export function measuresOf(
  observation: Observation,
  { requests, controlTower }: Pick<Scenario, 'requests' | 'controlTower'>,
  floorSeconds: number,
): FlowMeasures {
  const { readySeconds, operations, calls, transitions, polls } = observation;
  const p50 = percentile(readySeconds, 50);
  const p95 = percentile(readySeconds, 95);
  const slots = slotIdle(observation, controlTower);
  const perVending = (count: number): number => rounded(count / requests);
  return {
    p50Seconds: p50 === null ? null : rounded(p50),
    p95Seconds: p95 === null ? null : rounded(p95),
    ratioToFloor: p50 === null ? null : rounded(p50 / floorSeconds),
    slotIdleShare: slotIdleShare(slots),
    apiCallsPerVending: perVending(calls.aws),
    selfMadeThrottles: calls.throttled,
    transitionsPerVending: transitions === null ? null : perVending(transitions),
    ended: readySeconds.filter((seconds) => seconds !== null).length,
    slotIdle: slots,
    stsCallsPerVending: perVending(calls.sts),
    ledgerCallsPerVending: perVending(calls.ledger),
    pollsPerVending: rounded(mean(polls)),
    mostPolls: Math.max(...polls),
    detectionLag: detectionLags(operations),
  };
}
