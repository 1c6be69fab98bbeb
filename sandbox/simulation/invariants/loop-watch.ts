import type { EmbeddedExecution, ExecutionWatch } from '../../runtime/embedded/embedded-execution';
import type { Violations } from '../violations';

/** Several times as many as a vending goes through from its beginning to its end. */
const MAX_STATES_IN_A_MINUTE = 500;

interface Minute {
  readonly number: number;
  states: number;
}

/**
 * No execution loops without a pause, and none fills its history. One that does is stopped, and the simulation ends:
 * otherwise it would run for ever, or very long.
 */
export class LoopWatch implements ExecutionWatch {
  readonly #violations: Violations;
  readonly #secondsPassed: () => number;
  readonly #minutes = new WeakMap<EmbeddedExecution, Minute>();
  #isFound = false;

  constructor(violations: Violations, secondsPassed: () => number) {
    this.#violations = violations;
    this.#secondsPassed = secondsPassed;
  }

  get isFound(): boolean {
    return this.#isFound;
  }

  entered(execution: EmbeddedExecution): void {
    const minute = this.#minuteOf(execution);
    minute.states += 1;
    if (minute.states <= MAX_STATES_IN_A_MINUTE) return;
    this.#end('no loop without a pause', `went through ${MAX_STATES_IN_A_MINUTE} states within a minute`, execution);
  }

  filled(execution: EmbeddedExecution): void {
    this.#end('no execution fills its history', `has ${execution.historyLength} events`, execution);
  }

  #minuteOf(execution: EmbeddedExecution): Minute {
    const number = Math.floor(this.#secondsPassed() / 60);
    const known = this.#minutes.get(execution);
    const minute = known?.number === number ? known : { number, states: 0 };
    this.#minutes.set(execution, minute);
    return minute;
  }

  /** One report is enough: others do the same. */
  #end(invariant: string, seen: string, execution: EmbeddedExecution): void {
    void execution.stop();
    if (this.#isFound) return;
    this.#isFound = true;
    const { executionArn, recentStates } = execution;
    const [, run = executionArn] = /execution:(.*)$/u.exec(executionArn) ?? [];
    this.#violations.add(invariant, `${run} ${seen}, at last ${recentStates.join(', ')}.`);
  }
}
