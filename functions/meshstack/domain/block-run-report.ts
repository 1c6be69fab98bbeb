import type { Rejection, RunRecord, TenantRecord } from '../../domain/records/ledger-records';
import type { BlockRun, Publication } from './source-records';

type BlockRunStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

export interface BlockRunStep {
  readonly id: string;
  readonly displayName: string;
  readonly status: BlockRunStatus | 'PENDING';
  /** For people who have ordered, and for operators. */
  readonly userMessage: string | null;
  readonly systemMessage: string | null;
  readonly accountId: string | null;
}

/** What meshStack is told about a building block run. */
export interface BlockRunReport {
  readonly status: BlockRunStatus;
  readonly steps: readonly BlockRunStep[];
}

/** How the vending of a tenant stands in the ledger. */
export interface VendingState {
  readonly tenant: TenantRecord | undefined;
  readonly run: RunRecord | undefined;
  /** What was told last about the tenant; null: nothing yet. */
  readonly latest: Publication | null;
}

export const isOver = ({ status }: BlockRunReport): boolean => status !== 'IN_PROGRESS';

/** A run that tears down is about the account's end, every other about its vending. */
export function blockRunReport({ behavior }: Pick<BlockRun, 'behavior'>, state: VendingState): BlockRunReport {
  return behavior === 'DESTROY' ? endReport(state) : vendingReport(state);
}

/** Nobody can ever be told how it went: the tenant that the run is for is not there. */
export const reportWithoutTenant = (): BlockRunReport =>
  ended('FAILED', [step('account', 'FAILED', { userMessage: NO_TENANT })]);

function vendingReport({ tenant, run, latest }: VendingState): BlockRunReport {
  const sequence = latest?.replicationSequence ?? Infinity;
  const rejection = tenant?.rejection ?? null;
  if (rejection !== null && rejection.replicationSequence >= sequence) return refusedReport(rejection);
  if (tenant === undefined || tenant.latestSequence < sequence) return inProgress([step('account', 'IN_PROGRESS')]);
  if (tenant.deletion !== null) return ended('ABORTED', [step('account', 'ABORTED', { userMessage: TO_BE_DELETED })]);
  return reportOf(tenant, run);
}

function reportOf(tenant: TenantRecord, run: RunRecord | undefined): BlockRunReport {
  switch (tenant.status) {
    case 'VENDED':
      return ended('SUCCEEDED', phases(tenant, run, 'SUCCEEDED'));
    case 'FAILED':
      return ended('FAILED', phases(tenant, run, 'FAILED'));
    case 'REJECTED':
    case 'SUPERSEDED':
    case 'CLOSED':
      return ended('ABORTED', [step('account', 'ABORTED')]);
    // Nothing was done: meshStack waits until the landing zone acts.
    case 'SHADOWED':
    case 'ACCEPTED':
    case 'AWAITING_APPROVAL':
    case 'QUEUED':
    case 'RUNNING':
      return inProgress(phases(tenant, run, 'IN_PROGRESS'));
  }
}

function refusedReport({ faults }: Rejection): BlockRunReport {
  const systemMessage = faults.map(({ field, message }) => `${field}: ${message}`).join('\n');
  return ended('FAILED', [step('account', 'FAILED', { userMessage: REFUSED, systemMessage })]);
}

function endReport({ tenant, run }: VendingState): BlockRunReport {
  const accountId = tenant?.account?.id ?? null;
  if (tenant?.status === 'CLOSED') {
    return ended('SUCCEEDED', [step('account', 'SUCCEEDED', { userMessage: endOf(tenant), accountId })]);
  }
  if (tenant?.status === 'FAILED' && run?.workflow === 'close-account') {
    return ended('FAILED', [step('account', 'FAILED', { ...failureOf(run), accountId })]);
  }
  const userMessage = tenant?.deletion == null ? null : 'The deletion is recorded; the account is not closed yet.';
  return inProgress([step('account', 'IN_PROGRESS', { userMessage, accountId })]);
}

/** A tenant is CLOSED, too, where its account stays. */
function endOf({ account, closure, deletion }: TenantRecord): string {
  if (account === null) return 'There is no account.';
  if (closure?.phase !== 'closed' && deletion?.accountGone === true) {
    return 'Nobody has access any more; the account is in the organization no more.';
  }
  return closure?.phase === 'closed' ? 'The account is closed.' : 'Nobody has access any more; the account stays.';
}

const NO_TENANT = 'There is no AWS tenant in this project. Order it first, and run this again.';
const REFUSED = 'This order cannot be carried out. Your platform team sees why.';
const TO_BE_DELETED = 'The tenant is to be deleted: nothing more is done for it.';

/** In the order in which people think of them. */
const ACCESS_STATES: ReadonlySet<string> = new Set([
  'GrantAccess',
  'CheckGrants',
  'DowngradeAccessRole',
  'ConfirmDowngrade',
  'CheckGroups',
  'CompleteVending',
]);

type Phase = 'account' | 'setup' | 'access';
const PHASES: readonly Phase[] = ['account', 'setup', 'access'];
const NAMES: Readonly<Record<Phase, string>> = { account: 'AWS account', setup: 'Set-up', access: 'Access' };

/** The phases before the current one are done; none after it has begun. */
function phases(
  tenant: TenantRecord,
  run: RunRecord | undefined,
  end: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED',
): readonly BlockRunStep[] {
  const at = PHASES.indexOf(phaseAtWork(tenant, run));
  return PHASES.map((phase, index) => {
    const accountId = phase === 'account' ? (tenant.account?.id ?? null) : null;
    if (end === 'SUCCEEDED' || index < at) return step(phase, 'SUCCEEDED', { accountId });
    if (index > at) return step(phase, 'PENDING', { accountId });
    return step(phase, end, { accountId, ...(end === 'FAILED' ? failureOf(run) : {}) });
  });
}

function phaseAtWork(tenant: TenantRecord, run: RunRecord | undefined): Phase {
  if (tenant.account === null) return 'account';
  const state = run?.steps.at(-1)?.state;
  return state !== undefined && ACCESS_STATES.has(state) ? 'access' : 'setup';
}

function failureOf(run: RunRecord | undefined): Pick<BlockRunStep, 'userMessage' | 'systemMessage'> {
  const error = run?.error ?? null;
  return {
    userMessage: 'This step has failed. Your platform team sees why and can go on from here.',
    systemMessage: error === null ? null : `${error.name}: ${error.message} ${error.remedy ?? ''}`.trim(),
  };
}

const ended = (status: BlockRunStatus, steps: readonly BlockRunStep[]): BlockRunReport => ({ status, steps });
const inProgress = (steps: readonly BlockRunStep[]): BlockRunReport => ended('IN_PROGRESS', steps);

/** meshStack takes no more of a message. */
const LONGEST_MESSAGE = 500;
const cut = (text: string | null | undefined): string | null => text?.slice(0, LONGEST_MESSAGE) ?? null;

function step(
  phase: Phase,
  status: BlockRunStep['status'],
  { userMessage, systemMessage, accountId = null }: Partial<BlockRunStep> = {},
): BlockRunStep {
  return {
    id: phase,
    displayName: NAMES[phase],
    status,
    accountId,
    userMessage: cut(userMessage),
    systemMessage: cut(systemMessage),
  };
}
