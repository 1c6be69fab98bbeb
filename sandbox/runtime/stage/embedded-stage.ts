import { type OutcomeEvent, versioned } from '../../../functions/ports/outcome-publisher';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { Log } from '../../../functions/ports/log';
import { EmbeddedApplication } from '../embedded/embedded-application';
import { VirtualClock } from '../embedded/virtual-clock';
import { appliedAuthorization } from '../../organization/authorization/applied-authorization';
import { loadPolicyTables } from '../../organization/authorization/policy-simulation';
import { seededRandom } from '../../organization/draw';
import { withDeployedStackSets } from '../../organization/deployed-stack-sets';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../organization/example-organization';
import type { FaultInjector } from '../../organization/fault-injector';
import { inProcessRequestHandler } from '../../organization/in-process-transport';
import { awsLatencies, type Latencies } from '../../organization/latencies';
import { listsEmptyAtFirst } from '../../organization/lists/list-habits';
import { Organization } from '../../organization/organization';
import type { OrganizationSeed, ServiceRoleSeed } from '../../organization/organization-seed';
import { embeddedScim } from './embedded-scim';
import type { Stage } from './stage';

/** How much virtual time a pause takes. */
const PAUSE_SECONDS = 1;

const PATIENCE_SECONDS = 3 * 60 * 60;

export interface EmbeddedStageOptions {
  /** The organization as it stands before the first order. */
  readonly world?: OrganizationSeed;
  /** What goes wrong in the organization. */
  readonly faults?: FaultInjector;
  /** How long AWS takes, by default as long as it does. */
  readonly latencies?: Latencies;
  /**
   * The roles by which every call is judged: those that the CDK app makes for this configuration, unless a test has
   * others.
   */
  readonly authorization?: readonly ServiceRoleSeed[];
  /** Receives what the functions log. */
  readonly log?: Log;
}

/**
 * The application in this process, in virtual time: AWS takes as long as it does, nobody waits for it. Needs Node
 * alone.
 *
 * @param seed decides every random choice: the same seed, the same story
 */
export async function embeddedStage(
  configuration: Configuration,
  seed: number,
  options: EmbeddedStageOptions = {},
): Promise<Stage> {
  const { faults, latencies = awsLatencies, log } = options;
  const authorization = options.authorization ?? (await appliedAuthorization(configuration));
  await loadPolicyTables();
  const plays: { application?: EmbeddedApplication } = {};
  const clock = new VirtualClock(new Date(), () => plays.application?.busy ?? false, seededRandom(seed));
  const organization = new Organization({
    seed: options.world ?? withDeployedStackSets(exampleOrganization({ configuration }), configuration),
    clock: { now: () => Date.now() },
    latencies,
    random: seededRandom(seed),
    lists: listsEmptyAtFirst,
    ...(authorization === undefined ? {} : { authorization }),
    ...(faults === undefined ? {} : { faults }),
  });
  const scim = await embeddedScim(organization, configuration);
  const application = new EmbeddedApplication({
    organization,
    configuration: scim.configuration,
    externalId: EXAMPLE_EXTERNAL_ID,
    ...(log === undefined ? {} : { log }),
  });
  plays.application = application;
  return {
    organization,
    region: configuration.platform.region,
    access: { requestHandler: inProcessRequestHandler(organization) },
    sendEvent: (desiredState) => {
      application.sendEvent(desiredState);
      return Promise.resolve();
    },
    callApi: (call) => application.callApi(call),
    collectCosts: () => application.collectCosts(),
    outcomes: () => Promise.resolve(application.outcomes.map(asOnBus)),
    deadLetters: () => Promise.resolve(application.unreadableEvents),
    pause: () => clock.pass(PAUSE_SECONDS),
    patienceSeconds: PATIENCE_SECONDS,
    now: () => new Date(),
    stop: async () => {
      clock.uninstall();
      await scim.stop();
    },
  };
}

/** There, each says its version. */
const asOnBus = <Event extends OutcomeEvent>(event: Event): Event => ({ ...event, detail: versioned(event.detail) });
