import {
  ACTIVE_PHASES,
  type DriftRecord,
  isActivePhase,
  isOverdue,
  type LostAccount,
  MAX_LOST_SHOWN,
  type PassRecord,
} from '../domain/fleet/drift';
import { secondsBetween } from '../domain/run/step-context';
import { tenantUuidOf } from '../ledger/base/keys';
import { readLostAccounts, countOpen, readDrifts } from '../ledger/fleet/reconciliation-run';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { DriftReport, DriftReports } from '../ports/outcome-publisher';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { RunWatch } from '../ports/queues';

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
  const { pass, startedAt, reconciled, notBegun, unchanged } = record;
  const driftsLeftOut = changed + failed - drifts.length;
  await reports.publish({
    pass,
    startedAt,
    endedAt,
    reconciled,
    notBegun,
    unchanged,
    ...figures,
    drifts,
    driftsLeftOut,
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

interface CheckRunsPorts {
  readonly ledger: LedgerStore;
  readonly watch: RunWatch;
  readonly log: Log;
  readonly now: () => Date;
}

/** In one part: each costs a read, and a message at most. */
const MAX_AT_ONCE = 100;

/** As long as it takes to vend an account; a run that is younger has looks of its own. */
const OLD_SECONDS = 3600;

/**
 * Has each run looked at once that has been at work for an hour: where its chain of looks was lost, with its queue or
 * by hand, nobody else would ever find out that it has ended. One look, and no new chain: most of these runs have
 * theirs.
 */
export async function checkRuns(ports: CheckRunsPorts, record: PassRecord): Promise<PassRecord> {
  let after = record;
  for (let seen = 0; seen < MAX_AT_ONCE && isActivePhase(after.phase);) {
    const { items, cursor } = await ports.ledger.list({
      label: after.phase,
      limit: MAX_AT_ONCE,
      ...(after.cursor === null ? {} : { cursor: after.cursor }),
    });
    for (const { key } of items) await look(ports, tenantUuidOf(key));
    seen += items.length;
    after = { ...after, cursor, phase: cursor === null ? phaseAfter(after.phase) : after.phase };
  }
  return after;
}

const phaseAfter = (phase: PassRecord['phase']): PassRecord['phase'] =>
  ACTIVE_PHASES[ACTIVE_PHASES.findIndex((one) => one === phase) + 1] ?? 'SETTLING';

async function look({ ledger, watch, log, now }: CheckRunsPorts, tenantUuid: string): Promise<void> {
  try {
    const tenant = await readTenant(ledger, tenantUuid);
    if (tenant?.activeRun == null || secondsBetween(tenant.statusChangedAt, now()) < OLD_SECONDS) return;
    await watch.watch({ tenantUuid, replicationSequence: tenant.latestSequence, once: true });
  } catch (cause) {
    log.error('A run could not be looked after; the others are', { tenantUuid }, cause);
  }
}
