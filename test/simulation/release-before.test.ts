import { readFileSync } from 'node:fs';
import path from 'node:path';

import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import type { ItemKey, LedgerStore } from '../../functions/ports/ledger-store';
import type { WorkflowInput } from '../../functions/ports/workflow';
import { deployedDefinition } from '../../sandbox/runtime/embedded/local-definition';
import { EmbeddedQueue } from '../../sandbox/runtime/embedded/embedded-queue';
import { wanted } from '../fixtures/release-before/wanted';
import { type Change, configuration } from '../functions/domain/examples';
import { NewerLedger } from '../fakes/newer-ledger';
import { SimulatedVending } from './simulated-vending';

/** On a busy machine. */
interface Items {
  readonly items: readonly { readonly key: ItemKey; readonly data: object }[];
}

interface Execution {
  readonly executionArn: string;
  readonly entered: readonly { readonly state: string; readonly input: WorkflowInput }[];
}

interface Recorded {
  readonly atWork: Items & { readonly executions: Readonly<Record<'failed' | 'running', Execution>> };
  readonly atRest: Items;
  readonly messages: readonly string[];
}

const file = path.join(__dirname, '../fixtures/release-before/recorded.jsonl');
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;

async function ledgerWith({ items }: Items, store: LedgerStore = memoryLedgerStore()): Promise<LedgerStore> {
  for (const { key, data } of items) {
    const { status: label, statusChangedAt: at } = data as {
      readonly status: string;
      readonly statusChangedAt: string;
    };
    const listing = key.sort === 'TENANT' ? { listing: { label, at } } : {};
    await store.commit([{ key, expectedVersion: 0, data, ...listing }]);
  }
  return store;
}

const send = Reflect.get(EmbeddedQueue.prototype, 'send');

/** By what such messages have. */
function queueOf(body: string): string {
  const message = JSON.parse(body) as object;
  if ('detail-type' in message) return 'Intake';
  if ('detail' in message) return 'RecordFailure';
  if ('tenantUuid' in message) return 'WatchRuns';
  return 'id' in message ? 'RunPreflight' : 'ReconcileTenants';
}

const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

const of = (number: number): readonly Change[] => [
  ['tenant.metadata.uuid', uuidOf(number)],
  ['tenantPlatformNumber', number],
  ['tenant.metadata.ownedByProject', `webshop-${number}`],
  ['project.metadata.name', `webshop-${number}`],
];

describe('what the release before has left', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    jest.restoreAllMocks();
    simulation.stop();
  });

  /** The application of today over a ledger of then, some hours later. */
  const goOn = async (items: Items, startAt?: string, store?: LedgerStore): Promise<void> => {
    const ledger = await ledgerWith(items, store);
    const definition =
      startAt === undefined ? {} : { definition: { ...deployedDefinition('vend-account'), StartAt: startAt } };
    simulation = new SimulatedVending({ configuration: configuration(...wanted), ledger, ...definition });
    let isLater = false;
    setTimeout(() => (isLater = true), 6 * 3_600_000);
    await simulation.until(() => isLater);
  };

  /** Its execution begins with the input of one of the states that it has been in. */
  const start = async ({ executionArn, entered }: Execution, at: number): Promise<void> => {
    const { input } = entered.at(at) ?? {};
    if (input === undefined) throw new Error('It has been in no state.');
    await simulation.application.workflow.start(executionArn.split(':').at(-1) ?? '', input, 'vend-account');
  };

  it.each([
    { what: 'a run in its middle', name: 'running', state: 'CreateAccount', tenant: 1 },
    { what: 'a run that had failed and is redriven', name: 'failed', state: 'PlanVending', tenant: 2 },
  ] as const)('$what goes on, at its state and with its input, to a good end', async ({ name, state, tenant }) => {
    const execution = recorded.atWork.executions[name];
    const { executionArn, entered } = execution;
    expect(entered.at(-1)?.state).toBe(state);
    await goOn(recorded.atWork, state);
    const before = await simulation.detail(uuidOf(tenant));
    expect(before.status).toBe(name === 'failed' ? 'FAILED' : 'RUNNING');

    await start(execution, -1);
    await simulation.settle();

    expect(await simulation.detail(uuidOf(tenant))).toMatchObject({ status: 'VENDED', executionArn, run: 1 });
    expect(simulation.madeAccounts.map(({ name: made }) => made)).toEqual([`retail.webshop-${tenant}`]);
    expect(simulation.outcomes.map(({ type }) => type)).toEqual(['Account Vended']);
  });

  it('is replayed by the API, which begins a new run where the execution is gone', async () => {
    await goOn(recorded.atWork);
    const replay = `/vendings/${uuidOf(2)}/replay`;
    const { status } = await simulation.application.callApi({ method: 'POST', path: replay });
    expect(status).toBe(202);
    await simulation.settle();
    expect(await simulation.detail(uuidOf(2))).toMatchObject({ status: 'VENDED', run: 2 });
  });

  it('is shown, listed, reported and taken on by newer desired states, and no record of it loses a field', async () => {
    const store = new NewerLedger();
    await goOn(recorded.atRest, undefined, store);
    const { body, status } = await simulation.application.callApi({ method: 'GET', path: '/vendings' });
    expect(status).toBe(200);
    expect((body as { readonly vendings: readonly unknown[] }).vendings.length).toBeGreaterThanOrEqual(3);
    for (const [number, said] of [
      [1, 'VENDED'],
      [2, 'FAILED'],
      [3, 'CLOSED'],
    ] as const) {
      expect((await simulation.detail(uuidOf(number))).status).toBe(said);
    }
    simulation.sendEvent(...of(2), ['replicationSequence', 30]);
    simulation.application.startNight();
    await simulation.settle();
    expect(await simulation.detail(uuidOf(2))).toMatchObject({ replicationSequence: 30, run: 1 });
    expect(store.rewritten).toBeGreaterThan(10);
    expect([...store.lost]).toEqual([]);
  });

  it('is understood in every queue', async () => {
    const queues = new Map<string, EmbeddedQueue>();
    jest.spyOn(EmbeddedQueue.prototype, 'send').mockImplementation(function (this: EmbeddedQueue, body, delay) {
      queues.set(queueOf(body), this);
      send.call(this, body, delay);
    });
    await goOn(recorded.atWork);
    for (const execution of Object.values(recorded.atWork.executions)) await start(execution, 0);
    await simulation.application.workflow.stop(recorded.atWork.executions.failed.executionArn);
    await simulation.settle();
    // Each queue has had a message of this release, by which the test knows it.
    simulation.sendEvent(...of(3), ['replicationSequence', 19]);
    await simulation.application.callApi({ method: 'POST', path: '/preflight' });
    simulation.application.startNight();
    await simulation.settle();
    const received = recorded.messages.map((body) => {
      queues.get(queueOf(body))?.send(body);
      return queueOf(body);
    });
    await simulation.settle();
    expect(new Set(received)).toEqual(
      new Set(['Intake', 'WatchRuns', 'RecordFailure', 'RunPreflight', 'ReconcileTenants']),
    );
    expect(new Set(queues.keys())).toEqual(new Set(received));
    expect(simulation.application.deadLetters).toEqual([]);
  });
});
