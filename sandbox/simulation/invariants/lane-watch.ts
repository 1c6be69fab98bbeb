import * as z from 'zod';

import type { ItemWrite } from '../../../functions/ports/ledger-store';
import type { Violations } from '../violations';

const LaneSchema = z.object({ slots: z.array(z.object({ tenantUuid: z.string() })), unlimited: z.boolean() });

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

/** So long nobody may come in or go out while somebody waits: far longer than operations take, and leases of holders that have died. */
const mostStillSeconds = (lane: string): number => (lane === 'account-creation' ? 2 * HOUR : 8 * HOUR);

/** A lane as far as it is known. */
interface Lane {
  readonly waiting: Set<string>;
  inside: number;
  /** When somebody came in or went out, or began to wait where nobody had. */
  movedAt: number;
}

/** No lane lets in more than it has room for, and whoever waits comes in; at rest nobody waits in one, and nobody is inside. */
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
      else this.#lookAtWaiter(this.#lane(name), key.sort, data);
    }
    for (const [name, lane] of this.#lanes) this.#lookWhetherItMoves(name, lane);
  }

  atRest(): void {
    for (const [name, { waiting, inside }] of this.#lanes) {
      for (const waiter of waiting) this.#forgotten(`${name} ${waiter} still waits.`);
      if (inside > 0) this.#forgotten(`${name} has ${inside} inside.`);
    }
  }

  #lane(name: string): Lane {
    const lane = this.#lanes.get(name) ?? { waiting: new Set(), inside: 0, movedAt: this.#secondsPassed() };
    this.#lanes.set(name, lane);
    return lane;
  }

  #lookAtWaiter(lane: Lane, place: string, data: object | null): void {
    if (lane.waiting.size === 0 || data === null) lane.movedAt = this.#secondsPassed();
    if (data === null) lane.waiting.delete(place);
    else lane.waiting.add(place);
  }

  #lookAt(name: string, data: object | null): void {
    const { slots, unlimited } = LaneSchema.parse(data ?? { slots: [], unlimited: false });
    const lane = this.#lane(name);
    if (lane.inside !== slots.length) lane.movedAt = this.#secondsPassed();
    lane.inside = slots.length;
    if (unlimited || slots.length <= capacityOf(name)) return;
    this.#violations.add('a lane holds as many as it has room for', `${name} holds ${slots.length}.`);
  }

  #lookWhetherItMoves(name: string, { waiting, movedAt }: Lane): void {
    if (waiting.size === 0 || this.#secondsPassed() - movedAt <= mostStillSeconds(name)) return;
    const [first = ''] = waiting;
    this.#violations.add('whoever waits comes in', `${name}: nobody has come in or gone out while ${first} waits.`);
  }

  #forgotten(seen: string): void {
    this.#violations.add('nobody is forgotten in a lane', seen);
  }
}
