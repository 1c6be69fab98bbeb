interface Entry {
  readonly at: number;
  readonly happen: (at: number) => void;
}

/**
 * What AWS will do by itself later on, each with its time (milliseconds).
 *
 * Nothing here uses timers: `settle` lets everything due happen, in order of time, before a call is answered or the
 * state is read. So a clock that jumps an hour gives the same organization as one that ticks through it, and nothing
 * keeps Node awake.
 */
export class Agenda {
  #entries: Entry[] = [];
  readonly #onPlan: ((at: number) => void) | undefined;

  /** @param onPlan is told when something is to happen */
  constructor(onPlan?: (at: number) => void) {
    this.#onPlan = onPlan;
  }

  plan(at: number, happen: (at: number) => void): void {
    this.#onPlan?.(at);
    const entry: Entry = { at, happen };
    const later = this.#entries.findIndex((other) => other.at > at);
    if (later === -1) {
      this.#entries.push(entry);
    } else {
      this.#entries.splice(later, 0, entry);
    }
  }

  /**
   * What happens may plan more; that happens in the same call if it is due too.
   *
   * @returns whether anything has happened
   */
  settle(now: number): boolean {
    const isDue = this.#entries[0] !== undefined && this.#entries[0].at <= now;
    for (let next = this.#entries[0]; next !== undefined && next.at <= now; next = this.#entries[0]) {
      this.#entries.shift();
      next.happen(next.at);
    }
    return isDue;
  }
}
