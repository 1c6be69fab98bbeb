import { memoryLedgerStore } from '../runtime/memory-ledger-store';
import { KnownConfigurations } from '../runtime/embedded/known-configurations';
import { EmbeddedApplication } from '../runtime/embedded/embedded-application';
import { VirtualClock } from '../runtime/embedded/virtual-clock';
import { EXAMPLE_EXTERNAL_ID } from '../organization/example-organization';
import { drawnLists } from '../organization/lists/list-habits';
import { Organization } from '../organization/organization';
import { awsEventDelays } from './aws-event-delays';
import { callFaults } from './call-faults';
import { randomFor } from './rng';
import type { Scenario } from './scenario';
import { TenantChanges } from './changed-tenants';
import { DeployedConfiguration, withNumbers } from './deployed-configuration';
import { Disturbances } from './disturbances';
import { type Ending, endingOf } from './invariants/ending-check';
import { convergenceCheck, finalCheck, type Found, plansByAccount } from './invariants/final-check';
import { Watches } from './invariants/watches';
import type { SimulationFixture } from './simulation-fixture';
import { KillPlan } from './kill-plan';
import { LedgerMirror } from './ledger-mirror';
import { ManualDrift } from './manual-drift';
import { Operator, operatorAwayUntil } from './operator';
import { Replicator } from './replicator';
import { SimulatedConcurrency } from './simulated-concurrency';
import { simulatedLatencies } from './simulated-latencies';
import { simulatedOrganization } from './simulated-organization';
import { repeated, type SimulatedTenant, simulatedTenants } from './simulated-tenants';
import type { SimulationOptions } from './simulation-options';
import type { SimulationReport } from './simulation-report';
import { StatusEvents } from './status-events';
import { OtherUsers } from './other-users';
import { TenantLifecycles } from './tenant-lifecycles';
import { Violations } from './violations';
import { watchedLedger } from './watched-ledger';

const START = new Date('2026-03-02T08:00:00.000Z');

/**
 * A tenant that has not ended so long after everything was sent never will. AWS's closing quota alone may keep the last
 * of a thousand tenants waiting for thirty-one days.
 */
const LONGEST_SECONDS = 45 * 24 * 3600;

const LOOK_SECONDS = 600;

const DAY_SECONDS = 24 * 3600;

/** Many tenants in one organization, in virtual time, with everything that works on them or checks them. */
export class Simulation {
  readonly options: SimulationOptions;
  readonly fixture: SimulationFixture;
  /** With all desired states that they have had. */
  tenants: readonly SimulatedTenant[];
  readonly organization: Organization;
  readonly application: EmbeddedApplication;
  readonly mirror = new LedgerMirror();
  readonly violations = new Violations(() => this.secondsPassed);
  readonly watches = new Watches(this.mirror, this.violations, this);
  readonly kills: KillPlan;
  readonly operator: Operator;
  readonly #clock: VirtualClock;
  readonly #otherUsers: OtherUsers;
  readonly #disturbances: Disturbances;
  readonly #replicator: Replicator;
  readonly #operatorAwayUntil: number;
  readonly #longestSeconds: number;
  readonly #configuration: DeployedConfiguration;
  readonly #known: KnownConfigurations;
  readonly #changes: TenantChanges;
  readonly #manualDrift: ManualDrift;
  readonly #lives: TenantLifecycles;
  readonly #concurrency: SimulatedConcurrency;
  readonly #stackTraceLimit = Error.stackTraceLimit;
  #isWorking = false;
  #nights = 0;
  #found: Found = { lost: 0, readings: [] };

  constructor(options: SimulationOptions, fixture: SimulationFixture, scenario: Scenario = {}) {
    this.options = options;
    this.#configuration = new DeployedConfiguration(options.seed, withNumbers(fixture.configuration, options));
    this.#known = new KnownConfigurations(this.#configuration);
    this.fixture = { ...fixture, configuration: this.#configuration };
    this.#changes = new TenantChanges(options.seed, fixture.configuration.landingZones);
    this.#manualDrift = new ManualDrift(options.seed);
    this.#lives = new TenantLifecycles(options.seed, options.tenants);
    this.tenants = scenario.tenants ?? simulatedTenants(options, Object.keys(fixture.configuration.landingZones));
    this.#clock = new VirtualClock(START, () => this.application.busy, randomFor(options.seed, 'jitter'));
    // The SDK and the interpreter throw errors as a matter of course; their stacks would take a tenth of the time.
    Error.stackTraceLimit = 0;
    this.kills = new KillPlan(options);
    this.#concurrency = new SimulatedConcurrency(options);
    this.organization = this.#newOrganization(scenario);
    this.#otherUsers = new OtherUsers(options, () => this.organization.state);
    this.application = this.#newApplication(scenario);
    this.#disturbances = new Disturbances(options, this.application.workflow, this.mirror);
    this.#replicator = new Replicator(options, this.application);
    this.operator = new Operator(options, this, scenario.approver?.(this));
    this.#operatorAwayUntil = scenario.operatorAwayUntil ?? operatorAwayUntil(options);
    this.#longestSeconds = scenario.longestSeconds ?? LONGEST_SECONDS;
  }

  get secondsPassed(): number {
    return Math.round((Date.now() - START.getTime()) / 1000);
  }

  /** The independent reader's final readings: every account that was made and is not closed. */
  get readings(): Found['readings'] {
    return this.#found.readings;
  }

  /**
   * Vends every tenant, then every one again without a change, and checks the result. If there are changes, each round
   * begins with them: everything is vended as it is wanted now, and again without a change. A loop without an end ends
   * the simulation, too.
   */
  async run(): Promise<void> {
    await this.#liveThrough();
    if (!this.watches.loops.isFound) this.#found = await finalCheck(this);
  }

  async #liveThrough(): Promise<void> {
    await this.#vend(this.tenants);
    for (let round = 1; round <= this.options.rounds; round += 1) {
      if (this.options.changes === true) await this.#change();
      this.watches.expectsNoWrites = true;
      this.tenants = this.tenants.map((tenant) => repeated(tenant, round));
      await this.#vend(this.tenants);
      this.watches.expectsNoWrites = false;
    }
    if (this.options.lives === true) await this.#liveOn();
  }

  /**
   * Vends every tenant, and then every one again without a change. @returns how many calls of AWS that second run takes
   * for all of them
   */
  async callsOfRepetition(): Promise<number> {
    await this.run();
    const before = this.watches.apiCalls;
    this.watches.expectsNoWrites = true;
    this.tenants = this.tenants.map((tenant) => repeated(tenant, 1));
    await this.#vend(this.tenants);
    this.watches.expectsNoWrites = false;
    return this.watches.apiCalls - before;
  }

  /** Everything is at rest: people change by hand, the operator deploys, and meshStack wants something else. */
  async #change(): Promise<void> {
    this.#manualDrift.makeChanges(this.organization.state, plansByAccount(this));
    this.#configuration.change();
    await this.#known.release(this.application.ledger, this.#configuration);
    this.tenants = this.tenants.map((tenant) => this.#changes.changed(tenant));
    await this.#vend(this.tenants);
    if (!this.watches.loops.isFound) await convergenceCheck(this);
  }

  /** Tenants go, come, and are wanted again. */
  async #liveOn(): Promise<void> {
    this.tenants = this.#lives.livedOn(this.tenants);
    await this.#vend(this.tenants);
  }

  end(): void {
    this.#clock.uninstall();
    Error.stackTraceLimit = this.#stackTraceLimit;
  }

  report(): SimulationReport {
    const ended = (as: Ending): number => this.tenants.filter((tenant) => this.#endingOf(tenant) === as).length;
    const { watches, kills } = this;
    return {
      seed: this.options.seed,
      tenants: this.tenants.length,
      vended: ended('vended'),
      failed: ended('open'),
      closed: ended('closed'),
      kills: kills.kills,
      killedStates: kills.functions.filter((name) => this.fixture.states.has(name)),
      accountsPerTenantMax: watches.accounts.accountsPerTenantMax,
      lostRequests: this.#found.lost,
      quotaBreaches: watches.quotas.breaches,
      selfMadeThrottles: watches.quotas.throttles,
      writesOnUnchangedRun: watches.unexpectedWrites,
      virtualSeconds: this.secondsPassed,
      apiCalls: watches.apiCalls,
      violations: this.violations.all,
      faults: [...this.options.faults],
      killedFunctions: kills.functions.filter((name) => !this.fixture.states.has(name)),
      replays: this.operator.replays,
      executions: this.application.workflow.executions.length,
      failedRuns: this.application.outcomes.filter(({ type }) => type.endsWith('Failed')).length,
      throttledFunctions: this.#concurrency.throttled,
      changesByHand: this.#manualDrift.changes,
    };
  }

  /** Until all is vended, and then until nothing is left that could happen. */
  async #vend(tenants: readonly SimulatedTenant[]): Promise<void> {
    if (this.watches.loops.isFound) return;
    const latest = this.secondsPassed + this.#longestSeconds;
    const isTooLate = (): boolean => this.secondsPassed > latest || this.watches.loops.isFound;
    const hasOpen = this.#lookForOpen(tenants);
    this.operator.begin();
    this.#replicator.send(tenants);
    this.#isWorking = true;
    this.#keepLooking();
    await this.#clock.runUntil(() => isTooLate() || (this.#replicator.isDone && !hasOpen()));
    this.#isWorking = false;
    await this.#clock.runUntil(isTooLate);
  }

  /**
   * Whether any tenant has not come to its end. The search begins with the one that was found last, since it runs at
   * each moment and most answers stay the same.
   */
  #lookForOpen(tenants: readonly SimulatedTenant[]): () => boolean {
    let found: SimulatedTenant | undefined;
    const isOpen = (tenant: SimulatedTenant): boolean => this.#endingOf(tenant) === 'open';
    return () => {
      if (found === undefined || !isOpen(found)) found = tenants.find(isOpen);
      return found !== undefined;
    };
  }

  #endingOf(tenant: SimulatedTenant): Ending {
    return endingOf(tenant, this.mirror.tenants.get(tenant.uuid));
  }

  #keepLooking(): void {
    if (!this.watches.expectsNoWrites) this.#otherUsers.work(Date.now());
    this.#disturbances.disturb();
    if (this.secondsPassed >= this.#operatorAwayUntil) this.operator.look();
    this.#lookByNight();
    setTimeout(() => {
      if (this.#isWorking) this.#keepLooking();
    }, LOOK_SECONDS * 1000);
  }

  /**
   * A run that waits for an approval has no chain of looks: where somebody has stopped it and no event tells of that, a
   * night finds it. The nights of a simulation do no more, and vend nobody again.
   */
  #lookByNight(): void {
    const nights = Math.floor(this.secondsPassed / DAY_SECONDS);
    if (nights === this.#nights) return;
    this.#nights = nights;
    for (const { tenantUuid, status, latestSequence } of this.mirror.tenants.values()) {
      if (status === 'AWAITING_APPROVAL') {
        this.application.lookOnce({ tenantUuid, replicationSequence: latestSequence });
      }
    }
  }

  #newOrganization({
    latencies = simulatedLatencies(this.options.faults),
    keepsCalls = false,
  }: Scenario): Organization {
    return new Organization({
      seed: simulatedOrganization(this.options.seed, this.tenants, this.fixture),
      clock: { now: () => Date.now() },
      latencies,
      random: randomFor(this.options.seed, 'organization'),
      lists: drawnLists(randomFor(this.options.seed, 'lists')),
      faults: callFaults(this.options),
      authorization: this.fixture.authorization,
      keepsCalls,
      onCall: (call) => {
        this.watches.called(call, this.organization.state);
        if (this.watches.expectsNoWrites) return;
        this.#otherUsers.taintAfter(call);
        this.#otherUsers.nameAfter(call);
      },
    });
  }

  #newApplication({ onEffect = (effect) => this.kills.decide(effect), definition }: Scenario): EmbeddedApplication {
    return new EmbeddedApplication({
      organization: this.organization,
      configuration: this.fixture.configuration,
      configurationAt: this.#known.at,
      externalId: EXAMPLE_EXTERNAL_ID,
      ledger: watchedLedger(memoryLedgerStore(), (writes) => {
        this.watches.committed(writes);
      }),
      onEffect,
      executionWatch: this.watches.loops,
      definition,
      awsEventDelays: awsEventDelays(this.options),
      ...new StatusEvents(this.options).habits,
      concurrency: this.options.concurrency === undefined ? undefined : this.#concurrency,
    });
  }
}
