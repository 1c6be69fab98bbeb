import { RejectedError } from '../base/errors';
import type { ImportRules, ServiceAccount, VendingPlan } from '../plan/plan';
import { pinnedCreation } from '../records/account-records';
import type { TenantRecord } from '../records/ledger-records';

/** The unit that an account is in, and the tags that it carries. */
interface AccountPlace {
  /** From the unit (or root) that it is in up to the root. */
  readonly unitsAbove: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export const hasImportTag = ({ tag }: ImportRules, tags: AccountPlace['tags']): boolean =>
  tag !== null && Object.hasOwn(tags, tag.key) && tags[tag.key] === tag.value;

export const isInImportUnit = ({ organizationalUnits }: ImportRules, unitsAbove: AccountPlace['unitsAbove']): boolean =>
  organizationalUnits.some((unit) => unitsAbove.includes(unit));

/** What the rules allow, as the rest of a sentence. */
function allowedImports({ organizationalUnits, tag }: ImportRules): string {
  const units = organizationalUnits.length === 0 ? [] : [`in or below ${organizationalUnits.join(', ')}`];
  return [...units, ...(tag === null ? [] : [`with the tag ${tag.key} = ${tag.value}`])].join(', or ');
}

interface NamedAccount {
  readonly id: string;
  readonly name: string;
}

/** Refuses an account that serves all tenants. */
export const servesOthers = ({ id, name }: NamedAccount, { what }: ServiceAccount): RejectedError =>
  new RejectedError(
    `tenant.spec.platformTenantId is ${id} ("${name}"), ${what}: it can never be a tenant's.`,
    'Send the desired state with another account or null there, and with a higher replicationSequence.',
  );

/**
 * Refuses an account that the configuration does not allow. The plan keeps the rules of its time, so a change of them
 * counts from the next desired state on.
 *
 * @param unit that it is in
 */
export function notAllowed({ id, name }: NamedAccount, unit: string, rules: ImportRules | null): RejectedError {
  const found = `tenant.spec.platformTenantId is ${id} ("${name}"), which is in ${unit}`;
  const setting =
    `add ${unit} to import.organizationalUnits in platform.json, or configure import.tag and put that tag on the account; deploy, and send the desired ` +
    'state with a higher replicationSequence.';
  if (rules === null) {
    return new RejectedError(
      `${found}: imports are off, so the account cannot be imported.`,
      `To allow it, ${setting}`,
    );
  }
  const { tag } = rules;
  const here =
    tag === null
      ? 'Move the account into one of these units'
      : `Put the tag ${tag.key} = ${tag.value} on the account in AWS Organizations`;
  return new RejectedError(
    `${found}: only accounts ${allowedImports(rules)} may be imported.`,
    `${here} and replay this run. Or ${setting}`,
  );
}

/**
 * Whether the run is to import an account: the desired state names one, and the tenant has none. Senders name the
 * account of a tenant in every desired state once they know it, so the one that the tenant has is nothing new.
 *
 * @throws RejectedError when the tenant has another account, or is about to get one
 */
export function isImport(
  { existingAccountId }: Pick<VendingPlan, 'existingAccountId'>,
  tenant: Pick<TenantRecord, 'account' | 'creation'>,
): boolean {
  if (existingAccountId === null) return false;
  const { account } = tenant;
  if (account !== null) {
    if (account.id !== existingAccountId) throw hasAnother(existingAccountId, account.id);
    return false;
  }
  const asked = pinnedCreation(tenant);
  if (asked === null) return true;
  if (asked.madeAccountId !== existingAccountId) throw isBeingMade(existingAccountId, asked.accountName);
  return false;
}

function hasAnother(wanted: string, actual: string): RejectedError {
  return new RejectedError(
    `tenant.spec.platformTenantId is ${wanted}, but this tenant has account ${actual}; a tenant keeps its account.`,
    `Send the desired state with ${actual} or null there and a higher replicationSequence. To use ${wanted}, import it for a tenant of its own.`,
  );
}

function isBeingMade(wanted: string, accountName: string): RejectedError {
  return new RejectedError(
    `tenant.spec.platformTenantId is ${wanted}, but AWS was asked for an account for this tenant ("${accountName}") and may have made it.`,
    'Send the desired state with null there and a higher replicationSequence, which finds that account; to import the other one, use a new tenant.',
  );
}
