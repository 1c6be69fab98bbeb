import type { Configuration } from '../../functions/domain/configuration';
import { memoryLedgerStore } from '../../functions/ledger/memory-ledger-store';
import { EmbeddedApplication } from '../embedded/embedded-application';
import { VirtualClock } from '../embedded/virtual-clock';
import type { Call } from '../organization/call-log';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../organization/example-organization';
import { Organization } from '../organization/organization';
import type { ServiceRoleSeed } from '../organization/organization-seed';
import { callFaults } from './call-faults';
import { randomFor } from './chance';
import { PlanSchema, type VendingPlan } from '../../functions/domain/plan';
import { checkAccounts } from './invariants/account-check';
import { AccountWatch } from './invariants/account-watch';
import { checkEndings } from './invariants/ending-check';
import { checkHistories } from './invariants/history-check';
import { checkOrganization } from './invariants/organization-check';
import { QuotaWatch } from './invariants/quota-watch';
import { StepWatch } from './invariants/step-watch';
import { isVended, LedgerMirror } from './ledger-mirror';
import { Operator } from './operator';
import { Replicator } from './replicator';
import { simulatedLatencies } from './simulated-latencies';
import { type SimulatedRequest, type SimulatedTenant, simulatedTenants } from './simulated-tenants';
import type { SimulationOptions } from './simulation-options';
import type { SimulationReport } from './simulation-report';
import { Strangers } from './strangers';
import { Violations } from './violations';
import { watchedLedger } from './watched-ledger';

const START = new Date('2026-03-02T08:00:00.000Z');

/** Whoever has not ended by then never will. */
const LONGEST_SECONDS = 21 * 24 * 3600;

const LOOK_SECONDS = 600;

/** What stays the same for every simulation of a process. */
export interface Ground {
  readonly configuration: Configuration;
  /** The roles as they are deployed: every call is judged by them. */
  readonly authorization: readonly ServiceRoleSeed[];
}

/** Many tenants in one organization, in virtual time, and everybody who looks on. */
export class Simulation {
  readonly options: SimulationOptions;
  readonly ground: Ground;
  readonly tenants: readonly SimulatedTenant[];
  readonly organization: Organization;
  readonly application: EmbeddedApplication;
  readonly mirror = new LedgerMirror();
  readonly violations = new Violations(() => this.secondsPassed);
  readonly accounts = new AccountWatch(this.violations);
  readonly quotas = new QuotaWatch(this.violations);
  readonly steps = new StepWatch(this.violations);
  readonly operator: Operator;
  readonly #clock: VirtualClock;
  readonly #strangers: Strangers;
  readonly #replicator: Replicator;
  readonly #random = Math.random;
  readonly #stackTraceLimit = Error.stackTraceLimit;
  #isWorking = true;
  apiCalls = 0;
  writesOnUnchangedRun = 0;
  #isUnchanged = false;
  #lostRequests = 0;

  constructor(options: SimulationOptions, ground: Ground) {
    this.options = options;
    this.ground = ground;
    const [first = '', ...others] = Object.keys(ground.configuration.landingZones);
    this.tenants = simulatedTenants(options.seed, options.tenants, [first, ...others]);
    this.#clock = new VirtualClock(START, () => this.application.busy);
    // The interpreter's jitter.
    Math.random = randomFor(options.seed, 'jitter');
    // The SDK and the interpreter throw errors as a matter of course; their stacks would take a tenth of the time.
    Error.stackTraceLimit = 0;
    this.organization = this.#newOrganization();
    this.#strangers = new Strangers(options, () => this.organization.state);
    this.application = new EmbeddedApplication({
      organization: this.organization,
      configuration: ground.configuration,
      externalId: EXAMPLE_EXTERNAL_ID,
      keepsHistory: true,
      ledger: watchedLedger(memoryLedgerStore(), (writes) => {
        this.mirror.note(writes);
      }),
    });
    this.#replicator = new Replicator(options, this.application);
    this.operator = new Operator(options, this);
  }

  get secondsPassed(): number {
    return Math.round((Date.now() - START.getTime()) / 1000);
  }

  /** Vends every tenant, then every one again without a change, and looks at what has become of it all. */
  async run(): Promise<void> {
    this.#replicator.send(this.tenants);
    this.#keepLooking();
    await this.#rest();
    for (let round = 1; round <= this.options.rounds; round += 1) await this.#repeat(round);
    await this.#checkAtRest();
  }

  report(): SimulationReport {
    const vended = this.tenants.filter((tenant) => this.isVended(tenant)).length;
    return {
      seed: this.options.seed,
      tenants: this.tenants.length,
      vended,
      failed: this.tenants.length - vended,
      kills: 0,
      killedStates: [],
      accountsPerTenantMax: this.accounts.accountsPerTenantMax,
      lostRequests: this.#lostRequests,
      quotaBreaches: this.quotas.breaches,
      selfMadeThrottles: this.quotas.throttles,
      writesOnUnchangedRun: this.writesOnUnchangedRun,
      virtualSeconds: this.secondsPassed,
      apiCalls: this.apiCalls,
      violations: this.violations.all,
      faults: [...this.options.faults],
      replays: this.operator.replays,
      executions: this.application.workflow.executions.length,
    };
  }

  end(): void {
    this.#clock.uninstall();
    Math.random = this.#random;
    Error.stackTraceLimit = this.#stackTraceLimit;
  }

  sequenceOf({ uuid, requests }: SimulatedTenant): number {
    const newest = Math.max(...requests.map(({ desiredState }) => desiredState.replicationSequence));
    return Math.max(newest, this.mirror.tenants.get(uuid)?.latestSequence ?? 0);
  }

  isVended(tenant: SimulatedTenant): boolean {
    return isVended(this.mirror.tenants.get(tenant.uuid), this.sequenceOf(tenant));
  }

  async #checkAtRest(): Promise<void> {
    const { mirror, violations } = this;
    this.#lostRequests = checkEndings(this.tenants, mirror, violations);
    checkAccounts(this.organization.state, mirror, violations);
    checkHistories(this.application.workflow, violations);
    const { region } = this.ground.configuration.platform;
    await checkOrganization(this.organization, region, await this.#plans(), violations);
  }

  /** What the application itself would do for the newest desired state of each tenant. */
  async #plans(): Promise<ReadonlyMap<string, VendingPlan>> {
    const plans = new Map<string, VendingPlan>();
    for (const tenant of this.tenants) {
      const { desiredState: body } = newestOf(tenant);
      const answer = await this.application.callApi({
        method: 'POST',
        path: '/vendings',
        query: { dryRun: 'true' },
        body,
      });
      plans.set(tenant.uuid, PlanSchema.parse(answer.body));
    }
    return plans;
  }

  async #repeat(round: number): Promise<void> {
    this.#isUnchanged = true;
    this.#isWorking = true;
    const again = this.tenants.map((tenant) => repeated(tenant, round));
    this.#replicator.send(again);
    this.#keepLooking();
    await this.#rest();
    this.#isUnchanged = false;
  }

  /** Until all is vended, and then until nothing is left that could happen. */
  async #rest(): Promise<void> {
    const isOver = (): boolean => this.secondsPassed > LONGEST_SECONDS;
    await this.#clock.runUntil(
      () => isOver() || (this.#replicator.isDone && this.tenants.every((one) => this.isVended(one))),
    );
    this.#isWorking = false;
    await this.#clock.runUntil(isOver);
  }

  #keepLooking(): void {
    this.#strangers.work(Date.now());
    this.operator.look();
    setTimeout(() => {
      if (this.#isWorking) this.#keepLooking();
    }, LOOK_SECONDS * 1000);
  }

  #newOrganization(): Organization {
    return new Organization({
      seed: exampleOrganization(),
      clock: { now: () => Date.now() },
      latencies: simulatedLatencies(this.options.faults),
      random: randomFor(this.options.seed, 'organization'),
      faults: callFaults(this.options),
      authorization: this.ground.authorization,
      onCall: (call) => {
        this.#see(call);
      },
    });
  }

  #see(call: Call): void {
    if (call.callerFunction === null) return;
    const { state } = this.organization;
    this.apiCalls += 1;
    this.accounts.look(state);
    this.quotas.look(call, state);
    this.steps.look(call, null);
    this.#strangers.taintAfter(call);
    if (this.#isUnchanged && call.write && call.service !== 'lambda') this.#wroteUnchanged(call);
  }

  #wroteUnchanged({ callerFunction, operation }: Call): void {
    this.writesOnUnchangedRun += 1;
    this.violations.add('a repeated vending writes nothing', `${callerFunction ?? ''}: ${operation}.`);
  }
}

/** The newest desired state once more, under a higher number. */
function repeated(tenant: SimulatedTenant, round: number): SimulatedTenant {
  const newest = newestOf(tenant);
  const replicationSequence = newest.desiredState.replicationSequence + 100 * round;
  return { ...tenant, requests: [{ ...newest, at: 0, desiredState: { ...newest.desiredState, replicationSequence } }] };
}

const newestOf = ({ requests }: SimulatedTenant): SimulatedRequest =>
  requests.reduce((one, other) =>
    other.desiredState.replicationSequence > one.desiredState.replicationSequence ? other : one,
  );
