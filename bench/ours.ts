import type { Configuration } from '../functions/domain/configuration';
import { memoryLedgerStore } from '../functions/ledger/memory-ledger-store';
import type { LedgerStore } from '../functions/ports/ledger-store';
import { EmbeddedApplication } from '../sandbox/embedded/embedded-application';
import { VirtualClock } from '../sandbox/embedded/virtual-clock';
import { EXAMPLE_EXTERNAL_ID } from '../sandbox/organization/example-organization';
import { randomFor } from '../sandbox/simulation/chance';
import { benchOrganization } from './bench-organization';
import { type CallCounts, type Observation, Observer } from './observation';
import { requestsOf } from './requests';
import type { Scenario } from './scenario';
import { START } from './start';

/** The deployed functions and the deployed workflow vend the requests of a scenario in virtual time. */
export async function observeOurs(
  scenario: Scenario,
  seed: number,
  configuration: Configuration,
): Promise<Observation> {
  const observer = new Observer();
  const clock = new VirtualClock(START, () => application.busy, randomFor(seed, 'jitter'));
  const application = new EmbeddedApplication({
    organization: benchOrganization(scenario, seed, observer),
    configuration,
    externalId: EXAMPLE_EXTERNAL_ID,
    ledger: countedLedger(memoryLedgerStore(), observer.calls),
    keepsHistory: true,
  });
  try {
    const requests = requestsOf(scenario);
    const ready = new Map<string, number>();
    for (const request of requests) application.sendEvent(request);
    await clock.runUntil(() => noteOutcomes(application, ready) === requests.length);
    return {
      readySeconds: requests.map(({ tenant }) => ready.get(tenant.metadata.uuid) ?? null),
      operations: observer.watch.operations,
      calls: observer.calls,
      lost: [],
      startedAt: START.getTime(),
      ...transitionsOf(application),
    };
  } finally {
    clock.uninstall();
  }
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

function transitionsOf({ workflow }: EmbeddedApplication): Pick<Observation, 'transitions' | 'polls'> {
  const entered = workflow.executions.map(({ history }) =>
    (history ?? []).flatMap((event) => (event.type === 'StateEntered' ? [event.state.name] : [])),
  );
  return {
    transitions: entered.flat().length,
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
