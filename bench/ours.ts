import type { Configuration } from '../functions/domain/configuration/configuration';
import type { LedgerStore } from '../functions/ports/ledger-store';
import { EmbeddedApplication } from '../sandbox/runtime/embedded/embedded-application';
import { VirtualClock } from '../sandbox/runtime/embedded/virtual-clock';
import { EXAMPLE_EXTERNAL_ID } from '../sandbox/organization/example-organization';
import { randomFor } from '../sandbox/simulation/rng';
import { type AskedEstimate, askedNow, type Question, questionsOf } from './asked-estimates';
import { benchOrganization } from './bench-organization';
import { ledgerWithHistory } from './earlier-vendings';
import { type CallCounts, type Observation, Observer } from './observation';
import { requestsOf } from './requests';
import type { Scenario } from './scenario';
import { START } from './start';

/** For ours, what it publishes about itself is measured as well. */
export interface OursObservation extends Observation {
  readonly asked: readonly AskedEstimate[];
  /** The time at which each tenant was ready. */
  readonly ready: ReadonlyMap<string, number>;
  /** How many of all calls are polls of operations. */
  readonly looks: number;
}

/** @param floor when each request could be ready: parts of it are when the status API is asked */
export async function observeOurs(
  scenario: Scenario,
  seed: number,
  configuration: Configuration,
  floor: readonly number[],
): Promise<OursObservation> {
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
  const clock = new VirtualClock(START, () => application.busy, randomFor(seed, 'jitter'));
  const application = new EmbeddedApplication({
    organization: benchOrganization(scenario, seed, observer),
    configuration,
    externalId: EXAMPLE_EXTERNAL_ID,
    ledger: countedLedger(ledger, observer.calls),
    keepsHistory: true,
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
      lost: [],
      startedAt: START.getTime(),
      ...transitionsOf(application),
      ...{ asked, ready, looks: looksOf(application) },
    };
  } finally {
    clock.uninstall();
  }
}

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

/** Each entry into one of these makes one call that polls; CheckAccess calls STS. */
const LOOKING = new Set(['CheckAccount', 'CheckEnrollment', 'CheckStackInstances', 'CheckGrants']);

/** The first entry into CheckGrants finds nothing at work. */
const looksOf = (application: EmbeddedApplication): number =>
  statesOf(application).reduce(
    (sum, states) =>
      sum + states.filter((state) => LOOKING.has(state)).length - (states.includes('CheckGrants') ? 1 : 0),
    0,
  );

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

function countedLedger(store: LedgerStore, calls: CallCounts): LedgerStore {
  const counted =
    <Given, Answer>(call: (given: Given) => Promise<Answer>) =>
    (given: Given): Promise<Answer> => {
      calls.ledger += 1;
      return call(given);
    };
  return {
    read: counted((keys) => store.read(keys)),
    readPartition: counted((query) => store.readPartition(query)),
    list: counted((query) => store.list(query)),
    commit: counted((writes) => store.commit(writes)),
  };
}
