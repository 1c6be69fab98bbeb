import type { Runtime } from '../../../functions/runtime/environment';
import { RecordingLog, RecordingMetrics, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { after } from '../../fakes/vending';

/** What a function has around it that asks no service of AWS but the ledger. */
export class FunctionRuntime implements Runtime {
  readonly ledger = new RecordingLedgerStore();
  readonly log = new RecordingLog();
  readonly metrics = new RecordingMetrics();
  readonly watch = new RecordingWatch();
  readonly aws = {};
  readonly secrets: Runtime['secrets'] = {
    externalId: () => Promise.resolve(''),
    scimAccessToken: () => Promise.resolve(''),
  };
  /** How much time has passed. */
  seconds = 0;
  readonly environment = (): string => '';
  readonly now = (): Date => after(this.seconds);
  readonly wait = (): Promise<void> => Promise.resolve();

  /** The names of the outcomes that were counted. */
  get outcomes(): readonly unknown[] {
    return this.metrics.measurements
      .filter(({ name }) => name === 'Outcomes')
      .map(({ dimensions }) => dimensions['Outcome']);
  }
}
