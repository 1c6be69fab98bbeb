import { BULK_SECONDS, CALLS, MAX_POLLS, RATIO } from './promises';
import type { ScenarioResult } from './scenario-result';

/** A promise about one scenario or one function's bundle, and whether it was kept. */
export interface TargetVerdict {
  readonly target: string;
  /** Or the function. */
  readonly scenario: string;
  readonly wanted: string;
  readonly found: string;
  readonly met: boolean;
}

interface Target {
  readonly name: string;
  readonly appliesTo: (result: ScenarioResult) => boolean;
  readonly wanted: (result: ScenarioResult) => number;
  readonly found: (result: ScenarioResult) => number;
}

const isOne = ({ requests, stretch }: ScenarioResult): boolean => requests === 1 && stretch === 1;
/** Where events end waits, fewer calls find nothing. */
const isPolled = ({ name }: ScenarioResult): boolean => !name.endsWith('-events');
const isUnhindered = ({ throttledShare }: ScenarioResult): boolean => throttledShare === 0;
const always = (): boolean => true;

const SLOT_IDLE = 0.03;
const BASE_TRANSITIONS = 80;
const TRANSITIONS_OF_POLL = 3;
const FASTER = 1.05;

const TARGETS: readonly Target[] = [
  {
    name: "time to ready, times AWS's own floor",
    appliesTo: isOne,
    wanted: ({ controlTower }) => (controlTower ? RATIO.controlTower : RATIO.plain),
    found: ({ ours }) => ours.ratioToAwsFloor ?? Infinity,
  },
  {
    name: 'p50 in seconds',
    appliesTo: ({ name }) => name in BULK_SECONDS,
    wanted: ({ name }) => BULK_SECONDS[name] ?? Infinity,
    found: ({ ours }) => ours.p50Seconds ?? Infinity,
  },
  {
    name: 'ends noticed later than allowed',
    // A poll that AWS throttles is repeated some seconds later.
    appliesTo: isUnhindered,
    wanted: () => 0,
    found: ({ ours }) => Object.values(ours.detectionLag).reduce((sum, { late }) => sum + late, 0),
  },
  {
    name: 'slot idle share, all lanes together',
    appliesTo: (result) => result.requests === 100,
    wanted: () => SLOT_IDLE,
    found: ({ ours }) => ours.slotIdleShare ?? 0,
  },
  {
    name: 'throttles of our own making',
    appliesTo: always,
    wanted: () => 0,
    found: ({ ours }) => ours.selfMadeThrottles,
  },
  {
    name: 'API calls per vending',
    appliesTo: isUnhindered,
    wanted: ({ controlTower }) => (controlTower ? CALLS.controlTower : CALLS.plain),
    found: ({ ours }) => ours.apiCallsPerVending,
  },
  {
    name: 'polls per vending',
    appliesTo: always,
    wanted: () => MAX_POLLS,
    found: ({ ours }) => ours.pollsPerVending,
  },
  {
    name: 'transitions per vending',
    appliesTo: isUnhindered,
    wanted: ({ ours }) => BASE_TRANSITIONS + TRANSITIONS_OF_POLL * ours.pollsPerVending,
    found: ({ ours }) => ours.transitionsPerVending ?? Infinity,
  },
  {
    name: 'p50 beside the fastest peer',
    appliesTo: always,
    wanted: () => FASTER,
    found: ({ ours, peers }) => {
      const fastest = Math.min(...Object.values(peers).map(({ p50Seconds }) => p50Seconds ?? Infinity));
      return (ours.p50Seconds ?? Infinity) / fastest;
    },
  },
];

/** Every target in every scenario that it is about. */
export function verdictsOn(results: readonly ScenarioResult[]): readonly TargetVerdict[] {
  return [...results.flatMap(verdictsOnOne), ...constantCalls(results)];
}

function verdictsOnOne(result: ScenarioResult): readonly TargetVerdict[] {
  return TARGETS.filter(({ appliesTo }) => appliesTo(result)).map((target) => {
    const [wanted, found] = [target.wanted(result), target.found(result)];
    return {
      target: target.name,
      scenario: result.name,
      wanted: `at most ${told(wanted)}`,
      found: told(found),
      met: found <= wanted,
    };
  });
}

/** The size of an organization changes no count of calls. */
function constantCalls(results: readonly ScenarioResult[]): readonly TargetVerdict[] {
  return [false, true].flatMap((controlTower) => {
    const ones = results.filter((result) => isOne(result) && isPolled(result) && result.controlTower === controlTower);
    const [first, ...others] = ones;
    return others.map(({ name, ours }) => ({
      target: 'API calls do not depend on the size of the organization',
      scenario: name,
      wanted: `${told(first?.ours.apiCallsPerVending ?? 0)}, as in ${first?.name ?? ''}`,
      found: told(ours.apiCallsPerVending),
      met: ours.apiCallsPerVending === first?.ours.apiCallsPerVending,
    }));
  });
}

const told = (value: number): string => String(Math.round(value * 1000) / 1000);
