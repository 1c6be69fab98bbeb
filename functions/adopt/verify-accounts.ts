import type { AdoptionAccount, AdoptionRecord } from '../domain/adoption/adoption';
import type { Inventory } from '../domain/adoption/listed-accounts';
import { contentHash } from '../domain/base/json';
import { readAccounts } from '../ledger/adoption/adoption-accounts';
import type { AccountTags } from '../ports/organizations';
import { type ListPorts, readInventory } from './list-accounts';
import { sumOfProposals } from './sum-up';

export interface VerifyPorts extends ListPorts {
  readonly tags: Pick<AccountTags, 'list'>;
}

/** Each may take a call for its tags. */
const MAX_IN_PART = 200;

/**
 * Compares the organization with what was consented to, before anything is written: one account that has moved, was
 * closed, or belongs to somebody now, and nothing is adopted.
 */
export async function verifyAccounts(ports: VerifyPorts, record: AdoptionRecord): Promise<AdoptionRecord> {
  const { ledger, now } = ports;
  const inventory = await readInventory(ports);
  const accounts = await readAccounts(ledger, record.id, { after: record.cursor, limit: MAX_IN_PART });
  const staleBecause = (await changedProposals(ports, record)) ?? (await changedAccount(ports, inventory, accounts));
  if (staleBecause !== null) {
    return { ...record, phase: 'STALE', staleBecause, endedAt: now().toISOString() };
  }
  const isLast = accounts.length < MAX_IN_PART;
  return {
    ...record,
    ...(isLast ? { phase: 'ADOPTING', cursor: null } : { cursor: accounts.at(-1)?.accountId ?? null }),
  };
}

async function changedProposals({ ledger }: VerifyPorts, record: AdoptionRecord): Promise<string | null> {
  if (record.cursor !== null) return null;
  const { hash } = await sumOfProposals(ledger, record.id);
  return hash === record.proposalsHash ? null : `The proposals are not those that were consented to. ${ASK_AGAIN}`;
}

async function changedAccount(
  { tags }: VerifyPorts,
  inventory: Inventory,
  accounts: readonly AdoptionAccount[],
): Promise<string | null> {
  const byId = new Map(inventory.accounts.map((account) => [account.id, account]));
  const services = new Map(inventory.serviceAccounts.map((account) => [account.id, account.what]));
  for (const account of accounts) {
    if (account.state !== 'PROPOSED' || account.refusal !== null) continue;
    const { accountId, tagsHash } = account;
    const found = { ...NOT_FOUND, ...byId.get(accountId) };
    const known = { owner: inventory.tenants.get(accountId), service: services.get(accountId) };
    const change = changeOf(account, found, known);
    if (change !== null) return changed(accountId, change);
    const hasOtherTags = tagsHash !== null && contentHash(await tags.list(accountId)) !== tagsHash;
    if (hasOtherTags) return changed(accountId, 'has other tags now');
  }
  return null;
}

const NOT_FOUND: FoundPlace = { state: 'no account of the organization', unitsAbove: [] };

type FoundPlace = Pick<Inventory['accounts'][number], 'state' | 'unitsAbove'>;

function changeOf(
  { place }: AdoptionAccount,
  found: FoundPlace,
  { owner, service }: { readonly owner: string | undefined; readonly service: string | undefined },
): string | null {
  if (owner !== undefined) return `belongs to tenant ${owner} now`;
  if (service !== undefined) return `is ${service} now`;
  if (found.state !== place.state) return `is ${found.state ?? 'in no known state'} now`;
  if (found.unitsAbove.join(' ') === place.unitsAbove.join(' ')) return null;
  const [[unit], [before]] = [found.unitsAbove, place.unitsAbove];
  if (unit === before && unit !== undefined) return `is in ${unit} as before, which has another unit above it now`;
  return `is in ${unit ?? 'another unit'} now, and was in ${before ?? 'none'}`;
}

const changed = (accountId: string, what: string): string =>
  `The organization has changed since the proposals were made: account ${accountId} ${what}. Nothing was adopted. ${ASK_AGAIN}`;

const ASK_AGAIN = 'Ask for new proposals (POST /adoptions?dryRun=true).';
