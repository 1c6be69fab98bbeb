import type { MeteringConfiguration } from '../domain/configuration/metering-configuration';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import { countRequests } from '../ledger/metering/usage-months';
import type { CostReader } from './ports/cost-reader';
import type { Month } from './domain/month';

export interface CollectPorts {
  readonly reader: CostReader;
  readonly ledger: LedgerStore;
  readonly outcomes: OutcomePublisher;
  readonly log: Log;
  readonly now: () => Date;
  readonly metering: MeteringConfiguration;
}

interface Counted<Answer> {
  readonly answer: Answer;
  /** Pages that AWS charges. */
  readonly requests: number;
}

/**
 * Asks Cost Explorer, and writes down what that has cost; also where it fails on the way, since the pages until then
 * are charged all the same.
 */
export async function counted<Answer>(
  { reader, ledger }: Pick<CollectPorts, 'reader' | 'ledger'>,
  month: Month,
  ask: () => Promise<Answer>,
): Promise<Counted<Answer>> {
  const before = reader.answeredPages();
  try {
    const answer = await ask();
    return { answer, requests: reader.answeredPages() - before };
  } finally {
    await countRequests(ledger, month, reader.answeredPages() - before);
  }
}
