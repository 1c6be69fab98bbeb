import type { Measurement } from '../domain/measurement';

/** Figures for dashboards and alarms. Writing one never fails and costs no call. */
export interface Metrics {
  record(measurements: readonly Measurement[]): void;
}
