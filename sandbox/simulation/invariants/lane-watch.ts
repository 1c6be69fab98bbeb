import * as z from 'zod';

import type { ItemWrite } from '../../../functions/ports/ledger-store';
import type { Violations } from '../violations';

const LaneSchema = z.object({
  slots: z.array(z.object({ tenantUuid: z.string(), lookAt: z.string() })),
  unlimited: z.boolean(),
});

/** Somebody who has just come to wait, or has come back. */
const JoinSchema = z.object({ tenantUuid: z.string(), token: z.string(), grantedAt: z.null() });

/** As AWS's quotas and the example configuration have it. */
const CAPACITIES: ReadonlyMap<string, number> = new Map([
  ['account-creation', 5],
  ['account-closing', 3],
  ['account-factory', 5],
  ['reconciliation', 10],
  ['account-assignments', 15],
]);

/** A stack set takes one operation at a time. */
const capacityOf = (lane: string): number => CAPACITIES.get(lane) ?? 1;

const HOUR = 3600;

/**
 * So long nobody may come in or go out while somebody waits: far longer than operations take, and leases of holders
 * that have died.
 */
const mostStillSeconds = (lane: string): number => (lane === 'account-creation' ? 2 * HOUR : 8 * HOUR);

/**
 * A run that joins the queue first releases slots whose lease has expired. Its search for a lost request may take five
 * minutes, in which other leases expire.
 */
const MAX_OVERDUE_SECONDS = 10 * 60;

/**
 * So long a slot may be overdue while somebody waits: the first of a line is called within a quarter of an hour, if
 * nobody joins before that. Functions that are killed, and searches, take their time.
 */
const MAX_UNSEEN_SECONDS = HOUR;

/** An entry with a token can be called; one without a token is away, and keeps its position until it returns. */
const TokenSchema = z.object({ token: z.string() });

/** A lane as far as it is known. */
interface Lane {
  /** All entries of the queue. */
  readonly standing: Set<string>;
  /** Those of them who can be called in, and by which token. */
  readonly waiting: Map<string, string>;
  /** Since when there is always somebody. */
  waitedSince: number;
  slots: z.infer<typeof LaneSchema>['slots'];
  /** When somebody came in or went out, or began to wait where nobody had. */
  movedAt: number;
}

/**
 * No lane admits more than its slots, a slot that its holder has left is used again, and every entry of the queue gets
 * in; at rest all queues and slots are empty.
 */
export class LaneWatch {
  readonly #violations: Violations;
  readonly #secondsPassed: () => number;
  readonly #lanes = new Map<string, Lane>();

  constructor(violations: Violations, secondsPassed: () => number) {
    this.#violations = violations;
    this.#secondsPassed = secondsPassed;
  }

  look(writes: readonly ItemWrite[]): void {
    for (const { key, data } of writes) {
      if (!key.partition.startsWith('LANE#')) continue;
      const name = key.partition.slice('LANE#'.length);
      if (key.sort === 'LANE') this.#lookAt(name, data);
      else if (key.sort !== 'LINE') {
        this.#lookWhetherSlotsAreLookedAt(name, key.sort, data);
        this.#lookAtWaiter(this.#lane(name), key.sort, data);
      }
    }
    for (const [name, lane] of this.#lanes) {
      this.#lookWhetherItMoves(name, lane);
      this.#lookWhetherAnybodyLooks(name, lane);
    }
  }

  atRest(): void {
    for (const [name, { standing, slots }] of this.#lanes) {
      for (const waiter of standing) this.#forgotten(`${name} ${waiter} still waits.`);
      if (slots.length > 0) this.#forgotten(`${name} has ${slots.length} inside.`);
    }
  }

  #lane(name: string): Lane {
    const known = this.#lanes.get(name);
    if (known !== undefined) return known;
    const now = this.#secondsPassed();
    const lane = { standing: new Set<string>(), waiting: new Map(), waitedSince: now, slots: [], movedAt: now };
    this.#lanes.set(name, lane);
    return lane;
  }

  #lookAtWaiter(lane: Lane, place: string, data: object | null): void {
    if (lane.waiting.size === 0 || data === null) lane.movedAt = this.#secondsPassed();
    if (lane.waiting.size === 0) lane.waitedSince = this.#secondsPassed();
    if (data === null) lane.standing.delete(place);
    else lane.standing.add(place);
    const token = TokenSchema.safeParse(data).data?.token;
    if (token === undefined) lane.waiting.delete(place);
    else lane.waiting.set(place, token);
  }

  #lookAt(name: string, data: object | null): void {
    const { slots, unlimited } = LaneSchema.parse(data ?? { slots: [], unlimited: false });
    const lane = this.#lane(name);
    if (lane.slots.length !== slots.length) lane.movedAt = this.#secondsPassed();
    lane.slots = slots;
    if (unlimited || slots.length <= capacityOf(name)) return;
    this.#violations.add('a lane holds as many as it has room for', `${name} holds ${slots.length}.`);
  }

  /** Somebody who is written with the token that is known does not join; others have written that. */
  #lookWhetherSlotsAreLookedAt(name: string, place: string, waiter: object | null): void {
    const joiner = JoinSchema.safeParse(waiter).data;
    if (joiner === undefined || joiner.token === this.#lane(name).waiting.get(place)) return;
    const latest = Date.now() - MAX_OVERDUE_SECONDS * 1000;
    for (const { tenantUuid, lookAt } of this.#lane(name).slots) {
      if (Date.parse(lookAt) >= latest) continue;
      const seen = `${name}: ${joiner.tenantUuid} waits and has not looked at the slot of ${tenantUuid}, due ${lookAt}.`;
      this.#violations.add('a slot whose lease has run out is looked at', seen);
    }
  }

  #lookWhetherItMoves(name: string, { waiting, movedAt }: Lane): void {
    if (waiting.size === 0 || this.#secondsPassed() - movedAt <= mostStillSeconds(name)) return;
    const [first = ''] = waiting.keys();
    this.#violations.add('every queue entry gets in', `${name}: nobody has come in or gone out while ${first} waits.`);
  }

  #lookWhetherAnybodyLooks(name: string, { waiting, waitedSince, slots }: Lane): void {
    if (waiting.size === 0 || this.#secondsPassed() - waitedSince <= MAX_UNSEEN_SECONDS) return;
    for (const { tenantUuid, lookAt } of slots) {
      if (Date.parse(lookAt) >= Date.now() - MAX_UNSEEN_SECONDS * 1000) continue;
      const seen = `${name}: nobody of ${waiting.size} who wait has looked at the slot of ${tenantUuid}, due ${lookAt}.`;
      this.#violations.add('a slot whose lease has run out is looked at', seen);
    }
  }

  #forgotten(seen: string): void {
    this.#violations.add('nobody is forgotten in a lane', seen);
  }
}
