import type { EmbeddedOptions } from '../runtime/embedded/embedded-options';
import { type Rng, rngFor } from './rng';
import type { SimulationOptions } from './simulation-options';

/** When Step Functions reports the end of an execution: at once, late, or never; and how stale its answers are. */
export class StatusEvents {
  readonly #options: SimulationOptions;
  readonly #rng: Rng;
  readonly #lag: Rng;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#rng = rngFor(options.seed, 'status-change events');
    this.#lag = rngFor(options.seed, 'answers of DescribeExecution');
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
    if (faults.has('lost-status-events') && this.#rng.happens(0.3)) return [];
    return [faults.has('late-status-events') && this.#rng.happens(0.5) ? this.#rng.between(1, 1800) : 0];
  }
}
