import type { FlowMeasures } from '../../bench/flow-measures';
import type { ScenarioResult } from '../../bench/scenario-result';

const lane = { waitedSeconds: 0, idleSeconds: 0, share: null };
const noticed = { operations: 1, meanSeconds: 1, maxSeconds: 1, late: 0 };

/** The figures of a flow that keeps every promise. */
const flow: FlowMeasures = {
  p50Seconds: 180,
  p95Seconds: 228,
  p99Seconds: 229,
  p50SecondsBySeed: [162.34, 197.66],
  ratioToFloor: 1.06,
  ratioToAwsFloor: 1.058,
  slotIdleShare: 0.012,
  ready: 2,
  apiCallsPerVending: 56.64,
  stsCallsPerVending: 27.08,
  ledgerCallsPerVending: 248.4,
  ledgerConflictsPerVending: 0.04,
  coldStartsPerVending: 18,
  selfMadeThrottles: 0,
  transitionsPerVending: 55.5,
  pollsPerVending: 7.33,
  mostPolls: 9,
  slotIdle: { accountCreation: lane, enrollment: lane, stackInstance: lane },
  detectionLag: {
    accountCreation: noticed,
    accessRole: noticed,
    enrollment: noticed,
    stackInstance: noticed,
    accountAssignment: noticed,
  },
};

export const measured = (changes: Partial<FlowMeasures> = {}): FlowMeasures => ({ ...flow, ...changes });

/** One request with two seeds, beside a peer that is slower. */
export const resultNamed = (name: string, changes: Partial<ScenarioResult> = {}): ScenarioResult => ({
  name,
  requests: 1,
  controlTower: false,
  organizationSize: 1,
  throttledShare: 0,
  stackSet: 'side-by-side',
  stretch: 1,
  seeds: [1, 2],
  floorSeconds: 170,
  floorP95Seconds: 220,
  awsFloorSeconds: 170.2,
  awsFloorP95Seconds: 220,
  awsFloorQueuedSeconds: 171,
  ours: measured(),
  estimates: [],
  peers: { other: measured({ p50Seconds: 232.4, ready: 1 }) },
  ...changes,
});
