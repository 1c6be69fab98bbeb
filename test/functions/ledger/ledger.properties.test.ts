import * as fc from 'fast-check';

import type { RunKey, RunRecord } from '../../../functions/domain/records/ledger-records';
import { ledgerTenantRepository } from '../../../functions/ledger/tenants/tenant-repository';
import type { RunEnd } from '../../../functions/ledger/runs/run-end';
import { endRun } from '../../../functions/ledger/runs/end-run';
import { openRun } from '../../../functions/ledger/runs/open-run';
import { readRun, readTenant } from '../../../functions/ledger/tenants/tenant-items';
import { startRun } from '../../../functions/ledger/runs/start-run';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { account, NOW, TENANT } from '../../fakes/vending';
import { accept, closed, failed, markForDeletion, tenantIn, vended } from './ledger-calls';

/** What happens to a tenant. A run is named by how many have been started after it. */
type Happening =
  | { readonly kind: 'accept'; readonly sequence: number; readonly content: number; readonly force: boolean }
  | { readonly kind: 'delete'; readonly sequence: number; readonly force: boolean }
  | { readonly kind: 'step' | 'end' | 'fail' | 'account'; readonly run: number };

const happenings = fc.oneof(
  fc.record({
    kind: fc.constant('accept' as const),
    sequence: fc.nat(3),
    content: fc.nat(1),
    force: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('delete' as const), sequence: fc.nat(3), force: fc.boolean() }),
  fc.record({
    kind: fc.constantFrom('step' as const, 'end' as const, 'fail' as const, 'account' as const),
    run: fc.nat(2),
  }),
);

/** The ledger with the executions around it, and a memory of what it has promised. */
class World {
  readonly store: RecordingLedgerStore;
  readonly calls: LedgerStore;
  readonly workflow = new RecordingWorkflow();
  /** In the order in which the ledger took them. */
  readonly accepted: { readonly sequence: number; readonly force: boolean; readonly isDeletion: boolean }[] = [];

  constructor(around: (store: LedgerStore) => LedgerStore = (store) => store) {
    this.store = new RecordingLedgerStore();
    this.calls = around(this.store);
  }

  async happen(happening: Happening): Promise<void> {
    if (happening.kind === 'accept') return this.#accept(happening);
    if (happening.kind === 'delete') return this.#delete(happening);
    const started = [...this.workflow.started.values()].at(-1 - happening.run);
    if (started === undefined) return;
    // As a step does: the fence first, and no end without it.
    const opened = await openRun(this.calls, started, NOW).catch(() => undefined);
    if (opened === undefined || happening.kind === 'step') return;
    if (happening.kind === 'account') return ledgerTenantRepository(this.calls, TENANT).recordAccount(account);
    await endRun(this.#edges(this.calls), started, happening.kind === 'fail' ? failed : goodEndOf(opened.run));
  }

  #edges(ledger: LedgerStore) {
    const edges = { tokens: new FakeTaskTokens(), watch: new RecordingWatch(), now: () => NOW };
    return { ledger, workflow: this.workflow, ...edges };
  }

  async #delete({ sequence, force }: Happening & { readonly kind: 'delete' }): Promise<void> {
    const acceptance = await markForDeletion(this.calls, sequence, { force }, NOW, this.workflow);
    if (acceptance.verdict === 'accepted') this.accepted.push({ sequence, force, isDeletion: true });
    if (!('tenant' in acceptance) || acceptance.tenant.activeRun === null) return;
    await startRun(this.calls, this.workflow, { tenantUuid: TENANT, ...acceptance.tenant.activeRun });
  }

  async #accept({ sequence, content, force }: Happening & { readonly kind: 'accept' }): Promise<void> {
    const acceptance = await accept(this.calls, sequence, { force, contentHash: `content ${content}` });
    if (acceptance.verdict === 'accepted') this.accepted.push({ sequence, force, isDeletion: false });
    if ('unstarted' in acceptance && acceptance.unstarted !== null) {
      await startRun(this.calls, this.workflow, { tenantUuid: TENANT, ...keyOf(acceptance.unstarted) });
    }
  }

  /** Every run that the ledger has ever begun, in that order. */
  async runs(): Promise<readonly (RunKey & { readonly status: string })[]> {
    const keys = [...new Set(this.store.writes.map(({ key }) => key.sort).filter((sort) => sort.startsWith('RUN#')))];
    const runs = keys.map(async (key) => {
      const [, sequence = '', run = ''] = key.split('#');
      const record = await readRun(this.store, {
        tenantUuid: TENANT,
        replicationSequence: Number(sequence),
        run: Number(run),
      });
      return record === undefined ? [] : [record];
    });
    return (await Promise.all(runs)).flat();
  }

  /** Lets every run that is active, and every one that waits for it, come to its end. */
  async drain(): Promise<void> {
    for (;;) {
      const active = (await readTenant(this.store, TENANT))?.activeRun;
      if (active == null) return;
      const reference = { tenantUuid: TENANT, ...active };
      const run = await readRun(this.store, reference);
      if (run === undefined) throw new Error('The active run is in the ledger.');
      await endRun(this.#edges(this.store), reference, goodEndOf(run));
    }
  }
}

const goodEndOf = ({ workflow }: RunRecord): RunEnd => (workflow === 'close-account' ? closed : vended);

const keyOf = ({ replicationSequence, run }: RunKey): RunKey => ({ replicationSequence, run });

async function expectConsistent(world: World): Promise<void> {
  if (world.accepted.length === 0) return;
  const tenant = await tenantIn(world.store);
  const runs = await world.runs();
  const atWork = runs.filter(({ status }) => status === 'ACCEPTED' || status === 'RUNNING').map(keyOf);
  expect(atWork).toEqual(tenant.activeRun === null ? [] : [tenant.activeRun]);
  // A run that is redriven comes back only while it is the newest.
  expect(tenant.activeRun ?? tenant.lastRun).toEqual(tenant.lastRun);
  expect(tenant.waitingSequence === null || tenant.activeRun !== null).toBe(true);
}

/**
 * The desired state that was taken last, is waiting or has had the newest run; none that came before it comes after it.
 */
async function expectNewestIsServed(world: World): Promise<void> {
  const last = world.accepted.at(-1);
  if (last === undefined) return;
  const tenant = await tenantIn(world.store);
  expect(tenant.latestSequence).toBe(last.sequence);
  expect(tenant.deletion?.replicationSequence).toBe(last.isDeletion ? last.sequence : undefined);
  // There is nothing to close without an account.
  const isNothingToDo = last.isDeletion && tenant.account === null && tenant.activeRun === null;
  const served = isNothingToDo ? last.sequence : (tenant.waitingSequence ?? tenant.lastRun?.replicationSequence);
  expect(served).toBe(last.sequence);
}

/** Nothing is at work any more, and the last word was a deletion or had its run. */
async function expectAllDone({ accepted, store }: World): Promise<void> {
  const last = accepted.at(-1);
  if (last === undefined) return;
  const { activeRun, lastRun, account: known } = await tenantIn(store);
  expect(activeRun).toBeNull();
  const isNothingToDo = last.isDeletion && known === null;
  expect(isNothingToDo ? last.sequence : lastRun?.replicationSequence).toBe(last.sequence);
  const run = lastRun === null ? undefined : await readRun(store, { tenantUuid: TENANT, ...lastRun });
  const workflow = last.isDeletion ? 'close-account' : 'vend-account';
  expect(isNothingToDo ? null : run?.workflow).toBe(isNothingToDo ? null : workflow);
}

async function expectEveryRunStarted(world: World): Promise<void> {
  const started = [...world.workflow.started.values()].map(keyOf);
  expect(started.toSorted(inOrder)).toEqual([...(await world.runs()).map(keyOf)].toSorted(inOrder));
}

const inOrder = (one: RunKey, other: RunKey): number =>
  one.replicationSequence - other.replicationSequence || one.run - other.run;

describe('the ledger, whatever happens to a tenant', () => {
  it('has one active run at most, serves the newest desired state, and starts every run, when one thing happens after another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happenings, { maxLength: 40, size: 'max' }), async (story) => {
        const world = new World();
        for (const happening of story) {
          const before = (await readTenant(world.store, TENANT))?.latestSequence ?? -1;
          await world.happen(happening);
          const now = (await readTenant(world.store, TENANT))?.latestSequence ?? -1;
          expect(now >= before || ('force' in happening && happening.force)).toBe(true);
          await expectConsistent(world);
          await expectNewestIsServed(world);
          await expectEveryRunStarted(world);
        }
        await world.drain();
        await expectAllDone(world);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps to that when everything happens at once, read by read and write by write in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(happenings, { maxLength: 10, size: 'max' }),
        fc.array(happenings, { minLength: 2, maxLength: 6, size: 'max' }),
        async (scheduler, before, atOnce) => {
          const world = new World((store) => interleaved(store, scheduler));
          for (const happening of before) await scheduler.waitFor(world.happen(happening));
          await scheduler.waitFor(Promise.all(atOnce.map((happening) => world.happen(happening))));
          await expectConsistent(world);
          await expectEveryRunStarted(world);
          await expectNoForcelessStepBack(world);
          await world.drain();
          await expectConsistent(world);
          const tenant = await readTenant(world.store, TENANT);
          const served = tenant?.deletion ?? tenant?.lastRun;
          expect(served?.replicationSequence ?? -1).toBe(tenant?.latestSequence ?? -1);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** Without force the newest sequence only ever rises; every accepted one was the newest at its time. */
async function expectNoForcelessStepBack({ store, accepted }: World): Promise<void> {
  const newest = store.writes.flatMap(({ key, data }) =>
    key.sort === 'TENANT' ? [(data as { readonly latestSequence: number }).latestSequence] : [],
  );
  const stepsBack = newest.filter((sequence, index) => sequence < (newest[index - 1] ?? -1));
  const forced = accepted.filter(({ force }) => force).map(({ sequence }) => sequence);
  expect(stepsBack.filter((sequence) => !forced.includes(sequence))).toEqual([]);
  expect((await readTenant(store, TENANT))?.latestSequence ?? -1).toBe(newest.at(-1) ?? -1);
}

function interleaved(store: LedgerStore, scheduler: fc.Scheduler): LedgerStore {
  return {
    read: scheduler.scheduleFunction((keys: Parameters<LedgerStore['read']>[0]) => store.read(keys)),
    commit: scheduler.scheduleFunction((writes: Parameters<LedgerStore['commit']>[0]) => store.commit(writes)),
    readPartition: (query) => store.readPartition(query),
    list: (query) => store.list(query),
  };
}
