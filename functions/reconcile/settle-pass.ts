import { type DriftRecord, isOverdue, type LostAccount, MAX_LOST_SHOWN, type PassRecord } from '../domain/fleet/drift';
import { readLostAccounts, countOpen, readDrifts } from '../ledger/fleet/reconciliation-run';
import type { DriftReport, DriftReports } from '../ports/outcome-publisher';
import type { LedgerStore } from '../ports/ledger-store';

export interface SettlePassPorts {
  readonly ledger: LedgerStore;
  readonly reports: DriftReports;
  readonly now: () => Date;
}

/** More than these are left to the API. An event has room for 256 KB, and one of them takes less than 200 bytes. */
const MAX_IN_EVENT = 1000;

const PAGE = 100;

/** Longer than any list of runs at work, or of accounts. */
const MAX_OPEN = 100_000;

/**
 * Ends a pass as soon as all of its runs have ended, and tells the world. The event goes out before the end is written
 * down: killed in between, it goes out again. After twenty hours it ends all the same, and says how many runs had not.
 */
export async function settlePass({ ledger, reports, now }: SettlePassPorts, record: PassRecord): Promise<PassRecord> {
  const isLate = isOverdue(record, now());
  const unfinished = await countOpen(ledger, record.pass, isLate ? MAX_OPEN : 1);
  if (unfinished > 0 && !isLate) return record;
  const { changed, failed, drifts } = await found(ledger, record.pass);
  const endedAt = now().toISOString();
  const lostAccounts = await readLostAccounts(ledger, record.pass, MAX_OPEN);
  const figures = { changed, failed, unfinished, lost: lostAccounts.length };
  const { pass, startedAt, reconciled, notBegun } = record;
  const driftsLeftOut = changed + failed - drifts.length;
  await reports.publish({
    ...{ pass, startedAt, endedAt, reconciled, notBegun, ...figures, drifts, driftsLeftOut },
    lostAccounts: lostAccounts.slice(0, MAX_LOST_SHOWN).map(told),
  });
  return { ...record, ...figures, phase: 'ENDED', endedAt };
}

async function found(
  ledger: LedgerStore,
  pass: string,
): Promise<Pick<DriftReport, 'drifts'> & { readonly changed: number; readonly failed: number }> {
  const drifts: DriftReport['drifts'][number][] = [];
  let failed = 0;
  let changed = 0;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readDrifts>> = await readDrifts(ledger, { pass, limit: PAGE, after });
    failed += page.drifts.filter(({ outcome }) => outcome === 'FAILED').length;
    changed += page.drifts.filter(({ outcome }) => outcome !== 'FAILED').length;
    drifts.push(...page.drifts.slice(0, MAX_IN_EVENT - drifts.length).map(inShort));
    after = page.after;
  } while (after !== null);
  return { drifts, changed, failed };
}

const told = ({ tenantUuid, accountId, since }: LostAccount) => ({ tenantUuid, accountId, since });

const inShort = ({ tenantUuid, accountId, before, outcome, changes, changesLeftOut }: DriftRecord) => ({
  tenantUuid,
  accountId,
  before,
  outcome,
  changes: changes.length + changesLeftOut,
});
