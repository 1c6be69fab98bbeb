import * as z from 'zod';

import type { ItemWrite } from '../../../functions/ports/ledger-store';
import type { Violations } from '../violations';

const LaneSchema = z.object({ slots: z.array(z.object({ tenantUuid: z.string() })), unlimited: z.boolean() });

/** As AWS's quotas and the example configuration have it. */
const CAPACITIES: ReadonlyMap<string, number> = new Map([
  ['account-creation', 5],
  ['account-factory', 5],
  ['reconciliation', 10],
  ['account-assignments', 15],
]);

/** A stack set takes one operation at a time. */
const capacityOf = (lane: string): number => CAPACITIES.get(lane) ?? 1;

/** No lane lets in more than it has room for; at rest nobody waits in one, and nobody is inside. */
export class LaneWatch {
  readonly #violations: Violations;
  readonly #waiting = new Set<string>();
  readonly #inside = new Map<string, number>();

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  look(writes: readonly ItemWrite[]): void {
    for (const { key, data } of writes) {
      if (!key.partition.startsWith('LANE#')) continue;
      const lane = key.partition.slice('LANE#'.length);
      if (key.sort === 'LANE') this.#lookAt(lane, data);
      else if (data === null) this.#waiting.delete(`${lane} ${key.sort}`);
      else this.#waiting.add(`${lane} ${key.sort}`);
    }
  }

  atRest(): void {
    for (const waiter of this.#waiting) this.#violations.add('nobody is forgotten in a lane', `${waiter} still waits.`);
    for (const [lane, count] of this.#inside) {
      if (count > 0) this.#violations.add('nobody is forgotten in a lane', `${lane} has ${count} inside.`);
    }
  }

  #lookAt(lane: string, data: object | null): void {
    const { slots, unlimited } = LaneSchema.parse(data ?? { slots: [], unlimited: false });
    this.#inside.set(lane, slots.length);
    if (unlimited || slots.length <= capacityOf(lane)) return;
    this.#violations.add('a lane holds as many as it has room for', `${lane} holds ${slots.length}.`);
  }
}
