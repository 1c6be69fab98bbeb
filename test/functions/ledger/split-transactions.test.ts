import type { Acceptance } from '../../../functions/ledger/intake/accept-desired-state';
import type { RebuiltTenant } from '../../../operator/rebuild/rebuilt-tenants';
import { claimKey, groupClaim, planKey, runKey, tenantKey } from '../../../functions/ledger/base/keys';
import { memoryLedgerStore } from '../../../sandbox/runtime/memory-ledger-store';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { rebuildTenant } from '../../../operator/rebuild/rebuild-tenant';
import { keepContent, readContent } from '../../../functions/ledger/metering/usage-months';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import { account, group, NOW, plan, TENANT } from '../../fakes/vending';
import { accept, close, markForDeletion, open, referenceTo, vended } from './ledger-calls';

/* What is written in several transactions, by a process that dies between any two of them. */

class KilledError extends Error {
  override readonly name = 'KilledError';
}

function refuseOthers(error: unknown): void {
  if (!(error instanceof KilledError)) throw error;
}

/** A ledger whose process dies at its so-many-th commit from now on: before it is written, or after. */
class MortalLedger implements LedgerStore {
  readonly #store = memoryLedgerStore();
  readonly read: LedgerStore['read'] = (keys) => this.#store.read(keys);
  readonly readPartition: LedgerStore['readPartition'] = (query) => this.#store.readPartition(query);
  readonly list: LedgerStore['list'] = (query) => this.#store.list(query);
  commits = 0;
  dies: { readonly at: number; readonly when: 'before' | 'after' } | null = null;

  async commit(writes: Parameters<LedgerStore['commit']>[0]): Promise<void> {
    this.commits += 1;
    if (this.#isTime('before')) throw new KilledError();
    await this.#store.commit(writes);
    if (this.#isTime('after')) throw new KilledError();
  }

  #isTime(when: 'before' | 'after'): boolean {
    return this.dies?.at === this.commits && this.dies.when === when;
  }
}

const names = Array.from({ length: 250 }, (_, number) => `mst-${number}`);
const manyGroups = plan({ groups: names.map(group) });
const NAMES = names.map(groupClaim);

const found: RebuiltTenant = {
  tenantUuid: TENANT,
  account,
  enrollment: null,
  closure: null,
  groups: names.map((name) => ({ identityStoreId: 'd-1', name, groupId: `g-${name}` })),
};

const LONG = 'x'.repeat(900_000);

interface Case {
  /** What comes before, undisturbed. */
  readonly prepare?: (store: LedgerStore) => Promise<unknown>;
  readonly act: (store: LedgerStore) => Promise<unknown>;
  /** As many transactions as it takes at least. */
  readonly parts: number;
}

async function withManyNames(store: LedgerStore): Promise<Acceptance> {
  const acceptance = await accept(store, 17);
  await open(store, 17);
  await pinPlan(store, referenceTo(17), manyGroups);
  return acceptance;
}

const CASES: Readonly<Record<string, Case>> = {
  'a plan with more names than a transaction takes': {
    prepare: async (store) => {
      await accept(store, 17);
      await open(store, 17);
    },
    act: (store) => pinPlan(store, referenceTo(17), manyGroups),
    parts: 3,
  },
  'the end of a run that lets go of more': {
    prepare: async (store) => {
      await withManyNames(store);
      await close(store, 17, vended);
      await accept(store, 18);
      await open(store, 18);
      await pinPlan(store, referenceTo(18), plan({ groups: [] }));
    },
    act: (store) => close(store, 18, vended),
    parts: 9,
  },
  'the end of a run of a tenant that is to be deleted': {
    prepare: withManyNames,
    act: (store) => markForDeletion(store, 18),
    parts: 10,
  },
  'the deletion of a tenant that has names and no account': {
    prepare: async (store) => {
      await withManyNames(store);
      await close(store, 17, { status: 'FAILED', error: { name: 'RejectedError', message: 'No.', remedy: null } });
    },
    act: (store) => markForDeletion(store, 18),
    parts: 10,
  },
  'a tenant that is rebuilt with its groups': {
    act: (store) => rebuildTenant(store, found, { now: NOW, dryRun: false, restoredAt: null }),
    parts: 3,
  },
  'a text that is longer than an item': {
    act: (store) => keepContent(store, '2026-11', 'hash', LONG),
    parts: 3,
  },
};

/** What the ledger says of all that these cases write. */
async function contentOf(store: LedgerStore): Promise<unknown> {
  const keys = [tenantKey(TENANT), ...[17, 18].flatMap((n) => [runKey(TENANT, n, 1), planKey(TENANT, n, 1)])];
  const items = [];
  for (const key of [...keys, ...NAMES.map(claimKey), claimKey(manyGroups.account.alias)]) {
    const [item] = await store.read([key]);
    items.push(item?.data);
  }
  return { items, text: await readContent(store, '2026-11', { hash: 'hash', parts: 3 }) };
}

describe.each(Object.entries(CASES))('%s', (_, { prepare, act, parts }) => {
  async function begun(): Promise<MortalLedger> {
    const store = new MortalLedger();
    await prepare?.(store);
    store.commits = 0;
    return store;
  }

  it('is completed by the next try, wherever the process has died', async () => {
    const undisturbed = await begun();
    await act(undisturbed);
    const { commits } = undisturbed;
    expect(commits).toBeGreaterThanOrEqual(parts);
    const wanted = await contentOf(undisturbed);

    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= commits; at += 1) {
        const store = await begun();
        store.dies = { at, when };
        await expect(act(store)).rejects.toThrow(KilledError);
        store.dies = null;
        await act(store);
        expect({ when, at, content: await contentOf(store) }).toEqual({ when, at, content: wanted });
      }
    }
  });

  it('is completed although each try dies after one transaction more', async () => {
    const undisturbed = await begun();
    await act(undisturbed);
    const store = await begun();
    for (let tries = 1; tries < undisturbed.commits; tries += 1) {
      store.commits = 0;
      store.dies = { at: 1, when: 'after' };
      await act(store).catch(refuseOthers);
    }
    store.dies = null;
    await act(store);
    expect(await contentOf(store)).toEqual(await contentOf(undisturbed));
  });
});
