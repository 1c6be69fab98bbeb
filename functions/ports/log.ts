import type { Measurement } from '../domain/run/measurement';

/** Functions log what they do: a sentence and searchable keys. Never tokens, the ExternalId or whole events. */
export interface Log {
  info(sentence: string, keys: LogKeys): void;
  warn(sentence: string, keys: LogKeys): void;
  error(sentence: string, keys: LogKeys, cause: unknown): void;
}

export type LogKeys = Readonly<Record<string, string | number | boolean | null>>;

/** Figures for dashboards and alarms. Writing one never fails and costs no call. */
export interface Metrics {
  record(measurements: readonly Measurement[]): void;
}
