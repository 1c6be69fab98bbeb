import type { Month } from '../domain/metering/month';
import { countRequests } from '../ledger/usage-months';
import type { CollectPorts } from './collect-ports';

interface Counted<Answer> {
  readonly answer: Answer;
  /** Pages that AWS charges. */
  readonly requests: number;
}

/** Asks Cost Explorer, and writes down what that has cost; also where it fails on the way, since the pages until then are charged all the same. */
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
