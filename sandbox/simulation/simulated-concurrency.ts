import type { Concurrency } from '../runtime/embedded/bounded-invocations';
import { type Rng, rngFor } from './rng';
import type { SimulationOptions } from './simulation-options';

/** How long a function of ours runs: 10 to 20 calls of 20 to 150 ms (docs/benchmark.md). */
const MILLISECONDS = [400, 1300] as const;

/** How many functions may run at a time in a simulation; and how many invocations were throttled. */
export class SimulatedConcurrency implements Concurrency {
  readonly functions: number;
  readonly #rng: Rng;
  #throttled = 0;

  constructor({ concurrency = Infinity, seed }: SimulationOptions) {
    this.functions = concurrency;
    this.#rng = rngFor(seed, 'functions');
  }

  get throttled(): number {
    return this.#throttled;
  }

  seconds(): number {
    return this.#rng.between(...MILLISECONDS) / 1000;
  }

  turnedAway(): void {
    this.#throttled += 1;
  }
}
