/** Sleeping and waiting in virtual time: the clock stands still while anybody is awake. */
export class PeerClock {
  #awake = 0;

  get busy(): boolean {
    return this.#awake > 0;
  }

  /** Sets something going that sleeps and waits by this clock. */
  async follow(work: () => Promise<void>): Promise<void> {
    this.#awake += 1;
    try {
      await work();
    } finally {
      this.#awake -= 1;
    }
  }

  /**
   * A call on its way: time passes for it, and for all who wait for the same answer. Nobody is awake but for the moment
   * in which AWS answers.
   */
  async roundTrip<Answer>(seconds: number, answer: () => Promise<Answer>): Promise<Answer> {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    this.#awake += 1;
    try {
      return await answer();
    } finally {
      this.#awake -= 1;
    }
  }

  sleep(seconds: number): Promise<void> {
    return this.idle(new Promise((resolve) => setTimeout(resolve, seconds * 1000)));
  }

  /** Waits for somebody else. */
  async idle<Answer>(answer: Promise<Answer>): Promise<Answer> {
    this.#awake -= 1;
    try {
      return await answer;
    } finally {
      this.#awake += 1;
    }
  }
}

/** So many at once, first come, first served. */
export class Places {
  readonly #clock: PeerClock;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(clock: PeerClock, places: number) {
    this.#clock = clock;
    this.#free = places;
  }

  async hold(work: () => Promise<void>): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#clock.idle(new Promise<void>((resolve) => this.#waiting.push(resolve)));
    try {
      await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
