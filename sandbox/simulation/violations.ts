/** An invariant that did not hold. */
export interface Violation {
  readonly invariant: string;
  /** What was seen instead, with the ids to search for. */
  readonly seen: string;
  /** Virtual seconds after the beginning. */
  readonly at: number;
}

/** Collects everything that must not happen. Repeated violations are kept once. */
export class Violations {
  readonly #now: () => number;
  readonly #list: Violation[] = [];
  readonly #known = new Set<string>();

  constructor(now: () => number) {
    this.#now = now;
  }

  get all(): readonly Violation[] {
    return this.#list;
  }

  add(invariant: string, seen: string): void {
    const key = `${invariant}\n${seen}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#list.push({ invariant, seen, at: this.#now() });
  }
}
