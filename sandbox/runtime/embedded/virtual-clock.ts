import { AsyncLocalStorage } from 'node:async_hooks';
import * as timers from 'node:timers/promises';

import FakeTimers, { type Clock } from '@sinonjs/fake-timers';

import { currentInvocation } from './invocation';
import { afterSeconds } from './long-timer';

// Taken before any clock is installed: fake-timers replaces the functions of this module, too.
const { setImmediate: realTurn } = timers;

/** Whether work is going on that does not wait for time: the clock must stand still until it is done. */
export type Busy = () => boolean;

/** Far more turns than a thousand vendings take that begin at once. */
const MAX_TURNS = 200_000;

/**
 * Virtual time for everything in this process that uses timers or dates: an hour of waiting takes as long as the work
 * in it. The event loop itself stays real.
 */
export class VirtualClock {
  readonly #clock: Clock;
  readonly #busy: Busy;
  readonly #rng = Math.random;
  readonly #realDate = Date;

  /**
   * @param random replaces Math.random as long as the clock is installed, so that retries with jitter can be repeated,
   * too
   */
  constructor(start: Date, busy: Busy, random: () => number = Math.random) {
    this.#busy = busy;
    Math.random = random;
    this.#clock = FakeTimers.install({
      now: start,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    });
    globalThis.Date = datesOf(this.#clock, this.#realDate);
    noteWaitingInvocations(this.#clock);
  }

  /** Advances from timer to timer until `done` is true or no timer is left. */
  async runUntil(done: () => boolean): Promise<void> {
    for (;;) {
      await this.#settle();
      if (done() || this.#clock.countTimers() === 0) return;
      // Not the clock's own asynchronous form, which waits for a real millisecond.
      this.#clock.next();
    }
  }

  /** Advances by this much time, from timer to timer. */
  async pass(seconds: number): Promise<void> {
    let isOver = false;
    afterSeconds(seconds, () => {
      isOver = true;
    });
    await this.runUntil(() => isOver);
  }

  uninstall(): void {
    this.#clock.uninstall();
    Math.random = this.#rng;
    globalThis.Date = this.#realDate;
  }

  /**
   * Gives the event loop real turns until nothing works any more: promises, streams and the interpreter's own steps.
   *
   * @throws Error where that has no end
   */
  async #settle(): Promise<void> {
    let turns = 0;
    for (let quiet = 0; quiet < 3;) {
      await realTurn();
      if ((turns += 1) > MAX_TURNS) throw new Error(standsStill(this.#clock.now));
      quiet = this.#busy() ? 0 : quiet + 1;
    }
  }
}

const standsStill = (now: number): string =>
  `Time stands still at ${new Date(now).toISOString()}: something is done again and again without a pause.`;

/**
 * The class of dates, with this clock's now. Those of the library are of a class of their own, each with a property of
 * its own: they take ten times as long, and simulations make millions.
 */
function datesOf(clock: Clock, real: DateConstructor): DateConstructor {
  const now = (): number => clock.now;
  return new Proxy(real, {
    construct: (_, given: [] | [number]) => (given.length === 0 ? new real(clock.now) : new real(...given)),
    apply: () => new real(clock.now).toString(),
    get: (_, name): unknown => (name === 'now' ? now : Reflect.get(real, name)),
  });
}

/**
 * Node waits for a millisecond at least. The library would not advance at all, and repeated waits for a part of a
 * millisecond would never end.
 */
const wholeOf = (milliseconds: number | undefined): number | undefined =>
  milliseconds !== undefined && milliseconds > 0 && milliseconds < 1 ? 1 : milliseconds;

/** A function that has set a timer may be waiting for it; then it is not busy, and the clock may go on. */
function noteWaitingInvocations(clock: Clock): void {
  const setTimer = clock.setTimeout.bind(clock);
  const clearTimer = clock.clearTimeout.bind(clock);
  const over = new Map<unknown, () => void>();
  const gone = (timer: unknown): void => {
    over.get(timer)?.();
    over.delete(timer);
  };
  const replaced = {
    setTimeout: (callback: (...given: unknown[]) => void, milliseconds?: number, ...given: unknown[]): unknown => {
      const invocation = currentInvocation();
      if (invocation === undefined) return setTimer(callback, wholeOf(milliseconds), ...given);
      const within = AsyncLocalStorage.bind(callback);
      const timer = setTimer(() => {
        gone(timer);
        within(...given);
      }, wholeOf(milliseconds));
      invocation.timerSet();
      over.set(timer, () => {
        invocation.timerGone();
      });
      return timer;
    },
    clearTimeout: (timer: Parameters<typeof clearTimer>[0]): void => {
      gone(timer);
      clearTimer(timer);
    },
  };
  // What is noted at the clock's own functions decides what uninstalling leaves behind.
  Object.assign(replaced.setTimeout, clock.setTimeout);
  Object.assign(replaced.clearTimeout, clock.clearTimeout);
  Object.assign(clock, replaced);
}
