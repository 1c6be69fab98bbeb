import type { OrganizationState } from '../../organization/organization-state';
import type { LedgerMirror } from '../ledger-mirror';
import type { Violations } from '../violations';

/** At rest ledger and organization know the same accounts. */
export function checkAccounts({ accounts }: OrganizationState, mirror: LedgerMirror, violations: Violations): void {
  const made = new Set(
    [...accounts.values()].filter(({ joinedMethod }) => joinedMethod === 'CREATED').map(({ id }) => id),
  );
  const known = new Set([...mirror.tenants.values()].flatMap(({ account }) => (account === null ? [] : [account.id])));
  for (const id of made) {
    if (!known.has(id)) violations.add('no account outside the ledger', `The ledger does not know ${id}.`);
  }
  for (const id of known) {
    if (!made.has(id)) violations.add('no account in the ledger alone', `The organization does not know ${id}.`);
  }
}
