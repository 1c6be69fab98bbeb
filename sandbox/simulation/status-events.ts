import type { EmbeddedOptions } from '../runtime/embedded/embedded-application';
import { type Chance, chanceFor } from './chance';
import type { SimulationOptions } from './simulation-options';

/** When Step Functions tells that an execution has ended: at once, late, or never; and how far behind the answers are that it gives to questions. */
export class StatusEvents {
  readonly #options: SimulationOptions;
  readonly #chance: Chance;
  readonly #lag: Chance;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#chance = chanceFor(options.seed, 'status-change events');
    this.#lag = chanceFor(options.seed, 'answers of DescribeExecution');
  }

  get habits(): Required<Pick<EmbeddedOptions, 'statusChangeDelays' | 'describeLagSeconds'>> {
    return { statusChangeDelays: () => this.#delays(), describeLagSeconds: () => this.#describeLagSeconds() };
  }

  /** Whatever else goes well or badly: AWS promises no more. */
  #describeLagSeconds(): number {
    return this.#lag.happens(0.3) ? this.#lag.between(1, 5) : 0;
  }

  /** Seconds after the end, one for each event. */
  #delays(): readonly number[] {
    const { faults } = this.#options;
    if (faults.has('lost-status-events') && this.#chance.happens(0.3)) return [];
    return [faults.has('late-status-events') && this.#chance.happens(0.5) ? this.#chance.between(1, 1800) : 0];
  }
}
