import type { Effect } from '../../sandbox/runtime/embedded/invocation';

/** How a vending goes on after a process has died. */
export type Continuation =
  /** Whoever has called the function calls it again. */
  | 'retry'
  /** Every further try dies, too, until the execution has failed; an operator replays it. */
  | 'replay';

/** Where a process dies: at the so-many-th write of all, from 0. */
export interface KillPoint {
  readonly index: number;
  readonly when: Effect['when'];
}

/** Lets one process die at one point, and counts what is written. */
export class SingleKill {
  readonly #point: KillPoint | null;
  readonly #continuation: Continuation;
  readonly #hasFailed: () => boolean;
  #writes = 0;
  /** The index of what each function writes at the moment: two functions may write at once. */
  readonly #writing = new Map<string, number>();
  #isLetGoOn = false;
  /** What died; null before that. */
  victim: Effect | null = null;

  /** @param hasFailed whether the execution has failed that is to be replayed */
  constructor(point: KillPoint | null, continuation: Continuation, hasFailed: () => boolean) {
    this.#point = point;
    this.#continuation = continuation;
    this.#hasFailed = hasFailed;
  }

  /** How many writes there were, of AWS and of the ledger. */
  get writes(): number {
    return this.#writes;
  }

  decide(effect: Effect): 'go-on' | 'kill' {
    if (this.victim !== null) {
      // Once it has failed it is let go on for good: what is replayed lives.
      this.#isLetGoOn ||= this.#hasFailed();
      return this.#diesAgain(effect, this.victim) ? 'kill' : 'go-on';
    }
    if (!effect.write || (effect.kind !== 'aws' && effect.kind !== 'ledger')) return 'go-on';
    if (effect.when === 'before') this.#writing.set(effect.function, this.#writes++);
    const index = this.#writing.get(effect.function);
    if (this.#point === null || this.#point.index !== index || this.#point.when !== effect.when) return 'go-on';
    this.victim = effect;
    return 'kill';
  }

  #diesAgain(effect: Effect, victim: Effect): boolean {
    return this.#continuation === 'replay' && effect.function === victim.function && !this.#isLetGoOn;
  }
}
