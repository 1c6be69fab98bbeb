import type { MeshStackConfiguration } from '../../domain/configuration/mesh-stack-configuration';
import type { BlockRunReporter, DesiredStatePublisher, MeshStackReader } from '../ports/mesh-stack';
import type { LedgerStore } from '../../ports/ledger-store';
import type { Log } from '../../ports/log';

export interface PollPorts {
  readonly configuration: MeshStackConfiguration;
  readonly ledger: LedgerStore;
  readonly reader: MeshStackReader;
  /** Null: nothing is written to meshStack. */
  readonly reporter: BlockRunReporter | null;
  readonly publisher: DesiredStatePublisher;
  readonly log: Log;
  readonly now: () => Date;
  /** No tenant is begun after this; the rest waits for the next poll. */
  readonly endsAt: Date;
}
