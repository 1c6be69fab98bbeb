import type { MeteringConfiguration } from '../domain/metering/metering-configuration';
import type { CostReader } from '../ports/cost-reader';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { OutcomePublisher } from '../ports/outcome-publisher';

export interface CollectPorts {
  readonly reader: CostReader;
  readonly ledger: LedgerStore;
  readonly outcomes: OutcomePublisher;
  readonly log: Log;
  readonly now: () => Date;
  readonly metering: MeteringConfiguration;
}
