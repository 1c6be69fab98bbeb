import type { Configuration } from '../configuration/configuration';
import { isInImportUnit } from '../account/import-refusal';
import { accountState } from '../account/account-state';
import { type Fault, shown } from '../base/fault';
import { requestFaults } from '../desired-state/request-faults';
import type { ImportRules, ServiceAccount } from '../plan/plan';
import { importRulesOf } from '../planning/planned-platform';
import type { AdoptionAccount, MappingRow } from './adoption';
import { adoptedTenantUuid } from './proposed-state';

/** An account as AWS Organizations lists it. */
interface InventoryAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: string | null;
  readonly unitsAbove: readonly string[];
}

/** All that is known of the organization, read in bulk. */
export interface Inventory {
  readonly accounts: readonly InventoryAccount[];
  readonly serviceAccounts: readonly ServiceAccount[];
  /** By account. */
  readonly tenants: ReadonlyMap<string, string>;
}

interface Listed {
  readonly accounts: readonly AdoptionAccount[];
  readonly faults: readonly Fault[];
}

/** Which accounts may become tenants, and everything that is wrong with the mapping. Tags have not been read yet. */
export function listedAccounts(
  mapping: readonly MappingRow[] | null,
  inventory: Inventory,
  configuration: Configuration,
): Listed {
  const rules = importRulesOf(configuration.platform);
  if (rules === null) return { accounts: [], faults: [IMPORTS_ARE_OFF] };
  const rows = mapping ?? [];
  const byId = new Map(inventory.accounts.map((account) => [account.id, account]));
  const services = new Map(inventory.serviceAccounts.map((account) => [account.id, account]));
  const faults = rows.flatMap((row, index) => {
    const account = byId.get(row.accountId);
    return [
      ...contentFaults(row, index, configuration),
      ...doubleFaults(rows, index),
      ...accountFaults(row, index, {
        account,
        service: services.get(row.accountId),
        rules,
        tenants: inventory.tenants,
      }),
    ];
  });
  const named = new Map(rows.map((row) => [row.accountId, row]));
  const accounts = inventory.accounts
    .filter(({ id }) => !services.has(id) && !inventory.tenants.has(id))
    .filter((account) => named.has(account.id) || isCandidate(account, rules, mapping !== null))
    .map((account) => newAccount(account, named.get(account.id) ?? null));
  return { accounts, faults };
}

/** Where a tag allows imports and nobody names accounts, the tags of every account decide. */
const isCandidate = (account: InventoryAccount, rules: ImportRules, hasMapping: boolean): boolean =>
  accountState(account.state) === 'open' &&
  (isInImportUnit(rules, account.unitsAbove) || (rules.tag !== null && !hasMapping));

const IMPORTS_ARE_OFF: Fault = {
  field: 'import',
  message:
    'is not in platform.json, so no account may be adopted. Name units or a tag there (docs/import.md), and deploy.',
};

const newAccount = (
  { id, name, email, state, unitsAbove }: InventoryAccount,
  row: MappingRow | null,
): AdoptionAccount => ({
  accountId: id,
  name,
  email,
  row,
  place: { state, unitsAbove: [...unitsAbove] },
  tagsHash: null,
  tenantUuid: adoptedTenantUuid(id),
  desiredState: null,
  changes: null,
  changesLeftOut: 0,
  refusal: null,
  names: [],
  enrolls: false,
  enrollmentCountedAt: null,
  state: 'LISTED',
  reason: null,
});

/** As its author finds it again: `line 7, accountId`. */
const fieldOfRow = ({ line }: MappingRow, index: number, field: string): string =>
  line === null ? `mapping[${index}].${field}` : `line ${line}, ${field}`;

const FIELDS = ['accountId', 'workspace', 'project', 'landingZone'] as const;

/** How a desired state calls what a mapping calls otherwise. */
const FIELD_OF_ROW: Readonly<Record<string, (typeof FIELDS)[number]>> = {
  'tenant.metadata.ownedByWorkspace': 'workspace',
  'tenant.metadata.ownedByProject': 'project',
  'tenant.spec.landingZoneRef.name': 'landingZone',
};

function contentFaults(row: MappingRow, index: number, configuration: Configuration): readonly Fault[] {
  const missing = FIELDS.filter((field) => row[field].trim() === '');
  const given = (field: (typeof FIELDS)[number]): string | undefined =>
    missing.includes(field) ? undefined : row[field];
  const parts = {
    workspaceIdentifier: given('workspace'),
    projectIdentifier: given('project'),
    landingZone: given('landingZone'),
  };
  return [
    ...missing.map((field) => ({ field: fieldOfRow(row, index, field), message: 'is missing. Add it.' })),
    ...requestFaults(parts, configuration).map(({ field, ...fault }) => ({
      ...fault,
      field: fieldOfRow(row, index, FIELD_OF_ROW[field] ?? field),
    })),
  ];
}

function doubleFaults(rows: readonly MappingRow[], index: number): readonly Fault[] {
  const row = rows[index];
  if (row === undefined || row.accountId.trim() === '') return [];
  const first = rows.findIndex(({ accountId }) => accountId === row.accountId);
  const earlier = rows[first];
  if (first === index || earlier === undefined) return [];
  const where = earlier.line === null ? `mapping[${first}]` : `line ${earlier.line}`;
  const message = `is ${shown(row.accountId)}, which ${where} names already. An account becomes one tenant: keep one of the two.`;
  return [{ field: fieldOfRow(row, index, 'accountId'), message, value: row.accountId }];
}

interface Named {
  readonly account: InventoryAccount | undefined;
  readonly service: ServiceAccount | undefined;
  readonly rules: ImportRules;
  readonly tenants: Inventory['tenants'];
}

function accountFaults(row: MappingRow, index: number, named: Named): readonly Fault[] {
  const { accountId } = row;
  if (accountId.trim() === '') return [];
  const problem = problemOf(accountId, named);
  if (problem === null) return [];
  return [
    { field: fieldOfRow(row, index, 'accountId'), message: `is ${shown(accountId)}${problem}`, value: accountId },
  ];
}

function problemOf(accountId: string, { account, service, rules, tenants }: Named): string | null {
  if (!/^\d{12}$/u.test(accountId))
    return '; the id of an account has twelve digits. Write it as text: spreadsheets drop zeros.';
  if (service !== undefined) return `, ${service.what}: it can never be a tenant's. Take the line out.`;
  if (account === undefined)
    return ', which is no account of this organization. Correct it, or invite the account first.';
  const owner = tenants.get(accountId);
  if (owner !== undefined) return `, which belongs to tenant ${owner}. Take the line out.`;
  if (isInImportUnit(rules, account.unitsAbove) || rules.tag !== null) return null;
  const unit = account.unitsAbove[0] ?? 'no unit that AWS names';
  return `, which is in ${unit}: only accounts in or below ${rules.organizationalUnits.join(', ')} may be adopted. Move it, or add its unit to import.organizationalUnits.`;
}
