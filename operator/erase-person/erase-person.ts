import * as z from 'zod';

import { TENANT_SORT } from '../../functions/ledger/base/keys';
import { type LedgerStore, type StoredItem, VersionConflictError } from '../../functions/ports/ledger-store';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { erased, type Erasing, fieldsNaming } from './erased';
import { isOf, type Person, personOf } from './person';
import {
  allTenants,
  isOfResumableRun,
  isWanted,
  itemsOf,
  peopleOf,
  type TenantItems,
  type TenantPeople,
} from './tenant-items';

export interface ErasePersonArguments {
  readonly json: boolean;
  /** E-mail, euid, meshIdentifier or username of one person. */
  readonly names: readonly string[];
  /** Without it nothing is written. */
  readonly apply: boolean;
}

export interface ErasePersonDeps {
  readonly ledger: LedgerStore;
  /** Replaces the person's names. It is random for each run, since it must not lead back to them. */
  readonly pseudonym: string;
}

/** An item that still holds data of the person. Names nobody, like all of the report. */
interface Place {
  readonly tenantUuid: string;
  readonly item: string;
  readonly reason: string;
}

/** What is said of an erasure, to be kept as its record. */
export interface ErasureReport {
  readonly act: 'erase-person';
  readonly at: string;
  readonly dryRun: boolean;
  readonly pseudonym: string;
  readonly tenants: readonly string[];
  readonly items: number;
  readonly left: readonly Place[];
}

/**
 * `vendings erase-person`: replaces a person by a pseudonym, everywhere in the ledger. Items are written one
 * by one, so it may be killed anywhere and run again; a second call finds nobody of that name and writes nothing.
 *
 * @returns 1: something was left that names the person
 * @throws OperatorError when the person still has access: the next desired state would write the names again
 */
export async function erasePerson(
  { ledger, pseudonym }: ErasePersonDeps,
  { json, names, apply }: ErasePersonArguments,
  { print, notify, now }: Pick<CommandContext, 'print' | 'notify' | 'now'>,
): Promise<number> {
  const at = now();
  const uuids = await allTenants(ledger);
  const people: TenantPeople[] = [];
  for (const tenantUuid of uuids) people.push(await peopleOf(ledger, tenantUuid));
  const person = personOf(
    names,
    people.flatMap(({ all }) => all),
  );
  refuseAccess(people, person);
  notify(`The person is called ${[...person.names].join(', ')} in the ledger.\n`);
  const results: ErasureOfTenant[] = [];
  for (const tenantUuid of uuids) {
    results.push(await eraseIn(ledger, await itemsOf(ledger, tenantUuid, at), { person, pseudonym }, apply));
  }
  const report: ErasureReport = {
    act: 'erase-person',
    at: at.toISOString(),
    dryRun: !apply,
    pseudonym,
    tenants: results.flatMap(({ tenantUuid, items }) => (items > 0 ? [tenantUuid] : [])),
    items: results.reduce((sum, { items }) => sum + items, 0),
    left: results.flatMap(({ left }) => left),
  };
  print(json ? `${JSON.stringify(report)}\n` : inWords(report));
  return report.left.length === 0 ? 0 : 1;
}

function refuseAccess(people: readonly TenantPeople[], person: Person): void {
  const open = people.filter(({ wanted }) => wanted.some((entry) => isOf(person, entry)));
  if (open.length === 0) return;
  throw new OperatorError(
    `The person still has access: the newest desired state names them in ${open.length === 1 ? 'the tenant' : 'the tenants'} ` +
      `${open.map(({ tenantUuid }) => tenantUuid).join(', ')}.\nTake the person out of these projects where their people are kept (meshStack), wait until the ` +
      'desired states that follow are vended, and run the command again. Nothing was written.',
  );
}

interface ErasureOfTenant {
  readonly tenantUuid: string;
  readonly items: number;
  readonly left: readonly Place[];
}

async function eraseIn(
  ledger: LedgerStore,
  tenant: TenantItems,
  erasing: Erasing,
  apply: boolean,
): Promise<ErasureOfTenant> {
  const { tenantUuid } = tenant;
  const left: Place[] = [];
  let items = 0;
  for (const item of tenant.items) {
    const data = erased(item.data, erasing, changeable(tenant, item));
    const isTouched = JSON.stringify(data) !== JSON.stringify(item.data);
    const reason = isTouched ? (obstacle(tenant, item) ?? (apply ? await written(ledger, item, data) : null)) : null;
    if (isTouched && reason === null) items += 1;
    const reasons = reason === null ? fieldsNaming(data, erasing.person).map(stillNamed) : [reason];
    left.push(...reasons.map((each) => ({ tenantUuid, item: item.key.sort, reason: each })));
  }
  return { tenantUuid, items, left };
}

/**
 * In a tenant's own item only the shown refusal can change: the rest is about its account and its groups. In the
 * desired state that counts only the contact can change: the rest decides what is in AWS, and belongs to its sender.
 */
function changeable(tenant: TenantItems, item: StoredItem): string | undefined {
  if (item.key.sort === TENANT_SORT) return 'rejection';
  return isWanted(tenant, item) ? 'desiredState.projectCreatorEmail' : undefined;
}

function obstacle(tenant: TenantItems, item: StoredItem): string | null {
  if (tenant.tenant?.activeRun != null)
    return 'A run of the tenant is at work. Run the command again when it has ended.';
  return isOfResumableRun(tenant, item)
    ? 'The run has failed and is replayed by this plan. Replay it and run the command again, or let the plan expire: 30 days after the run.'
    : null;
}

const stillNamed = (field: string): string =>
  `${field} names the person. Have its sender change it there, or change the account, and run the command again.`;

async function written(ledger: LedgerStore, item: StoredItem, data: unknown): Promise<string | null> {
  const { key, version, listing, expiresAt, filters } = item;
  const beside = {
    ...(listing && { listing }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(filters && { filters }),
  };
  try {
    await ledger.commit([{ key, expectedVersion: version, data: z.looseObject({}).parse(data), ...beside }]);
    return null;
  } catch (error) {
    if (error instanceof VersionConflictError) return 'It was changed meanwhile. Run the command again.';
    throw error;
  }
}

function inWords({ dryRun, pseudonym, tenants, items, left }: ErasureReport): string {
  const done = dryRun ? 'To be changed' : `Changed, with ${pseudonym} in the place of the person`;
  return [
    `${done}: ${items} items of ${tenants.length} tenants${tenants.length === 0 ? '' : ` (${tenants.join(', ')})`}.`,
    ...left.map(({ tenantUuid, item, reason }) => `Left: ${item} of ${tenantUuid}. ${reason}`),
    ...(dryRun ? ['Nothing was written: this was a dry run. --apply writes.'] : []),
    '',
  ].join('\n');
}
