import type { Configuration } from '../functions/domain/configuration/configuration';
import { durationsOf } from './durations';
import { type EstimateError, estimateErrors } from './estimate-errors';
import { type FlowMeasures, measuresOf } from './flow-measures';
import { floorOf } from './floor';
import { pollsBound, type PollsBound } from './polls-bound';
import { observeOurs } from './ours';
import { PEERS } from './peers/all-peers';
import { observePeer } from './peers/observe-peer';
import { percentile, rounded } from './percentile';
import { promisedBy } from './promises';
import type { Scenario } from './scenario';

/** The published figures of a scenario: ours and the peers, beside what AWS allows. */
export interface ScenarioResult {
  readonly name: string;
  readonly requests: number;
  readonly controlTower: boolean;
  readonly organizationSize: number;
  readonly throttledShare: number;
  /** Half of the requests could be ready by then. */
  readonly floorSeconds: number;
  readonly floorP95Seconds: number;
  readonly ours: FlowMeasures;
  /** The estimates of the status API for ours, compared with the real times. */
  readonly estimates: readonly EstimateError[];
  /** For a single request: the bound that its durations set. */
  readonly bound: PollsBound | null;
  readonly peers: Readonly<Record<string, FlowMeasures>>;
}

export async function resultOf(
  scenario: Scenario,
  seed: number,
  configuration: Configuration,
): Promise<ScenarioResult> {
  const floor = floorOf(scenario, durationsOf(seed));
  const floorSeconds = percentile(floor, 50) ?? 0;
  const peers: Record<string, FlowMeasures> = {};
  for (const peer of PEERS) {
    peers[peer.name] = measuresOf(await observePeer(peer, scenario, seed, configuration), scenario, floorSeconds);
  }
  const ours = await observeOurs(scenario, seed, configuration, floor);
  const { name, requests, controlTower, organizationSize, throttledShare } = scenario;
  return {
    ...{ name, requests, controlTower, organizationSize, throttledShare },
    floorSeconds: rounded(floorSeconds),
    floorP95Seconds: rounded(percentile(floor, 95) ?? 0),
    ours: measuresOf(ours, scenario, floorSeconds),
    bound: requests === 1 ? pollsBound(scenario, durationsOf(seed), promisedBy(scenario, ours)) : null,
    estimates: estimateErrors(ours.asked, ours.ready),
    peers,
  };
}
