import type { Effect } from '../../sandbox/runtime/embedded/invocation';

/** How a vending goes on after a process has died. */
export type Continuation =
  /** Anyone who has called the function calls it again. */
  | 'retry'
  /** Every further try dies, too, until the execution has failed; an operator replays it. */
  | 'replay';

/** Where a process dies: at the so-many-th of the effects that are counted, from 0. */
export interface KillPoint {
  readonly index: number;
  readonly when: Effect['when'];
}

/** Of AWS, or of the ledger. */
export const isWrite = ({ kind, write }: Effect): boolean => write && (kind === 'aws' || kind === 'ledger');

/** Lets one process die at one point, and counts what is written. */
export class SingleKill {
  readonly #point: KillPoint | null;
  readonly #continuation: Continuation;
  readonly #isDeadly: (effect: Effect) => boolean;
  readonly #hasFailed: () => boolean;
  #writes = 0;
  /** The index of what each function writes at the moment: two functions may write at once. */
  readonly #writing = new Map<string, number>();
  #isLetGoOn = false;
  /** What died; null before that. */
  victim: Effect | null = null;

  /**
   * @param hasFailed whether the execution has failed that is to be replayed
   * @param isDeadly whether a process may die at an effect: those effects are counted
   */
  constructor(
    point: KillPoint | null,
    continuation: Continuation,
    hasFailed: () => boolean,
    isDeadly: (effect: Effect) => boolean = isWrite,
  ) {
    this.#point = point;
    this.#isDeadly = isDeadly;
    this.#continuation = continuation;
    this.#hasFailed = hasFailed;
  }

  /** How many effects there were at which a process may die. */
  get writes(): number {
    return this.#writes;
  }

  decide(effect: Effect): 'go-on' | 'kill' {
    if (this.victim !== null) {
      // Once it has failed it is let go on for good: what is replayed lives.
      this.#isLetGoOn ||= this.#hasFailed();
      return this.#diesAgain(effect, this.victim) ? 'kill' : 'go-on';
    }
    if (!this.#isDeadly(effect)) return 'go-on';
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
