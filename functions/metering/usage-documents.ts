import { gunzipSync, gzipSync } from 'node:zlib';

import { readContent, writeUsage } from '../ledger/metering/usage-months';
import type { LedgerStore } from '../ports/ledger-store';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { ContentReference, UsageRecord } from './domain/collected-month';
import { type UsageDocument, UsageDocumentSchema } from './domain/usage-document';

/** Reports and answers repeat themselves: packed they take about a tenth of the room. */
export const packed = (text: string): string => gzipSync(text, { level: 9 }).toString('base64');

const unpacked = (text: string): string => gunzipSync(Buffer.from(text, 'base64')).toString('utf8');

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

interface AnnouncePorts {
  readonly ledger: LedgerStore;
  readonly outcomes: OutcomePublisher;
}

/** Tells the bus of reports that are final, and then writes down that it was told: at least once. */
export async function announce({ ledger, outcomes }: AnnouncePorts, record: UsageRecord): Promise<void> {
  const { month, state, finalizedAt, announced } = record;
  if (state === 'OPEN' || finalizedAt === null || announced) return;
  const { currency, invoiceTotal, reports } = await readDocument(ledger, month, record.document);
  const updated = reports.filter((report) => report.state === 'UPDATED');
  await outcomes.publish({
    type: 'Usage Report Finalized',
    detail: {
      ...{ month, state, currency, invoiceTotal, finalizedAt },
      reports: reports.length,
      updatedReports: updated.length,
    },
  });
  await writeUsage(ledger, { ...record, announced: true }, record);
}
