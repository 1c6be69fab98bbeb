import type { DeadLetter, DeadLetters } from '../../functions/ports/dead-letters';
import type { Measurement } from '../../functions/domain/measurement';
import type { Log, LogKeys } from '../../functions/ports/log';
import type { Metrics } from '../../functions/ports/metrics';
import type { RunWatch, WatchedRun } from '../../functions/ports/run-watch';
import type { DelayEvent, OutcomeEvent, OutcomePublisher, UsageEvent } from '../../functions/ports/outcome-publisher';

/** The bus, as whoever listens to outcomes sees it. */
export class RecordingOutcomes implements OutcomePublisher {
  readonly published: OutcomeEvent[] = [];
  readonly usageEvents: UsageEvent[] = [];
  readonly delays: DelayEvent[] = [];
  /** The bus does not take it. */
  failure: Error | undefined;

  publish(event: Parameters<OutcomePublisher['publish']>[0]): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (event.type === 'Usage Report Finalized') this.usageEvents.push(event);
    else if (event.type === 'Account Vending Delayed' || event.type === 'Account Closing Delayed')
      this.delays.push(event);
    else this.published.push(event);
    return Promise.resolve();
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
