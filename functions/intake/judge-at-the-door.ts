import type { Configuration } from '../domain/configuration';
import { readableKey } from '../domain/desired-state';
import type { Checked } from '../domain/fault';
import { type Judged, judgeDesiredState, namedAccount } from '../domain/judge-desired-state';
import { accountKnownOf, KNOWN_OFFLINE, type KnownAccounts } from '../domain/known-accounts';
import { readTenant } from '../ledger/read-run';
import type { LedgerStore } from '../ports/ledger-store';
import type { OwnAccount } from '../ports/own-account';

export interface DoorPorts {
  readonly ledger: LedgerStore;
  readonly configuration: Configuration;
  readonly ownAccount: OwnAccount;
}

/**
 * Judges a desired state as it comes in. One that names an account is held against what AWS and the ledger know, so that an import that cannot be is refused
 * before there is a run; of all others nobody is asked.
 */
export async function judgeAtTheDoor(ports: DoorPorts, input: unknown): Promise<Checked<Judged>> {
  return judgeDesiredState(input, ports.configuration, await knownAccounts(ports, input));
}

async function knownAccounts({ ledger, ownAccount }: DoorPorts, input: unknown): Promise<KnownAccounts> {
  const named = namedAccount(input);
  if (named === null || !/^\d{12}$/.test(named)) return KNOWN_OFFLINE;
  const key = readableKey(input);
  const own = await ownAccount.id();
  return key === null ? { own } : { own, ofTenant: accountKnownOf(await readTenant(ledger, key.tenantUuid)) };
}
