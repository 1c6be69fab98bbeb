import { currentInvocation, type Effect, type Invocation } from '../runtime/embedded/invocation';
import { type Rng, rngFor } from './rng';
import type { SimulationOptions } from './simulation-options';

/**
 * How often a process dies before, or after, one thing that it does. A step does some ten of them, and is tried four
 * times.
 */
const KILL_RATE = 0.004;

/**
 * A process that makes many more calls, such as a search through hundreds of accounts, is less likely to die at each:
 * otherwise none of its tries would ever end, which does not happen to real processes. So about one in three dies,
 * however long it runs.
 */
const MOMENTS_AT_FULL_RATE = 60;

/** Lets processes die, and remembers which. */
export class KillPlan {
  readonly #isOn: boolean;
  readonly #rng: Rng;
  readonly #killed = new Map<string, number>();
  /** At how many moments each process might have died so far. */
  readonly #moments = new WeakMap<Invocation, number>();

  constructor({ seed, kill }: SimulationOptions) {
    this.#isOn = kill;
    this.#rng = rngFor(seed, 'kills');
  }

  get kills(): number {
    return [...this.#killed.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The functions that a kill has met, each by its state or its own name. */
  get functions(): readonly string[] {
    return [...this.#killed.keys()].toSorted();
  }

  decide(effect: Effect): 'go-on' | 'kill' {
    if (!this.#isOn || !this.#rng.happens(this.#rateNow())) return 'go-on';
    this.#killed.set(effect.function, (this.#killed.get(effect.function) ?? 0) + 1);
    return 'kill';
  }

  #rateNow(): number {
    const process = currentInvocation();
    if (process === undefined) return KILL_RATE;
    const moment = (this.#moments.get(process) ?? 0) + 1;
    this.#moments.set(process, moment);
    return KILL_RATE * Math.min(1, MOMENTS_AT_FULL_RATE / moment) ** 2;
  }
}
