import type { ContentReference } from '../domain/metering/collected-month';
import { type UsageDocument, UsageDocumentSchema } from '../domain/metering/usage-document';
import { readContent } from '../ledger/usage-months';
import type { LedgerStore } from '../ports/ledger-store';
import { unpacked } from './packed-text';

/** The reports of a month as they were written down. */
export async function readDocument(
  ledger: LedgerStore,
  month: string,
  reference: ContentReference,
): Promise<UsageDocument> {
  const text = await readContent(ledger, month, reference);
  if (text === undefined) {
    throw new Error(`The reports of ${month} are not in the ledger (${reference.hash}). Collect the month again.`);
  }
  return UsageDocumentSchema.parse(JSON.parse(unpacked(text)));
}
