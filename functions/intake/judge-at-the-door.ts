import type { Configuration } from '../domain/configuration/configuration';
import { readableKey } from '../domain/desired-state/desired-state';
import type { Checked, Fault } from '../domain/base/fault';
import { type Judged, judgeDesiredState, namedAccount } from '../domain/planning/judge-desired-state';
import { accountKnownOf, KNOWN_OFFLINE, type KnownAccounts } from '../domain/records/tenant-account';
import { type Deletion, parseDeletion } from '../domain/desired-state/parse-deletion';
import { sequenceFaults } from '../domain/desired-state/request-faults';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import type { OwnAccount } from '../ports/own-account';

export interface DoorPorts {
  readonly ledger: LedgerStore;
  readonly configuration: Configuration;
  readonly ownAccount: OwnAccount;
  readonly now: () => Date;
}

/**
 * Judges a desired state as it comes in. One that names an account is held against what AWS and the ledger know, so
 * that an import that cannot be is refused before there is a run; of all others nobody is asked.
 */
export async function judgeAtTheDoor(ports: DoorPorts, input: unknown): Promise<Checked<Judged>> {
  const judged = judgeDesiredState(input, ports.configuration, await knownAccounts(ports, input));
  return held(judged, sequenceFaultsOf(ports, input));
}

/** The same of a tenant that is to go; undefined where the input says anything else. */
export function deletionAtTheDoor(ports: DoorPorts, input: unknown): Checked<Deletion> | undefined {
  const deletion = parseDeletion(input);
  return deletion === undefined ? undefined : held(deletion, sequenceFaultsOf(ports, input));
}

/** What depends on the moment in which it comes, and is not judged again when the run is planned. */
function sequenceFaultsOf({ now, configuration }: DoorPorts, input: unknown): readonly Fault[] {
  const key = readableKey(input);
  return key === null ? [] : sequenceFaults(key.replicationSequence, now(), configuration.platform);
}

function held<Value>(judged: Checked<Value>, faults: readonly Fault[]): Checked<Value> {
  if (faults.length === 0) return judged;
  return { ok: false, faults: judged.ok ? faults : [...faults, ...judged.faults] };
}

/** Where a tenant may be the management account, the ledger is asked about each: it is in no other landing zone. */
async function knownAccounts({ ledger, ownAccount, configuration }: DoorPorts, input: unknown): Promise<KnownAccounts> {
  const named = namedAccount(input);
  const isNamed = named !== null && /^\d{12}$/.test(named);
  if (!isNamed && configuration.platform.managementAccountAccess === undefined) return KNOWN_OFFLINE;
  const key = readableKey(input);
  const own = isNamed ? await ownAccount.id() : null;
  return key === null ? { own } : { own, ofTenant: accountKnownOf(await readTenant(ledger, key.tenantUuid)) };
}
