import type { AdoptionRecord, AdoptionWish } from '../domain/adoption/adoption';
import { type Inventory, listedAccounts } from '../domain/adoption/listed-accounts';
import { listed } from '../domain/base/fault';
import type { Configuration } from '../domain/configuration/configuration';
import { accountOfLandingZone, configuredServiceAccounts, ownAccount } from '../domain/configuration/service-accounts';
import { addAccounts } from '../ledger/adoption/adoption-accounts';
import { readWish } from '../ledger/adoption/adoptions';
import { tenantsOfAccounts } from '../ledger/tenants/tenants-at';
import type { ControlTower } from '../ports/control-tower';
import type { LedgerStore } from '../ports/ledger-store';
import type { OrganizationInventory } from '../ports/organizations';
import type { OwnAccount } from '../ports/own-account';

export interface ListPorts {
  readonly ledger: LedgerStore;
  readonly configuration: Configuration;
  readonly inventory: OrganizationInventory;
  /** Null where accounts are not enrolled. */
  readonly controlTower: Pick<ControlTower, 'landingZone'> | null;
  readonly ownAccount: OwnAccount;
  readonly now: () => Date;
}

/** Lists the accounts that may become tenants, or tells everything that is wrong with the mapping. */
export async function listAccounts(ports: ListPorts, record: AdoptionRecord): Promise<AdoptionRecord> {
  const { ledger, configuration, now } = ports;
  const wish = await wishOf(ledger, record);
  const { accounts, faults } = listedAccounts(wish.mapping, await readInventory(ports), configuration);
  if (faults.length > 0) {
    const told = listed(faults, 'mapping').map(({ field, message }) => ({ field, message }));
    return { ...record, phase: 'REFUSED', faults: told, endedAt: now().toISOString() };
  }
  await addAccounts(ledger, record.id, accounts, now());
  return { ...record, phase: 'JUDGING', cursor: null, accounts: accounts.length };
}

export async function wishOf(ledger: LedgerStore, { id }: AdoptionRecord): Promise<AdoptionWish> {
  const wish = await readWish(ledger, id);
  if (wish === undefined) throw new Error(`The adoption ${id} has lost what was asked for.`);
  return wish;
}

/** Some calls for each thousand accounts, and one read of the ledger for each hundred. */
export async function readInventory({
  ledger,
  configuration: { platform },
  inventory,
  controlTower,
  ownAccount: own,
}: ListPorts): Promise<Inventory> {
  const accounts = await inventory.accounts();
  const landingZone = await controlTower?.landingZone();
  const delegated = await inventory.delegatedAdministrators();
  return {
    accounts,
    tenants: await tenantsOfAccounts(
      ledger,
      accounts.map(({ id }) => id),
    ),
    // The last word counts: a delegated administrator may be known for something else, too.
    serviceAccounts: [
      ...delegated.map((id) => ({ id, what: 'a delegated administrator of an AWS service' })),
      ...(landingZone?.sharedAccounts ?? []).map(accountOfLandingZone),
      ownAccount(await own.id()),
      ...configuredServiceAccounts(platform),
    ],
  };
}
