import type { AdoptionAccount, AdoptionRecord } from '../domain/adoption/adoption';
import { expiryOfProposals, proposalHash } from '../domain/adoption/adoption-token';
import { contentHash } from '../domain/base/json';
import { eachAccount, writeAccount } from '../ledger/adoption/adoption-accounts';
import type { LedgerStore } from '../ports/ledger-store';

export interface SumUpPorts {
  readonly ledger: LedgerStore;
  readonly now: () => Date;
}

/**
 * Ends the proposals: of accounts that would claim the same name the first keeps it, and the token names all that
 * remains. A second call does the same again.
 */
export async function sumUp({ ledger, now }: SumUpPorts, record: AdoptionRecord): Promise<AdoptionRecord> {
  if (record.faults.length > 0) return { ...record, phase: 'REFUSED', endedAt: now().toISOString() };
  const holders = new Map<string, string>();
  let refused = 0;
  for await (const account of eachAccount(ledger, record.id)) {
    const collision = account.refusal === null ? collisionOf(account, holders) : null;
    if (collision !== null) await writeAccount(ledger, record.id, { ...account, refusal: collision }, now());
    if (collision !== null || account.refusal !== null) refused += 1;
  }
  const { hash, accounts } = await sumOfProposals(ledger, record.id);
  const expiresAt = expiryOfProposals(now());
  return { ...record, phase: 'PROPOSED', cursor: null, accounts, refused, proposalsHash: hash, expiresAt };
}

/** The hash of all proposals as the ledger has them, and how many there are. */
export async function sumOfProposals(
  ledger: LedgerStore,
  id: string,
): Promise<{ readonly hash: string; readonly accounts: number }> {
  const hashes: string[] = [];
  for await (const account of eachAccount(ledger, id)) {
    if (account.state !== 'LEFT_OUT') hashes.push(proposalHash(account));
  }
  return { hash: contentHash([id, ...hashes]), accounts: hashes.length };
}

function collisionOf(account: AdoptionAccount, holders: Map<string, string>): AdoptionAccount['refusal'] {
  const taken = account.names.find((name) => holders.has(name));
  if (taken === undefined) {
    for (const name of account.names) holders.set(name, account.accountId);
    return null;
  }
  const [kind = '', ...rest] = taken.split('#');
  return {
    state: 'PlanVending',
    message: `The ${kind.toLowerCase()} "${rest.join('#')}" would belong to account ${holders.get(taken) ?? ''}, which is proposed here, too.`,
    remedy: 'Give the two accounts different projects, or use #{tenantPlatformNumber} in the pattern of this name.',
  };
}
