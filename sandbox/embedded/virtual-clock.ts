import * as timers from 'node:timers/promises';

import FakeTimers, { type Clock } from '@sinonjs/fake-timers';

// Taken before any clock is installed: fake-timers replaces the functions of this module, too.
const { setImmediate: realTurn } = timers;

/** Whether work is going on that does not wait for time: the clock must stand still until it is done. */
export type Busy = () => boolean;

/**
 * Virtual time for everything in this process that uses timers or dates: an hour of waiting takes as long as the work in it. The event loop
 * itself stays real.
 */
export class VirtualClock {
  readonly #clock: Clock;
  readonly #busy: Busy;

  constructor(start: Date, busy: Busy) {
    this.#busy = busy;
    this.#clock = FakeTimers.install({
      now: start,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    });
  }

  /** Lets time pass, from timer to timer, until `done` says so or nothing is left that could happen. */
  async runUntil(done: () => boolean): Promise<void> {
    for (;;) {
      await this.#settle();
      if (done() || this.#clock.countTimers() === 0) return;
      // Not the clock's own asynchronous form, which waits for a real millisecond.
      this.#clock.next();
    }
  }

  /** Lets this much time pass, from timer to timer. */
  async pass(seconds: number): Promise<void> {
    let isOver = false;
    setTimeout(() => {
      isOver = true;
    }, seconds * 1000);
    await this.runUntil(() => isOver);
  }

  uninstall(): void {
    this.#clock.uninstall();
  }

  /** Gives the event loop real turns until nothing works any more: promises, streams and the interpreter's own steps. */
  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      await realTurn();
      quiet = this.#busy() ? 0 : quiet + 1;
    }
  }
}
