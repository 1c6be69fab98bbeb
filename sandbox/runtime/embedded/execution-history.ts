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
  /** As Step Functions calls them, with the name of the state or the number of the iteration; null likewise. */
  readonly names: string[] | null;
  /** That the execution has started. */
  #length = 1;
  readonly #recent: string[] = [];

  constructor(events: HistoryEvent[] | null, names: string[] | null) {
    this.events = events;
    this.names = names;
    names?.push('ExecutionStarted');
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
    if (event.type !== 'StateEntered' && event.type !== 'StateExited') return;
    const { type, name } = event.state;
    this.tell([`${type}${event.type} ${name}`]);
    if (event.type === 'StateEntered') this.#enter(name);
  }

  /**
   * Writes events down that the interpreter does not report. Nothing is begun whose end could not be written down.
   *
   * @param toCome how many events have to have room behind them
   */
  tell(names: readonly string[], toCome = 0): void {
    this.names?.push(...names);
    const length = this.#length + names.length;
    this.#length = length + toCome >= MAX_EVENTS ? MAX_EVENTS : length;
  }

  /** The last event needs no room. */
  end(name: string): void {
    this.names?.push(name);
  }

  #enter(state: string): void {
    this.#recent.push(state);
    if (this.#recent.length > MAX_RECENT) this.#recent.shift();
  }
}
