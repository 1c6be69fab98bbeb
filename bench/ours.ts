import type { Configuration } from '../functions/domain/configuration/configuration';
import { type LedgerStore, VersionConflictError } from '../functions/ports/ledger-store';
import type { ServiceEvent } from '../sandbox/organization/event-listener';
import { EmbeddedApplication } from '../sandbox/runtime/embedded/embedded-application';
import { currentInvocation } from '../sandbox/runtime/embedded/invocation';
import { passing } from '../sandbox/runtime/embedded/timed-invocations';
import { VirtualClock } from '../sandbox/runtime/embedded/virtual-clock';
import { EXAMPLE_EXTERNAL_ID } from '../sandbox/organization/example-organization';
import { randomFor } from '../sandbox/simulation/rng';
import { memoryLedgerStore } from '../sandbox/runtime/memory-ledger-store';
import { type AskedEstimate, askedNow, type Question, questionsOf } from './asked-estimates';
import { benchOrganization } from './bench-organization';
import { ledgerWithHistory } from './earlier-vendings';
import { type CallCounts, type Observation, Observer } from './observation';
import { type OwnTimes, ownTimes } from './own-times';
import { requestsOf } from './requests';
import type { Scenario } from './scenario';
import { START } from './start';

/** For ours, what it publishes about itself is measured as well. */
export interface OursObservation extends Observation {
  readonly asked: readonly AskedEstimate[];
  /** The time at which each tenant was ready. */
  readonly ready: ReadonlyMap<string, number>;
}

/**
 * @param floor when each request could be ready: parts of it are when the status API is asked; absent: it is not, and
 *   the installation has vended nothing before
 */
export async function observeOurs(
  scenario: Scenario,
  seed: number,
  configuration: Configuration,
  floor?: readonly number[],
): Promise<OursObservation> {
  if (floor === undefined) return vend(scenario, seed, configuration, memoryLedgerStore(), []);
  const ledger = await ledgerWithHistory(scenario, seed, configuration, (...given) => vend(...given, []));
  return vend(scenario, seed, configuration, ledger, floor);
}

/** The deployed functions and the deployed workflow vend the requests of a scenario in virtual time. */
async function vend(
  scenario: Scenario,
  seed: number,
  configuration: Configuration,
  ledger: LedgerStore,
  floor: readonly number[],
): Promise<OursObservation> {
  const observer = new Observer();
  const times = ownTimes(seed, 'ours');
  const clock = new VirtualClock(START, () => application.busy, randomFor(seed, 'jitter'));
  const application = new EmbeddedApplication({
    organization: benchOrganization(scenario, seed, observer),
    configuration,
    externalId: EXAMPLE_EXTERNAL_ID,
    ledger: countedLedger(ledger, observer.calls, times),
    keepsHistory: true,
    times,
    awsEventDelays: scenario.hasEvents === true ? eventDelays : undefined,
  });
  try {
    const requests = requestsOf(scenario);
    const tenantUuids = requests.map(({ tenant }) => tenant.metadata.uuid);
    const ready = new Map<string, number>();
    const allReady = (): boolean => noteOutcomes(application, ready) === requests.length;
    for (const request of requests) application.sendEvent(request);
    const asked = await askedMeanwhile(ledger, clock, questionsOf(tenantUuids, floor), allReady);
    await clock.runUntil(allReady);
    return {
      readySeconds: tenantUuids.map((tenantUuid) => ready.get(tenantUuid) ?? null),
      operations: observer.watch.operations,
      calls: observer.calls,
      coldStarts: times.coldStarts,
      startedAt: START.getTime(),
      ...transitionsOf(application),
      asked,
      ready,
    };
  } finally {
    clock.uninstall();
  }
}

/**
 * Seconds until an event of AWS arrives.
 *
 * @evidence assumed eventbridge/ref/event-delivery-level: AWS promises no time; some seconds, longer by CloudTrail
 */
const eventDelays = ({ source }: ServiceEvent): readonly number[] => [source === 'aws.cloudformation' ? 2 : 3];

/** Asks each question at its moment, until all is over. */
async function askedMeanwhile(
  ledger: LedgerStore,
  clock: VirtualClock,
  questions: readonly Question[],
  isOver: () => boolean,
): Promise<readonly AskedEstimate[]> {
  const answers: AskedEstimate[] = [];
  for (const question of questions) {
    const until = START.getTime() + 1000 * question.atSeconds;
    // A moment of its own, also where nothing else happens then.
    const timer = setTimeout(() => undefined, until - Date.now());
    await clock.runUntil(() => isOver() || Date.now() >= until);
    clearTimeout(timer);
    if (isOver()) break;
    answers.push(await askedNow(ledger, question));
  }
  return answers;
}

/** @returns of how many requests the outcome is known */
function noteOutcomes({ outcomes }: EmbeddedApplication, ready: Map<string, number>): number {
  for (const { type, detail } of outcomes.slice(ready.size)) {
    const failed = type === 'Account Vended' ? null : JSON.stringify(detail);
    if (failed !== null) throw new Error(`A vending of the benchmark has failed: ${failed}`);
    ready.set(detail.tenantUuid, (Date.now() - START.getTime()) / 1000);
  }
  return ready.size;
}

const statesOf = ({ workflow }: EmbeddedApplication): readonly (readonly string[])[] =>
  workflow.executions.map(({ history }) =>
    (history ?? []).flatMap((event) => (event.type === 'StateEntered' ? [event.state.name] : [])),
  );

const retriesOf = ({ workflow }: EmbeddedApplication): number =>
  workflow.executions.flatMap(({ history }) => (history ?? []).filter(({ type }) => type === 'StateRetried')).length;

function transitionsOf(application: EmbeddedApplication): Pick<Observation, 'transitions' | 'polls'> {
  const entered = statesOf(application);
  return {
    // AWS charges each entry of a state, and each retry once more.
    transitions: entered.flat().length + retriesOf(application),
    polls: entered.map((states) => states.filter((state) => state.startsWith('Check')).length),
  };
}

/** As functions see it: each call takes its time, and pauses after a conflict are those of DynamoDB's adapter. */
function countedLedger(store: LedgerStore, calls: CallCounts, times: OwnTimes): LedgerStore {
  const counted =
    <Given, Answer>(call: (given: Given) => Promise<Answer>) =>
    async (given: Given): Promise<Answer> => {
      calls.ledger += 1;
      if (currentInvocation() !== undefined) await passing(times.ledgerCall());
      return call(given);
    };
  return {
    backOff: (attempt) => passing((Math.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1))) / 1000),
    read: counted((keys) => store.read(keys)),
    readPartition: counted((query) => store.readPartition(query)),
    list: counted((query) => store.list(query)),
    commit: counted(async (writes) => {
      try {
        await store.commit(writes);
      } catch (error) {
        if (error instanceof VersionConflictError) calls.conflicts += 1;
        throw error;
      }
    }),
  };
}

const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 200;
