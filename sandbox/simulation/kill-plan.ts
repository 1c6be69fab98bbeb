import type { Effect } from '../embedded/invocation';
import { type Chance, chanceFor } from './chance';
import type { SimulationOptions } from './simulation-options';

/** How often a process dies before, or after, one thing that it does. A step does some ten of them, and is tried four times. */
const KILL_RATE = 0.004;

/** Lets processes die, and remembers which. */
export class KillPlan {
  readonly #isOn: boolean;
  readonly #chance: Chance;
  readonly #killed = new Map<string, number>();

  constructor({ seed, kill }: SimulationOptions) {
    this.#isOn = kill;
    this.#chance = chanceFor(seed, 'kills');
  }

  get kills(): number {
    return [...this.#killed.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The functions that a kill has met, each by its state or its own name. */
  get functions(): readonly string[] {
    return [...this.#killed.keys()].toSorted();
  }

  decide(effect: Effect): 'go-on' | 'kill' {
    if (!this.#isOn || !this.#chance.happens(KILL_RATE)) return 'go-on';
    this.#killed.set(effect.function, (this.#killed.get(effect.function) ?? 0) + 1);
    return 'kill';
  }
}
