import { type Chance, chanceFor } from './chance';
import type { SimulationOptions } from './simulation-options';

/** When Step Functions tells that an execution has ended: at once, late, or never. */
export class StatusEvents {
  readonly #options: SimulationOptions;
  readonly #chance: Chance;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#chance = chanceFor(options.seed, 'status-change events');
  }

  /** Seconds after the end, one for each event. */
  delays(): readonly number[] {
    const { faults } = this.#options;
    if (faults.has('lost-status-events') && this.#chance.happens(0.3)) return [];
    return [faults.has('late-status-events') && this.#chance.happens(0.5) ? this.#chance.between(1, 1800) : 0];
  }
}
