import type { Configuration } from '../../functions/domain/configuration/configuration';
import { readTenant, readRun } from '../../functions/ledger/tenants/tenant-items';
import { estimateVending } from '../../functions/ledger/runs/estimate-vending';
import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import { EmbeddedApplication } from '../../sandbox/runtime/embedded/embedded-application';
import { VirtualClock } from '../../sandbox/runtime/embedded/virtual-clock';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../sandbox/organization/example-organization';
import { Organization } from '../../sandbox/organization/organization';
import { randomFor } from '../../sandbox/simulation/rng';
import { makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { simulatedUsers } from '../../sandbox/simulation/simulated-directory';
import { simulatedLatencies } from '../../sandbox/simulation/simulated-latencies';
import { newestOf, simulatedTenants } from '../../sandbox/simulation/simulated-tenants';
import { fewOrMany } from '../few-or-many';

const START = new Date('2026-03-02T08:00:00.000Z');
const MINUTE = 60_000;

const TENANTS = fewOrMany(20, 40);

/** One seed alone is a matter of luck: the same code misses by 14 % with one and by 80 % with another. */
const SEEDS = [3, 4, 5];

/** Between two looks. */
const LOOK_MINUTES = 1;

interface Told {
  readonly tenantUuid: string;
  readonly at: number;
  readonly readyAt: number;
  readonly earliest: number;
  readonly latest: number;
}

/** Nobody makes the groups that one landing zone waits for here, nor the unit above those of workspaces. */
function withoutWaits({ platform, landingZones }: Configuration): Configuration {
  const { 'aws-dev': enrolled, 'aws-sandbox': plain, governed, baselines } = landingZones;
  if (enrolled === undefined || plain === undefined || governed === undefined || baselines === undefined) {
    throw new Error('The simulated landing zones have other names.');
  }
  return {
    platform,
    landingZones: {
      ...landingZones,
      governed: { ...governed, awsRoleMappings: enrolled.awsRoleMappings },
      baselines: { ...baselines, awsTargetOrgUnitId: plain.awsTargetOrgUnitId },
    },
  };
}

/** Vends tenants at once, none of whose kinds has a history yet, and asks for every estimate again and again. */
async function measured(
  seedNumber: number,
): Promise<{ readonly told: readonly Told[]; readonly ends: ReadonlyMap<string, number> }> {
  const { configuration: simulated, authorization } = await makeFixture();
  const configuration = withoutWaits(simulated);
  const options = { tenants: TENANTS, seed: seedNumber, faults: new Set<never>(), rounds: 0, kill: false };
  const tenants = simulatedTenants(options, Object.keys(configuration.landingZones));
  const clock = new VirtualClock(START, () => application.busy, randomFor(seedNumber, 'jitter'));
  const example = exampleOrganization();
  const users = [...(example.identityCenter?.users ?? []), ...simulatedUsers(seedNumber, tenants)];
  const seed =
    example.identityCenter === undefined
      ? example
      : { ...example, identityCenter: { ...example.identityCenter, users } };
  const ledger = memoryLedgerStore();
  const application = new EmbeddedApplication({
    organization: new Organization({
      seed,
      authorization,
      clock: { now: () => Date.now() },
      latencies: simulatedLatencies(options.faults),
      random: randomFor(seedNumber, 'organization'),
    }),
    configuration,
    externalId: EXAMPLE_EXTERNAL_ID,
    ledger,
  });
  const told: Told[] = [];
  const ends = new Map<string, number>();
  const look = async (): Promise<void> => {
    for (const one of tenants) {
      const { uuid: tenantUuid } = one;
      const tenant = await readTenant(ledger, tenantUuid);
      const run = tenant?.lastRun == null ? undefined : await readRun(ledger, { tenantUuid, ...tenant.lastRun });
      if (tenant === undefined || run === undefined) continue;
      if (run.finishedAt !== null && run.status === 'VENDED') ends.set(tenantUuid, Date.parse(run.finishedAt));
      const estimate = await estimateVending(ledger, tenant, run, new Date());
      if (estimate === null) continue;
      const [readyAt = 0, earliest = 0, latest = 0] = [estimate.readyAt, estimate.earliest, estimate.latest].map(
        Date.parse,
      );
      told.push({ tenantUuid, at: Date.now(), readyAt, earliest, latest });
    }
  };
  try {
    for (const tenant of tenants) application.sendEvent(newestOf(tenant).desiredState);
    for (let minute = 1; ends.size < tenants.length && minute < 600; minute += LOOK_MINUTES) {
      const until = START.getTime() + minute * MINUTE;
      await clock.runUntil(() => Date.now() >= until);
      await look();
    }
  } finally {
    clock.uninstall();
  }
  return { told, ends };
}

interface Judged {
  /** What the estimate was off, as a share of the time that was left. */
  readonly error: number;
  readonly inRange: boolean;
  /** How wide the range is, as a share of the time that was estimated. */
  readonly width: number;
}

const judgedEstimates = (told: readonly Told[], ends: ReadonlyMap<string, number>): readonly Judged[] =>
  told.flatMap(({ tenantUuid, at, readyAt, earliest, latest }) => {
    const end = ends.get(tenantUuid);
    if (end === undefined || end <= at) return [];
    return [
      {
        error: Math.abs(readyAt - end) / (end - at),
        inRange: earliest <= end && end <= latest,
        width: (latest - earliest) / (readyAt - at),
      },
    ];
  });

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('estimates of accounts that are vended together', () => {
  it('miss the time that is left by less than a third, half of them, and mostly lie in their range', async () => {
    const judged: Judged[] = [];
    for (const seed of SEEDS) {
      const { told, ends } = await measured(seed);
      expect(ends.size).toBe(TENANTS);
      judged.push(...judgedEstimates(told, ends));
    }
    const share = judged.filter(({ inRange }) => inRange).length / judged.length;

    expect(judged.length).toBeGreaterThan(50);
    expect(median(judged.map(({ error }) => error))).toBeLessThan(0.34);
    expect(share).toBeGreaterThan(0.8);
    expect(median(judged.map(({ width }) => width))).toBeLessThan(1.6);
  });
});
