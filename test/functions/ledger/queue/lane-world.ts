import type { Lane } from '../../../../functions/domain/queue/lanes';
import type { ItemKey } from '../../../../functions/ports/ledger-store';
import type { LaneRecord, WaiterRecord } from '../../../../functions/domain/queue/lane-records';
import type { TenantRecord } from '../../../../functions/domain/records/ledger-records';
import { laneKey, lanePartition, tenantKey, waiterKey } from '../../../../functions/ledger/base/keys';
import { freeTurn } from '../../../../functions/ledger/queue/lane-queue';
import { type Joiner, joinLane } from '../../../../functions/ledger/queue/join-lane';
import { type LaneDeps, laneOf } from '../../../../functions/ledger/queue/lane-items';
import { expireTurns } from '../../../../functions/ledger/queue/expire-turns';
import { openRun } from '../../../../functions/ledger/runs/open-run';
import { ledgerTenantRepository } from '../../../../functions/ledger/tenants/tenant-repository';
import { replace, snapshotsOf } from '../../../../functions/ledger/base/decide';
import { FakeTaskTokens } from '../../../fakes/fake-task-tokens';
import { RecordingWatch } from '../../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, creation } from '../../../fakes/vending';
import { accept, referenceTo, tenantIn } from '../ledger-calls';

export const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A lane like that of account creations, smaller. */
const lane = (changes: Partial<Lane> = {}): Lane => ({
  name: 'account-creation',
  capacity: 2,
  rate: null,
  ofRuns: false,
  leaseSeconds: 600,
  ...changes,
});

/** Tenants with a run each, numbered in the order in which their runs began, and one lane. */
export class LaneWorld {
  readonly store = new RecordingLedgerStore();
  readonly tokens = new FakeTaskTokens();
  readonly watch = new RecordingWatch();
  /** Whether the states that wait can be called back. */
  callable = true;
  seconds = 0;
  isOver = false;
  readonly lane: Lane;
  #issued = 0;

  constructor(changes: Partial<Lane> = {}) {
    this.lane = lane(changes);
  }

  get deps(): LaneDeps {
    return { ledger: this.store, tokens: this.tokens, watch: this.watch, now: () => this.now };
  }

  get now(): Date {
    return after(this.seconds);
  }

  /** Tenants 1 to `count`, whose runs have begun one after the other. */
  async begin(count: number): Promise<void> {
    for (let number = 1; number <= count; number += 1) {
      const begun = after(number / 1000 - 1);
      await accept(this.store, 1, { tenantUuid: uuidOf(number) }, begun);
      await openRun(this.store, referenceTo(1, 1, uuidOf(number)), begun);
    }
  }

  newToken(): string {
    this.#issued += 1;
    return `token-${this.#issued}`;
  }

  joiner(number: number, token: string): Joiner {
    const run = { replicationSequence: 1, run: 1 };
    return {
      tenantUuid: uuidOf(number),
      run,
      runSince: after(number / 1000 - 1).toISOString(),
      token,
      callable: this.callable,
      wanted: null,
    };
  }

  placeOf(number: number): ItemKey {
    const { runSince, tenantUuid, run } = this.joiner(number, '');
    return waiterKey(this.lane.name, runSince, tenantUuid, run);
  }

  /** Looks at a run that waits have ended, also of the first. */
  async rest(number: number): Promise<void> {
    const [item] = await snapshotsOf(this.store, [this.placeOf(number)]);
    if (item !== undefined) await this.store.commit([replace(item, { unwatched: true })]);
  }

  /** Enters the waiting state; gives the token with which it waits. */
  async join(number: number, deps = this.deps): Promise<string> {
    const token = this.newToken();
    await expireTurns(deps, this.lane, async () => Promise.resolve(this.isOver));
    await joinLane(deps, this.lane, this.joiner(number, token));
    return token;
  }

  /** AWS is asked: from now on the slot belongs to its operation. */
  async use(number: number, deps = this.deps): Promise<boolean> {
    const { creation: before } = await this.tenant(number);
    const permit = { lane: this.lane.name, onceAt: this.now.toISOString() };
    const asked = {
      before,
      after: creation({ requestId: `car-${number}`, attempt: (before?.attempt ?? 0) + 1 }),
      permit,
    };
    return ledgerTenantRepository(deps.ledger, uuidOf(number)).claim('creation', asked);
  }

  free(number: number, deps = this.deps): Promise<void> {
    return freeTurn(deps, this.lane, uuidOf(number));
  }

  tenant(number: number): Promise<TenantRecord> {
    return tenantIn(this.store, uuidOf(number));
  }

  /** Whatever else has happened to a tenant. */
  async overwrite(number: number, data: TenantRecord): Promise<void> {
    const key = tenantKey(uuidOf(number));
    const [item] = await this.store.read([key]);
    await this.store.commit([{ key, expectedVersion: item?.version ?? 0, data }]);
  }

  async item(): Promise<LaneRecord> {
    const [snapshot] = await snapshotsOf(this.store, [laneKey(this.lane.name)]);
    return laneOf(snapshot);
  }

  /** Numbers of the tenants that have a slot. */
  async inside(): Promise<readonly number[]> {
    return (await this.item()).slots.map(({ tenantUuid }) => Number(tenantUuid.slice(-12))).toSorted((a, b) => a - b);
  }

  async waiters(): Promise<readonly WaiterRecord[]> {
    const query = { partition: lanePartition(this.lane.name), prefix: 'WAITER#', limit: 10_000 };
    return (await this.store.readPartition(query)).map(({ data }) => data as WaiterRecord);
  }

  async waiting(): Promise<readonly number[]> {
    return (await this.waiters()).map(({ tenantUuid }) => Number(tenantUuid.slice(-12)));
  }
}
