import { ACCOUNT_CREATION } from '../../../functions/domain/queue/lanes';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import { isStep } from '../../../functions/steps/each-step';
import { memoryLedgerStore } from '../../runtime/memory-ledger-store';
import { EmbeddedApplication } from '../../runtime/embedded/embedded-application';
import type { Effect } from '../../runtime/embedded/invocation';
import { VirtualClock } from '../../runtime/embedded/virtual-clock';
import { EXAMPLE_EXTERNAL_ID } from '../../organization/example-organization';
import { Organization } from '../../organization/organization';
import { randomFor } from '../../simulation/rng';
import type { SimulationFixture } from '../../simulation/simulation-fixture';
import { simulatedLatencies } from '../../simulation/simulated-latencies';
import { simulatedOrganization } from '../../simulation/simulated-organization';
import { newestOf, simulatedTenants } from '../../simulation/simulated-tenants';
import { type LedgerUnits, meteredLedger } from './metered-ledger';

const START = new Date('2026-03-02T08:00:00.000Z');

const TENANTS = 20;

/** How long AWS takes is drawn: a seed alone may be a tenth dearer or cheaper than another. */
const SEEDS = [1, 2, 3];

const optionsOf = (seed: number) => ({ tenants: TENANTS, seed, faults: new Set<never>(), rounds: 0, kill: false });

/** What is charged by the use, for each tenant. */
export interface Usage {
  readonly stateTransitions: number;
  readonly invocations: number;
  readonly ledgerReads: number;
  readonly ledgerWrites: number;
  readonly queueRequests: number;
  readonly events: number;
  /** Seconds in which functions of the workflow wait: for a look that is near, or for their turn to call AWS. */
  readonly waitedSeconds: number;
  /** Calls of AWS, its STS included, by dry runs: their function waits for one after the other. */
  readonly callsOfDryRuns: number;
  /** Seconds for which a function waits for dry runs. */
  readonly comparingSeconds: number;
}

/** AWS charges each entry of a state, and each retry once more; a retried Task calls its function again. */
const TRANSITIONS: ReadonlySet<string> = new Set(['StateEntered', 'StateRetried']);

/** A message is sent, received and deleted. */
const REQUESTS_OF_MESSAGE = 3;

export interface MeasuredUsage {
  readonly vending: Usage;
  readonly night: Usage;
}

/**
 * Vends some tenants in virtual time, runs a night in which nothing has drifted, and counts both: the mean of some
 * seeds.
 *
 * @param landingZones - of the tenants
 */
export async function measuredUsage(
  fixture: SimulationFixture,
  landingZones: readonly string[] = Object.keys(fixture.configuration.landingZones),
): Promise<MeasuredUsage> {
  const measured: MeasuredUsage[] = [];
  for (const seed of SEEDS) measured.push(await usageOfSeed(seed, fixture, landingZones));
  return { vending: mean(measured.map(({ vending }) => vending)), night: mean(measured.map(({ night }) => night)) };
}

const usageOfSeed = (
  seed: number,
  fixture: SimulationFixture,
  landingZones: readonly string[],
): Promise<MeasuredUsage> =>
  withTenants({ seed, fixture, landingZones, ledger: memoryLedgerStore() }, async (application, clock, usage) => {
    await clock.runUntil(() => false);
    const vending = usage();
    application.startNight();
    await clock.runUntil(() => false);
    assertQuiet(application);
    const night = difference(usage(), vending);
    return { vending, night: { ...night, comparingSeconds: secondsOf(application) / TENANTS } };
  });

/** Until all have come to the line. */
const ON_THEIR_WAY_SECONDS = 600;

/** What a tenant takes while it waits for an account. */
export interface Waiting {
  readonly hours: number;
  readonly usage: Usage;
}

/** From when all tenants stand in the line, for an hour and for a day. */
export const usageOfWaiting = async (fixture: SimulationFixture): Promise<readonly Waiting[]> => [
  { hours: 1, usage: await usageOfHours(fixture, 1) },
  { hours: 24, usage: await usageOfHours(fixture, 24) },
];

async function usageOfHours(fixture: SimulationFixture, hours: number): Promise<Usage> {
  const ledger = memoryLedgerStore();
  const beginsAt = START.getTime() + ON_THEIR_WAY_SECONDS * 1000;
  const endsAt = beginsAt + hours * 3_600_000;
  await holdSlots(ledger, new Date(endsAt));
  const landingZones = Object.keys(fixture.configuration.landingZones);
  return withTenants({ seed: 1, fixture, landingZones, ledger }, async (_application, clock, usage) => {
    await clock.runUntil(() => Date.now() >= beginsAt);
    const before = usage();
    await clock.runUntil(() => Date.now() >= endsAt);
    return difference(usage(), before);
  });
}

/** Takes all slots of account creations for somebody who does not come back. */
async function holdSlots(ledger: LedgerStore, until: Date): Promise<void> {
  const slots = Array.from({ length: ACCOUNT_CREATION.capacity }, (_, slot) => ({
    slot,
    tenantUuid: `stopped-${slot}`,
    run: { replicationSequence: 1, run: 1 },
    since: START.toISOString(),
    lookAt: until.toISOString(),
  }));
  const data = { slots, rate: null, unlimited: false };
  const key = { partition: `LANE#${ACCOUNT_CREATION.name}`, sort: 'LANE' };
  await ledger.commit([{ key, expectedVersion: 0, data }]);
}

type Measure<Result> = (application: EmbeddedApplication, clock: VirtualClock, usage: () => Usage) => Promise<Result>;

interface Ordered {
  readonly seed: number;
  readonly fixture: SimulationFixture;
  readonly landingZones: readonly string[];
  readonly ledger: LedgerStore;
}

/** @param measure - is told what each tenant has taken so far */
async function withTenants<Result>(
  { seed, fixture, landingZones, ledger }: Ordered,
  measure: Measure<Result>,
): Promise<Result> {
  const { configuration, authorization } = fixture;
  const options = optionsOf(seed);
  const clock = new VirtualClock(START, () => application.busy, randomFor(seed, 'jitter'));
  const tenants = simulatedTenants(options, landingZones);
  const units: LedgerUnits = { reads: 0, writes: 0 };
  const effects: Effect[] = [];
  let waited = 0;
  const application = new EmbeddedApplication({
    organization: new Organization({
      seed: simulatedOrganization(seed, tenants, fixture),
      clock: { now: () => Date.now() },
      latencies: simulatedLatencies(options.faults),
      random: randomFor(seed, 'organization'),
      authorization,
    }),
    configuration,
    externalId: EXAMPLE_EXTERNAL_ID,
    ledger: meteredLedger(ledger, units),
    keepsHistory: true,
    onWait: (name, milliseconds) => {
      // Seconds of a dry run are counted by its calls.
      if (isStep(name)) waited += milliseconds;
    },
    onEffect: (effect) => {
      if (effect.when === 'before') effects.push(effect);
      return 'go-on';
    },
  });
  try {
    for (const tenant of tenants) application.sendEvent(newestOf(tenant).desiredState);
    return await measure(application, clock, () => ({
      ...perTenant(application, units, effects),
      waitedSeconds: waited / 1000 / TENANTS,
    }));
  } finally {
    clock.uninstall();
  }
}

function combined(usages: readonly Usage[], by: (figures: readonly number[]) => number): Usage {
  const of = (field: keyof Usage): number => by(usages.map((usage) => usage[field]));
  return {
    stateTransitions: of('stateTransitions'),
    invocations: of('invocations'),
    ledgerReads: of('ledgerReads'),
    ledgerWrites: of('ledgerWrites'),
    queueRequests: of('queueRequests'),
    events: of('events'),
    waitedSeconds: of('waitedSeconds'),
    callsOfDryRuns: of('callsOfDryRuns'),
    comparingSeconds: of('comparingSeconds'),
  };
}

const difference = (after: Usage, before: Usage): Usage =>
  combined([after, before], ([one = 0, other = 0]) => one - other);

const mean = (usages: readonly Usage[]): Usage =>
  combined(usages, (figures) => figures.reduce((sum, figure) => sum + figure, 0) / figures.length);

/** The same of tenants whose accounts Control Tower governs, and of the others. */
export async function usageByEnrollment(
  fixture: SimulationFixture,
): Promise<{ readonly enrolled: MeasuredUsage; readonly others: MeasuredUsage }> {
  const zones = Object.values(fixture.configuration.landingZones);
  const measured = (enrolled: boolean): Promise<MeasuredUsage> =>
    measuredUsage(
      fixture,
      zones.filter(({ awsEnrollAccount }) => awsEnrollAccount === enrolled).map(({ name }) => name),
    );
  return { enrolled: await measured(true), others: await measured(false) };
}

function assertQuiet({ driftReports }: EmbeddedApplication): void {
  const [report] = driftReports;
  if (report?.unchanged !== TENANTS || report.reconciled + report.notBegun > 0) {
    throw new Error(`The night was not as quiet as it is priced: ${JSON.stringify(report)}`);
  }
}

/** From the beginning to the end, with the pauses between two parts. */
function secondsOf({ driftReports: [report] }: EmbeddedApplication): number {
  return report === undefined ? 0 : (Date.parse(report.endedAt) - Date.parse(report.startedAt)) / 1000;
}

function perTenant(
  { workflow }: EmbeddedApplication,
  { reads, writes }: LedgerUnits,
  effects: readonly Effect[],
): Omit<Usage, 'waitedSeconds'> {
  const events = workflow.executions.flatMap(({ history }) => history ?? []);
  const states = events.flatMap((event) => (TRANSITIONS.has(event.type) && 'state' in event ? [event.state.type] : []));
  const messages = effects.filter(({ kind }) => kind === 'queue').length;
  const dryRuns = effects.filter(({ kind }) => kind === 'function').length;
  const ofDryRuns = effects.filter(({ kind, function: name }) => kind === 'aws' && name === 'PreviewChanges');
  return {
    stateTransitions: states.length / TENANTS,
    invocations: (states.filter((type) => type === 'Task').length + messages + dryRuns) / TENANTS,
    ledgerReads: reads / TENANTS,
    ledgerWrites: writes / TENANTS,
    queueRequests: (messages * REQUESTS_OF_MESSAGE) / TENANTS,
    events: effects.filter(({ kind }) => kind === 'bus').length / TENANTS,
    callsOfDryRuns: ofDryRuns.length / TENANTS,
    comparingSeconds: 0,
  };
}
