import { type VendingDetail, VendingDetailSchema } from '../../functions/api/responses';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { LaneRecordSchema } from '../../functions/domain/queue/lane-records';
import { laneKey } from '../../functions/ledger/base/keys';
import type { OutcomeEvent } from '../../functions/ports/outcome-publisher';
import { KnownConfigurations } from '../../sandbox/runtime/embedded/known-configurations';
import { EmbeddedApplication } from '../../sandbox/runtime/embedded/embedded-application';
import type { EmbeddedOptions } from '../../sandbox/runtime/embedded/embedded-options';
import { VirtualClock } from '../../sandbox/runtime/embedded/virtual-clock';
import { exampleAuthorization } from '../../sandbox/organization/authorization/example-authorization';
import { loadPolicyTables } from '../../sandbox/organization/authorization/policy-simulation';
import { seededRandom } from '../../sandbox/organization/draw';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../sandbox/organization/example-organization';
import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import { awsLatencies, type Latencies } from '../../sandbox/organization/latencies';
import { awsLimits, type OrganizationLimits } from '../../sandbox/organization/organization-limits';
import type { OrganizationSeed, ServiceRoleSeed } from '../../sandbox/organization/organization-seed';
import { Organization } from '../../sandbox/organization/organization';
import { type Change, changed, configuration, desiredStateJson } from '../functions/domain/examples';

type OrganizationAccount = ReturnType<Organization['state']['accounts']['get']> & object;

export interface SimulationOptions {
  readonly configuration?: Configuration;
  readonly seed?: Partial<OrganizationSeed>;
  readonly latencies?: Partial<Latencies>;
  readonly limits?: Partial<OrganizationLimits>;
  readonly faults?: FaultInjector;
  /** The roles by which every call is judged: those of the configuration, unless a test has others. */
  readonly authorization?: readonly ServiceRoleSeed[];
  readonly ledger?: EmbeddedOptions['ledger'];
  readonly log?: EmbeddedOptions['log'];
  readonly definition?: EmbeddedOptions['definition'];
  readonly onEffect?: EmbeddedOptions['onEffect'];
  readonly enrollmentsPerWeek?: EmbeddedOptions['enrollmentsPerWeek'];
  readonly statusChangeDelays?: EmbeddedOptions['statusChangeDelays'];
  readonly describeLagSeconds?: EmbeddedOptions['describeLagSeconds'];
  readonly awsEventDelays?: EmbeddedOptions['awsEventDelays'];
  /** Absent: yes. Whether calls of AWS and events of executions are kept; those of a fleet do not fit in memory. */
  readonly keepsRecords?: boolean;
}

/** The landing zone of the tests: an OU without Control Tower, and nothing that other AWS services do. */
const plainLandingZone: readonly Change[] = [
  ['landingZone.awsTargetOrgUnitId', 'ou-ab12-legacy01'],
  ['landingZone.awsEnrollAccount', false],
  ['landingZone.awsLambdaArn', null],
  ['landingZone.stackSets', []],
  ['platform.awsIdentityStore', undefined],
  ['platform.selfDowngradeAccessRole', false],
];

export const plainConfiguration = (...changes: readonly Change[]): Configuration =>
  configuration(...plainLandingZone, ...changes);

export const START = new Date('2026-11-24T10:00:00.000Z');

// Once for each file of tests, before the first of them starts virtual time.
beforeAll(loadPolicyTables);

/**
 * The whole application in virtual time: the real definition, handlers and SDK clients against the in-process
 * organization.
 */
export class SimulatedVending {
  readonly organization: Organization;
  readonly application: EmbeddedApplication;
  readonly #clock: VirtualClock;
  readonly #known: KnownConfigurations;

  constructor(options: SimulationOptions = {}) {
    const { configuration = plainConfiguration() } = options;
    const { authorization = exampleAuthorization(configuration), keepsRecords = true } = options;
    this.#clock = new VirtualClock(START, () => this.application.busy, seededRandom(3));
    this.organization = new Organization({
      seed: { ...exampleOrganization(), ...options.seed },
      clock: { now: () => Date.now() },
      latencies: { ...awsLatencies, ...options.latencies },
      limits: { ...awsLimits, ...options.limits },
      random: seededRandom(7),
      authorization,
      keepsCalls: keepsRecords,
      ...(options.faults === undefined ? {} : { faults: options.faults }),
    });
    this.#known = new KnownConfigurations(configuration);
    this.application = new EmbeddedApplication({
      organization: this.organization,
      configuration,
      configurationAt: this.#known.at,
      externalId: EXAMPLE_EXTERNAL_ID,
      keepsHistory: keepsRecords,
      ...(options.ledger === undefined ? {} : { ledger: options.ledger }),
      ...(options.log === undefined ? {} : { log: options.log }),
      ...(options.definition === undefined ? {} : { definition: options.definition }),
      ...(options.onEffect === undefined ? {} : { onEffect: options.onEffect }),
      ...(options.statusChangeDelays === undefined ? {} : { statusChangeDelays: options.statusChangeDelays }),
      enrollmentsPerWeek: options.enrollmentsPerWeek,
      describeLagSeconds: options.describeLagSeconds,
      awsEventDelays: options.awsEventDelays,
    });
  }

  stop(): void {
    this.#clock.uninstall();
  }

  /** Has functions find a configuration that a deployment has brought; it is not released by that. */
  deploy(configuration: Configuration): string {
    return this.#known.deploy(configuration);
  }

  /** As at the end of a rollout: what is planned from now on goes by this configuration. */
  async release(configuration: Configuration): Promise<void> {
    await this.#known.release(this.application.ledger, configuration);
  }

  /** Puts the example's desired state on the bus, with changes. */
  sendEvent(...changes: readonly Change[]): void {
    this.application.sendEvent(changed(desiredStateJson, ...changes));
  }

  /** Sends it through the API. */
  post(...changes: readonly Change[]): ReturnType<EmbeddedApplication['callApi']> {
    return this.application.callApi({
      method: 'POST',
      path: '/vendings',
      body: changed(desiredStateJson, ...changes),
    });
  }

  replay(): ReturnType<EmbeddedApplication['callApi']> {
    const path = `/vendings/${desiredStateJson.tenant.metadata.uuid}/replay`;
    return this.application.callApi({ method: 'POST', path });
  }

  async detail(tenantUuid = desiredStateJson.tenant.metadata.uuid): Promise<VendingDetail> {
    const { body } = await this.application.callApi({ method: 'GET', path: `/vendings/${tenantUuid}` });
    return VendingDetailSchema.parse(body);
  }

  /** Lets everything happen that is going to happen. */
  settle(): Promise<void> {
    return this.#clock.runUntil(() => false);
  }

  /** Lets time pass until this is so. */
  until(isSo: () => boolean): Promise<void> {
    return this.#clock.runUntil(isSo);
  }

  /** Lets this much time pass, and not a moment more. */
  pass(seconds: number): Promise<void> {
    return this.#clock.pass(seconds);
  }

  get outcomes(): readonly OutcomeEvent[] {
    return this.application.outcomes;
  }

  /** How long the newest execution took: a look at its run comes later, when nothing is left to do. */
  get secondsPassed(): number {
    const { stoppedAt } = this.application.workflow.executions.at(-1)?.description ?? {};
    return ((stoppedAt?.getTime() ?? Date.now()) - START.getTime()) / 1000;
  }

  /** The accounts that were made since the beginning. */
  get madeAccounts(): readonly OrganizationAccount[] {
    return [...this.organization.state.accounts.values()].filter(({ joinedMethod }) => joinedMethod === 'CREATED');
  }

  /** Calls of an operation as the organization saw them, by their outcome. */
  outcomesOf(operation: string): readonly string[] {
    return this.organization.calls.filter((call) => call.operation === operation).map(({ outcome }) => outcome);
  }

  /** Tenants that have a place in a lane. */
  async inside(lane = 'account-creation'): Promise<readonly string[]> {
    const [item] = await this.application.ledger.read([laneKey(lane)]);
    return item === undefined ? [] : LaneRecordSchema.parse(item.data).slots.map(({ tenantUuid }) => tenantUuid);
  }

  /** States of the newest execution that were retried, once for each time. */
  get retries(): readonly string[] {
    const events = this.application.workflow.executions.at(-1)?.history ?? [];
    return events.flatMap((event) => (event.type === 'StateRetried' && 'state' in event ? [event.state.name] : []));
  }
}
