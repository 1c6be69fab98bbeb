import { RejectedError } from '../base/errors';
import { allowedImports, type ImportRules } from '../plan/plan-parts';
import type { ServiceAccount } from '../configuration/service-accounts';

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
