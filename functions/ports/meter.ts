/** Figures of the source that alarms look at. */
export type MeterName = 'MeshStackRefused' | 'UnreadableTenants';

/** Tells figures to whoever watches over the application. */
export interface Meter {
  /** Each call is one reading of its own. */
  read(figures: Readonly<Partial<Record<MeterName, number>>>): void;
}
