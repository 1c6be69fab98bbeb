import type { AwsSettings } from '../aws/base/aws-settings';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log, Metrics } from '../ports/log';
import type { RunWatch } from '../ports/queues';
import type { Secrets } from '../ports/secrets';
import type { Environment } from './environment';

/**
 * What a function runs in: Lambda, or a simulation in this process. Functions are composed from it, so the same code
 * runs in both.
 */
export interface Host {
  readonly environment: Environment;
  readonly now: () => Date;
  /** Lets time pass within a function, some seconds at most. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly ledger: LedgerStore;
  readonly secrets: Secrets;
  /** Functions whose runs may be watched have it; for others, asking for it is a fault of ours. */
  readonly watch: RunWatch;
  readonly aws: AwsSettings;
}
