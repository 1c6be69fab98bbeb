import type { UsageRecord } from './domain/collected-month';
import { writeUsage } from '../ledger/metering/usage-months';
import type { LedgerStore } from '../ports/ledger-store';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import { readDocument } from './read-document';

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
