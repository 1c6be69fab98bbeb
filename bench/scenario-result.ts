import type { Configuration } from '../functions/domain/configuration/configuration';
import { durationsOf } from './durations';
import { type EstimateError, estimateErrors } from './estimate-errors';
import { type FlowMeasures, measuresOf, type SeedFlow, seedFlowOf } from './flow-measures';
import { floorOf } from './floor';
import { observeOurs } from './ours';
import { PEERS } from './peers/all-peers';
import { observePeer } from './peers/observe-peer';
import { percentile, rounded } from './percentile';
import { type Scenario, type StackSetSetting } from './scenario';

/** The published figures of a scenario: ours and the peers, beside what AWS allows, over all of its seeds. */
export interface ScenarioResult {
  readonly name: string;
  readonly requests: number;
  readonly controlTower: boolean;
  readonly organizationSize: number;
  readonly throttledShare: number;
  readonly stackSet: StackSetSetting;
  readonly stretch: number;
  /** Those that were run. */
  readonly seeds: readonly number[];
  /** Half of the requests could be ready by then, in our order and with the stack set as it is configured. */
  readonly floorSeconds: number;
  readonly floorP95Seconds: number;
  /** The same in the best order that AWS allows. */
  readonly awsFloorSeconds: number;
  readonly awsFloorP95Seconds: number;
  /** The same in the reading that a stack set works on nothing else while an operation runs. */
  readonly awsFloorQueuedSeconds: number;
  readonly ours: FlowMeasures;
  /** The estimates of the status API for ours, compared with the real times; for the first seed. */
  readonly estimates: readonly EstimateError[];
  readonly peers: Readonly<Record<string, FlowMeasures>>;
}

/** What one run of a scenario has shown. */
export interface SeedResult {
  readonly scenario: string;
  readonly seed: number;
  readonly floor: readonly number[];
  readonly awsFloor: readonly number[];
  readonly awsFloorQueued: readonly number[];
  readonly ours: SeedFlow;
  /** Null where it was not asked. */
  readonly estimates: readonly EstimateError[] | null;
  readonly peers: Readonly<Record<string, SeedFlow>>;
}

/** @param isAsked whether the status API is asked for estimates on the way, after twenty earlier vendings */
export async function seedResultOf(
  scenario: Scenario,
  seed: number,
  configuration: Configuration,
  isAsked: boolean,
): Promise<SeedResult> {
  const floorBy = (kind: Parameters<typeof floorOf>[2]): readonly number[] =>
    floorOf(scenario, durationsOf(seed, scenario.stretch), kind);
  const floor = floorBy('configuration');
  const peers: Record<string, SeedFlow> = {};
  for (const peer of PEERS) {
    peers[peer.name] = seedFlowOf(await observePeer(peer, scenario, seed, configuration), scenario);
  }
  const ours = await observeOurs(scenario, seed, configuration, isAsked ? floor : undefined);
  return {
    scenario: scenario.name,
    seed,
    floor,
    awsFloor: floorBy('aws'),
    awsFloorQueued: floorBy('aws-queued'),
    ours: seedFlowOf(ours, scenario),
    estimates: isAsked ? estimateErrors(ours.asked, ours.ready) : null,
    peers,
  };
}

/** All seeds of a scenario together. */
export function resultOf(scenario: Scenario, runs: readonly SeedResult[]): ScenarioResult {
  const ordered = runs.toSorted((one, other) => one.seed - other.seed);
  const floorAt = (kind: 'floor' | 'awsFloor' | 'awsFloorQueued', percent: number): number =>
    rounded(
      percentile(
        ordered.flatMap((run) => run[kind]),
        percent,
      ) ?? 0,
    );
  const floors = { floorSeconds: floorAt('floor', 50), awsFloorSeconds: floorAt('awsFloor', 50) };
  const { name, requests, controlTower, organizationSize, throttledShare, stackSet, stretch } = scenario;
  return {
    name,
    requests,
    controlTower,
    organizationSize,
    throttledShare,
    stackSet,
    stretch,
    seeds: ordered.map(({ seed }) => seed),
    floorSeconds: floors.floorSeconds,
    floorP95Seconds: floorAt('floor', 95),
    awsFloorSeconds: floors.awsFloorSeconds,
    awsFloorP95Seconds: floorAt('awsFloor', 95),
    awsFloorQueuedSeconds: floorAt('awsFloorQueued', 50),
    ours: measuresOf(
      ordered.map((run) => run.ours),
      floors,
    ),
    estimates: ordered.flatMap((run) => run.estimates ?? []),
    peers: Object.fromEntries(
      PEERS.map(({ name: peer }) => [
        peer,
        measuresOf(
          ordered.flatMap((run) => run.peers[peer] ?? []),
          floors,
        ),
      ]),
    ),
  };
}
