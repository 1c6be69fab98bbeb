import { shown } from '../../functions/domain/base/fault';
import type { PlannedRow } from './planned-row';
import type { RemovedTenant } from './removed-tenants';

/** What is to be said of a row, one thing on a line. */
export function detailsOf(planned: PlannedRow): readonly string[] {
  const { verdict, faults, preview } = planned;
  const refusals = faults.map(({ field, message }) => `${field}: ${message}`);
  if (preview === undefined || verdict === 'unchanged') return [...refusals, ...driftOf(planned)];
  return [...refusals, ...accountOf(planned), ...changesOf(planned), ...preview.remarks];
}

/** What a run would mend although the desired state is as it was. */
function driftOf({ preview, known }: PlannedRow): readonly string[] {
  const count = preview?.changes?.length ?? 0;
  const failed =
    known?.status === 'FAILED' ? ['its last run has failed: `npx account-vending vendings replay` lets it go on'] : [];
  return count === 0 ? failed : [...failed, `${count} ${count === 1 ? 'thing has' : 'things have'} drifted in AWS`];
}

function accountOf({ preview, known }: PlannedRow): readonly string[] {
  if (preview === undefined) return [];
  const { account, accountState, existingAccountId } = preview;
  if (accountState !== undefined) return [ENDS[accountState]];
  if (known?.account != null) return [];
  const whose = existingAccountId === null ? 'a new account' : `the account ${existingAccountId} is imported`;
  return [`${whose}: ${account.name}, ${account.email}`];
}

const ENDS = {
  CLOSED: 'its account is closed',
  KEPT: 'its account stays, without its people',
  GONE: 'its account has left the organization',
  NONE: 'it has no account',
} as const;

function changesOf({ preview, differences }: PlannedRow): readonly string[] {
  const changes = preview?.changes ?? null;
  if (changes === null) {
    return differences.map(({ field, from, to }) => `${field}: ${arrow(from ?? null, to ?? null)}`);
  }
  const left = preview?.changesLeftOut ?? 0;
  const lines = changes.map(({ state, what, from, to }) => `${state}: ${what}: ${arrow(from, to)}`);
  return left === 0 ? lines : [...lines, `and ${left} more changes`];
}

const arrow = (from: unknown, to: unknown): string => `${textOf(from)} -> ${textOf(to)}`;

const textOf = (value: unknown): string => (value === null ? '-' : shown(value));

export const removalOf = ({ tenantUuid, file, commit, known, failure }: RemovedTenant): string => {
  const { workspaceIdentifier = '?', projectIdentifier = '?', status = '?' } = known ?? {};
  return `${workspaceIdentifier}.${projectIdentifier} (${tenantUuid}, ${status}) was in ${file} before ${commit.slice(0, 10)}${failure === undefined ? '' : `: ${failure}`}`;
};

export const REMOVAL_REMEDY =
  'Nothing is done with them. To close an account, put its file back with tenant.status.lifecycle.state: MARKED_FOR_DELETION, and take it out when it is closed.';
