import type { Configuration } from '../../functions/domain/configuration';
import { EmbeddedApplication } from '../embedded/embedded-application';
import { VirtualClock } from '../embedded/virtual-clock';
import { seededRandom } from '../organization/draw';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../organization/example-organization';
import { inProcessRequestHandler } from '../organization/in-process-transport';
import { awsLatencies } from '../organization/latencies';
import { Organization } from '../organization/organization';
import type { Stage } from './stage';

/** How much virtual time a pause takes. */
const PAUSE_SECONDS = 1;

/**
 * The application in this process, in virtual time: AWS takes as long as it does, nobody waits for it. Needs Node alone.
 *
 * @param seed decides every random choice: the same seed, the same story
 */
export function embeddedStage(configuration: Configuration, seed: number): Stage {
  const plays: { application?: EmbeddedApplication } = {};
  const clock = new VirtualClock(new Date(), () => plays.application?.busy ?? false);
  const organization = new Organization({
    seed: exampleOrganization(),
    clock: { now: () => Date.now() },
    latencies: awsLatencies,
    random: seededRandom(seed),
  });
  const application = new EmbeddedApplication({ organization, configuration, externalId: EXAMPLE_EXTERNAL_ID });
  plays.application = application;
  return {
    organization,
    access: { requestHandler: inProcessRequestHandler(organization) },
    sendEvent: (desiredState) => {
      application.sendEvent(desiredState);
      return Promise.resolve();
    },
    callApi: (call) => application.callApi(call),
    outcomes: () => Promise.resolve(application.outcomes),
    deadLetters: () => Promise.resolve(application.unreadableEvents),
    pause: () => clock.pass(PAUSE_SECONDS),
    now: () => new Date(),
    stop: () => {
      clock.uninstall();
      return Promise.resolve();
    },
  };
}
