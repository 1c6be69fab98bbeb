import type { DeadLetter, DeadLetters, RunWatch, WatchedRun } from '../../functions/ports/queues';
import type { Measurement } from '../../functions/domain/run/measurement';
import type { Log, LogKeys, Metrics } from '../../functions/ports/log';
import { HeardEvents } from '../../sandbox/runtime/embedded/heard-events';

/** The bus, as anyone who listens to outcomes sees it. */
export class RecordingOutcomes extends HeardEvents {
  readonly published = this.outcomes;
  /** The bus does not take it. */
  failure: Error | undefined;

  override publish(event: Parameters<HeardEvents['publish']>[0]): Promise<void> {
    return this.failure === undefined ? super.publish(event) : Promise.reject(this.failure);
  }
}

export class RecordingDeadLetters implements DeadLetters {
  readonly letters: DeadLetter[] = [];

  send(letter: DeadLetter): Promise<void> {
    this.letters.push(letter);
    return Promise.resolve();
  }
}

export class RecordingLog implements Log {
  readonly entries: {
    readonly level: 'info' | 'warn' | 'error';
    readonly sentence: string;
    readonly keys: LogKeys;
    readonly cause?: unknown;
  }[] = [];

  info(sentence: string, keys: LogKeys): void {
    this.entries.push({ level: 'info', sentence, keys });
  }

  warn(sentence: string, keys: LogKeys): void {
    this.entries.push({ level: 'warn', sentence, keys });
  }

  error(sentence: string, keys: LogKeys, cause: unknown): void {
    this.entries.push({ level: 'error', sentence, keys, cause });
  }
}

/** Remembers which looks were asked for, and takes none. */
export class RecordingWatch implements RunWatch {
  readonly watched: WatchedRun[] = [];

  watch(watched: WatchedRun): Promise<void> {
    this.watched.push(watched);
    return Promise.resolve();
  }
}

export class RecordingMetrics implements Metrics {
  readonly measurements: Measurement[] = [];

  record(measurements: readonly Measurement[]): void {
    this.measurements.push(...measurements);
  }
}
