import type { AdoptionAccount, AdoptionRecord } from '../domain/adoption/adoption';
import { inOneText } from '../domain/base/fault';
import type { TenantRecord } from '../domain/records/ledger-records';
import { readableKey } from '../domain/desired-state/desired-state';
import { type IntakePorts, takeDesiredState, type Taken } from '../intake/take-desired-state';
import { readAccounts, readNamedAccounts, takeEnrollment, writeAccount } from '../ledger/adoption/adoption-accounts';
import { readVending } from '../ledger/runs/read-vending';
import { readTenant } from '../ledger/tenants/tenant-items';
import { tenantsOfAccounts } from '../ledger/tenants/tenants-at';
import type { Log } from '../ports/log';

export interface TakePorts extends IntakePorts {
  readonly log: Log;
  /** How many accounts Control Tower enrolls in a week. */
  readonly enrollmentsPerWeek: number;
}

/** So many runs are under way because of an adoption: others, who have a change of their own, stand behind few. */
const MAX_RUNNING = 20;

/**
 * Looks how the runs stand, and gives runs to the next accounts, as many as there is room for. An account is taken by
 * its desired state, which is the same each time: killed anywhere, the same accounts are taken once more, and the
 * ledger knows them.
 */
export async function takeAccounts(ports: TakePorts, record: AdoptionRecord): Promise<AdoptionRecord> {
  if (record.consentedAt === null) throw new Error(`Nobody has consented to the adoption ${record.id}.`);
  let after: AdoptionRecord = { ...(await settleRuns(ports, record)), waitsUntil: null };
  const room = MAX_RUNNING - after.running.length;
  const accounts = room === 0 ? [] : await readAccounts(ports.ledger, record.id, { after: record.cursor, limit: room });
  for (const account of accounts) {
    const taken = await takeAccount(ports, after, account);
    if (taken.waitsUntil !== null) return { ...after, waitsUntil: taken.waitsUntil };
    after = counted({ ...after, cursor: account.accountId }, account.accountId, taken.state);
  }
  const isDone = accounts.length < room && after.running.length === 0;
  return isDone ? { ...after, phase: 'ENDED', endedAt: ports.now().toISOString() } : after;
}

const counted = (record: AdoptionRecord, accountId: string, end: AdoptionAccount['state']): AdoptionRecord => {
  const running = record.running.filter((id) => id !== accountId);
  return {
    ...record,
    running: end === 'RUNNING' ? [...running, accountId] : running,
    adopted: record.adopted + (end === 'ADOPTED' ? 1 : 0),
    failed: record.failed + (end === 'FAILED' ? 1 : 0),
  };
};

async function settleRuns(ports: TakePorts, record: AdoptionRecord): Promise<AdoptionRecord> {
  let after = record;
  for (const account of await readNamedAccounts(ports.ledger, record.id, record.running)) {
    const end = await endOf(ports, account);
    if (end === null) continue;
    await writeAccount(ports.ledger, record.id, { ...account, ...end }, ports.now());
    after = counted(after, account.accountId, end.state);
  }
  return after;
}

interface Ended {
  readonly state: 'ADOPTED' | 'FAILED';
  readonly reason: string | null;
}

/** Null while its run is under way. */
async function endOf({ ledger }: TakePorts, { accountId, tenantUuid }: AdoptionAccount): Promise<Ended | null> {
  const view = await readVending(ledger, tenantUuid);
  if (view?.tenant.activeRun !== null) return null;
  const { tenant, run } = view;
  if (tenant.status === 'VENDED' && tenant.account?.id === accountId) return { state: 'ADOPTED', reason: null };
  const error = run?.error ?? null;
  const why = error === null ? `Its tenant is ${tenant.status}.` : `${error.message} ${error.remedy ?? ''}`.trim();
  return { state: 'FAILED', reason: why };
}

interface TakenAccount {
  readonly state: AdoptionAccount['state'];
  readonly waitsUntil: string | null;
}

async function takeAccount(ports: TakePorts, record: AdoptionRecord, account: AdoptionAccount): Promise<TakenAccount> {
  const { ledger, now, enrollmentsPerWeek } = ports;
  const { state } = account;
  // One that was taken before its part was killed is at work, whatever the record says.
  if (state !== 'PROPOSED' || account.refusal !== null) return { state, waitsUntil: null };
  const refusal = await refusalOf(ports, account);
  if (refusal !== null) return written(ports, record, account, { state: 'FAILED', reason: refusal });
  let taking = account;
  if (account.enrolls) {
    const place = await takeEnrollment(ledger, record.id, account, enrollmentsPerWeek, now());
    if (!place.ok) return { state, waitsUntil: place.waitsUntil.toISOString() };
    taking = place.account;
  }
  const options = { trigger: 'api', force: false, requestedBy: record.consentedBy } as const;
  const taken = await takeDesiredState(ports, taking.desiredState, options);
  return written(ports, record, taking, stateAfter(taken));
}

async function written(
  { ledger, now }: TakePorts,
  record: AdoptionRecord,
  account: AdoptionAccount,
  end: { readonly state: 'RUNNING' | 'FAILED'; readonly reason: string | null },
): Promise<TakenAccount> {
  await writeAccount(ledger, record.id, { ...account, ...end }, now());
  return { state: end.state, waitsUntil: null };
}

/** What somebody else has done with the account since it was verified. */
async function refusalOf({ ledger }: TakePorts, account: AdoptionAccount): Promise<string | null> {
  const { accountId, tenantUuid, desiredState } = account;
  const tenant = await readTenant(ledger, tenantUuid);
  if (tenant !== undefined && isAnothers(tenant, readableKey(desiredState)?.replicationSequence)) {
    return `Another adoption has made this account the tenant ${tenantUuid} already, or is about to.`;
  }
  const owner = (await tenantsOfAccounts(ledger, [accountId])).get(accountId);
  return owner === undefined || owner === tenantUuid ? null : `The account belongs to tenant ${owner} now.`;
}

/** Known by another desired state than this one, and at work or with its account. */
const isAnothers = ({ latestSequence, activeRun, account }: TenantRecord, sequence: number | undefined): boolean =>
  latestSequence !== sequence && (activeRun !== null || account !== null);

function stateAfter(taken: Taken): { readonly state: 'RUNNING' | 'FAILED'; readonly reason: string | null } {
  if (taken.kind === 'accepted' || taken.kind === 'unchanged') return { state: 'RUNNING', reason: null };
  const isNewer = 'The tenant of this account has a newer desired state.';
  return { state: 'FAILED', reason: 'faults' in taken ? inOneText(taken.faults) : isNewer };
}
