import type { Concurrency } from '../runtime/embedded/bounded-invocations';
import { type Chance, chanceFor } from './chance';
import type { SimulationOptions } from './simulation-options';

/**
 * @evidence assumed "docs/benchmark.md": 10 to 20 calls of 20 to 150 ms are 0.4 to 1.3 s of a function (decided by: its Duration in CloudWatch)
 */
const MILLISECONDS = [400, 1300] as const;

/** How many functions may work at a time in a simulation; and how often there was no place for one. */
export class SimulatedConcurrency implements Concurrency {
  readonly functions: number;
  readonly #chance: Chance;
  #throttled = 0;

  constructor({ concurrency = Infinity, seed }: SimulationOptions) {
    this.functions = concurrency;
    this.#chance = chanceFor(seed, 'functions');
  }

  get throttled(): number {
    return this.#throttled;
  }

  seconds(): number {
    return this.#chance.between(...MILLISECONDS) / 1000;
  }

  turnedAway(): void {
    this.#throttled += 1;
  }
}
