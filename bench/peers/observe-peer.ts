import type { Configuration } from '../../functions/domain/configuration/configuration';
import { judgeDesiredState } from '../../functions/domain/planning/judge-desired-state';
import type { VendingPlan } from '../../functions/domain/plan/plan';
import { VirtualClock } from '../../sandbox/runtime/embedded/virtual-clock';
import { randomFor } from '../../sandbox/simulation/rng';
import { benchOrganization } from '../bench-organization';
import { type Observation, Observer } from '../observation';
import { ownTimes } from '../own-times';
import { requestsOf } from '../requests';
import type { Scenario } from '../scenario';
import { START } from '../start';
import { AccountWork } from './account-work';
import type { Peer, PeerEnvironment } from './peer';
import { PeerClock, Places } from './peer-clock';
import { PeerEvents } from './peer-events';
import { PeerSessions } from './peer-session';
import { PeerVending } from './peer-vending';

/** A peer vends the requests of a scenario, in an organization like that of ours. */
export async function observePeer(
  peer: Peer,
  scenario: Scenario,
  seed: number,
  configuration: Configuration,
): Promise<Observation> {
  const observer = new Observer();
  const clock = new PeerClock();
  const time = new VirtualClock(START, () => clock.busy, randomFor(seed, 'jitter'));
  try {
    const organization = benchOrganization(scenario, seed, observer);
    const times = ownTimes(seed, peer.name);
    const sessions = new PeerSessions(organization, (answer) => clock.roundTrip(times.roundTrip(), answer));
    const coldStartSeconds = (): number =>
      Array.from({ length: peer.functions }, times.coldStart).reduce((sum, seconds) => sum + seconds, 0);
    const random = randomFor(seed, 'pauses of the peer');
    const events = new PeerEvents(organization);
    const readySeconds: (number | null)[] = [];
    const vendings = requestsOf(scenario).map((request, index) => {
      readySeconds.push(null);
      return new PeerVending({
        work: new AccountWork(sessions, planOf(request, configuration)),
        schedule: peer.schedule,
        clock,
        random,
        over: (kind, email) => events.over(kind, email),
        coldStartSeconds: coldStartSeconds(),
        onReady: () => {
          readySeconds[index] = (Date.now() - START.getTime()) / 1000;
        },
      });
    });
    let isDone = false;
    void clock
      .follow(async () => {
        const { environment, end } = environmentOf(vendings, scenario, clock, seed);
        await peer.run(environment);
        await end();
      })
      .finally(() => {
        isDone = true;
      });
    await time.runUntil(() => isDone);
    const polls = vendings.map((vending) => vending.polls);
    const transitions = vendings.reduce((sum, vending) => sum + vending.transitions, 0);
    return {
      readySeconds,
      operations: observer.watch.operations,
      calls: observer.calls,
      polls,
      coldStarts: null,
      transitions: peer.hasStates ? transitions : null,
      startedAt: START.getTime(),
    };
  } finally {
    time.uninstall();
  }
}

interface PeerRun {
  readonly environment: PeerEnvironment;
  /** Waits for what was begun and not followed. */
  readonly end: () => Promise<unknown>;
}

function environmentOf(
  vendings: readonly PeerVending[],
  { controlTower }: Scenario,
  clock: PeerClock,
  seed: number,
): PeerRun {
  const going: Promise<void>[] = [];
  // What it throws is a request that is lost.
  const lossy = (work: () => Promise<void>): Promise<void> => clock.follow(work).catch(() => undefined);
  const environment: PeerEnvironment = {
    vendings,
    controlTower,
    random: randomFor(seed, 'peer'),
    sleep: (seconds) => clock.sleep(seconds),
    places: (count) => new Places(clock, count),
    begin: (work) => {
      going.push(lossy(work));
    },
    follow: async (works) => {
      await clock.idle(Promise.all(works.map(lossy)));
    },
  };
  return { environment, end: () => clock.idle(Promise.all(going)) };
}

function planOf(request: unknown, configuration: Configuration): VendingPlan {
  const judged = judgeDesiredState(request, configuration);
  if (!judged.ok) throw new Error(`The benchmark asks for what is refused: ${JSON.stringify(judged.faults)}`);
  return judged.value.plan;
}
