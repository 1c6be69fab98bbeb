import type { HistoryEvent } from './state-walk';

/**
 * AWS's quota. Event number 25,000 is the end of the execution: a bad one, unless it has come to its own ("Avoid
 * reaching the history quota").
 */
export const MAX_EVENTS = 25_000;

/** So many states are remembered by name: enough to see what goes round and round. */
const MAX_RECENT = 40;

/** The history that Step Functions keeps of an execution: what its events are, how many, and which states came last. */
export class ExecutionHistory {
  /** As the interpreter has them; null where nobody wants to know. */
  readonly events: HistoryEvent[] | null;
  /** That the execution has started. */
  #length = 1;
  readonly #recent: string[] = [];

  constructor(events: HistoryEvent[] | null) {
    this.events = events;
  }

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length >= MAX_EVENTS;
  }

  /** "Execution event history count is less than 24,999" ("Restarting state machine executions with redrive"). */
  get hasRoomForRedrive(): boolean {
    return this.#length < MAX_EVENTS - 1;
  }

  /** Each once, in the order in which they were entered. */
  get recentStates(): readonly string[] {
    return [...new Set(this.#recent)];
  }

  hear(event: HistoryEvent): void {
    this.events?.push(event);
    if (event.type === 'StateEntered') this.#enter(event.state.name);
    if (event.type === 'StateExited') this.grow(1);
  }

  /** Counts events that the interpreter does not report. */
  grow(events: number): void {
    this.#length = Math.min(this.#length + events, MAX_EVENTS);
  }

  #enter(state: string): void {
    this.grow(1);
    this.#recent.push(state);
    if (this.#recent.length > MAX_RECENT) this.#recent.shift();
  }
}
