import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { LaneRecordSchema, WaiterRecordSchema } from '../../functions/domain/queue/lane-records';
import { ACCOUNT_CREATION } from '../../functions/domain/queue/lanes';
import { TenantRecordSchema } from '../../functions/domain/records/ledger-records';
import { laneKey, lanePartition, tenantKey, WAITERS } from '../../functions/ledger/base/keys';
import type { ItemWrite, LedgerStore } from '../../functions/ports/ledger-store';
import { projectRoot } from '../../sandbox/environment';
import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';

const run = promisify(execFile);

/** What the ledger says of a tenant, in the words of `protocol/vending.pml`. */
interface Seen {
  readonly phase: 0 | 1 | 2;
  readonly known: 0 | 1;
  readonly waiter: 0 | 1;
  readonly holds: 0 | 1 | 2;
}

/** The ledger at one moment: its three tenants. */
export type Snapshot = readonly Seen[];

const NOTHING: Seen = { phase: 0, known: 0, waiter: 0, holds: 0 };

const MODEL = path.join(projectRoot, 'protocol', 'vending.pml');

/** The slots that the model has; the rest of the lane is taken by somebody else for good. */
const SLOTS = 2;

/** The ledger's table, which remembers what its writes make of three tenants. */
export class TracedLedger {
  readonly snapshots: Snapshot[] = [];
  readonly #tenants: readonly string[];
  readonly #store = memoryLedgerStore();

  private constructor(tenants: readonly string[]) {
    this.#tenants = tenants;
    this.snapshots.push(tenants.map(() => NOTHING));
  }

  static async of(tenants: readonly string[]): Promise<TracedLedger> {
    const traced = new TracedLedger(tenants);
    const long = '2099-01-01T00:00:00.000Z';
    const slots = Array.from({ length: ACCOUNT_CREATION.capacity - SLOTS }, (_, index) => ({
      slot: ACCOUNT_CREATION.capacity - 1 - index,
      tenantUuid: `7d0c1b1e-ffff-4000-8000-${String(index).padStart(12, '0')}`,
      run: { replicationSequence: 1, run: 1 },
      since: '2026-11-24T09:00:00.000Z',
      lookAt: long,
    }));
    const data = { slots, rate: null, unlimited: false };
    await traced.#store.commit([{ key: laneKey(ACCOUNT_CREATION.name), expectedVersion: 0, data }]);
    return traced;
  }

  readonly store: LedgerStore = {
    read: (keys) => this.#store.read(keys),
    readPartition: (query) => this.#store.readPartition(query),
    list: (query) => this.#store.list(query),
    commit: async (writes) => {
      await this.#store.commit(writes);
      this.#take(writes);
    },
  };

  /** One transaction is one step, however many tenants it changes. */
  #take(writes: readonly ItemWrite[]): void {
    const before = this.snapshots.at(-1) ?? [];
    const after = this.#tenants.map((tenantUuid, index) => seenBy(writes, tenantUuid, before[index] ?? NOTHING));
    if (JSON.stringify(after) !== JSON.stringify(before)) this.snapshots.push(after);
  }
}

function seenBy(writes: readonly ItemWrite[], tenantUuid: string, before: Seen): Seen {
  const lane = lanePartition(ACCOUNT_CREATION.name);
  return writes.reduce((seen, { key, data }) => {
    if (isSame(key, tenantKey(tenantUuid))) return { ...seen, ...ofTenant(data) };
    if (key.partition === lane && key.sort.startsWith(WAITERS) && key.sort.includes(tenantUuid)) {
      const waits = data !== null && WaiterRecordSchema.parse(data).grantedAt === null;
      return { ...seen, waiter: waits ? 1 : 0 };
    }
    if (isSame(key, laneKey(ACCOUNT_CREATION.name))) checkSlot(writes, data, tenantUuid);
    return seen;
  }, before);
}

const PHASES: Readonly<Record<string, Seen['phase']>> = { intended: 1, requested: 2 };

function ofTenant(data: unknown): Omit<Seen, 'waiter'> {
  const { creation, account, turns } = TenantRecordSchema.parse(data);
  const turn = turns[ACCOUNT_CREATION.name];
  const holds = turn === undefined ? 0 : turn.used ? 2 : 1;
  return { phase: PHASES[creation?.phase ?? ''] ?? 0, known: account === null ? 0 : 1, holds };
}

/** The model has one variable for a turn, and the ledger two places: the tenant's item and the lane's. */
function checkSlot(writes: readonly ItemWrite[], lane: unknown, tenantUuid: string): void {
  const tenant = writes.find(({ key }) => isSame(key, tenantKey(tenantUuid)))?.data;
  if (tenant === undefined) return;
  const has = LaneRecordSchema.parse(lane).slots.some((slot) => slot.tenantUuid === tenantUuid);
  if (has !== ofTenant(tenant).holds > 0) throw new Error(`${tenantUuid} has a turn and no slot, or the reverse.`);
}

const isSame = (one: ItemWrite['key'], other: ItemWrite['key']): boolean =>
  one.partition === other.partition && one.sort === other.sort;

/** Whether the model can do what the ledger has seen: the number of snapshots that it follows. */
export async function followed(snapshots: readonly Snapshot[]): Promise<number> {
  let [low, high] = [0, snapshots.length];
  if (await isBehaviour(snapshots, 'done[0] && done[1] && done[2]')) return high;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await isBehaviour(snapshots.slice(0, middle), '(done[0] || !done[0])')) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * SPIN looks for a run of the model beside which the claim comes to its end: every step is one of the snapshots. What
 * the model does in one `atomic` is one step for the claim, as a transaction is for the ledger.
 */
async function isBehaviour(snapshots: readonly Snapshot[], end: string): Promise<boolean> {
  const cwd = mkdtempSync(path.join(tmpdir(), 'protocol-trace-'));
  try {
    const model = readFileSync(MODEL, 'utf8').replace(/^ltl .*$/mu, '');
    writeFileSync(path.join(cwd, 'traced.pml'), `${model}\n${claimOf(snapshots, end)}`);
    await run('spin', ['-a', '-DTRACED', 'traced.pml'], { cwd });
    await run('gcc', ['-O1', '-w', '-DCOLLAPSE', '-DSAFETY', '-DNOREDUCE', '-o', 'search', 'pan.c'], { cwd });
    const { stdout } = await run(path.join(cwd, 'search'), ['-m200000'], { cwd, maxBuffer: 1e8 });
    return stdout.includes('end state in claim reached');
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** The model may stay in a snapshot as long as it likes, go on to the next one, and do nothing else. */
function claimOf(snapshots: readonly Snapshot[], end: string): string {
  const states = snapshots.map((snapshot, index) => {
    const next = snapshots[index + 1];
    const on =
      next === undefined ? `${condition(snapshot)} && ${end} -> break` : `${condition(next)} -> goto S${index + 1}`;
    return `S${index}: do\n  :: ${condition(snapshot)}\n  :: ${on}\n  od;`;
  });
  return `never {\n${states.join('\n')}\n}\n`;
}

const condition = (snapshot: Snapshot): string =>
  snapshot
    .flatMap((seen, tenant) => Object.entries(seen).map(([name, value]) => `${name}[${tenant}] == ${value}`))
    .join(' && ');
