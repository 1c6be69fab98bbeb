import { accountRemedy, accountStanding } from '../../domain/account-standing';
import { RejectedError, TransientError } from '../../domain/errors';
import type { Change } from '../../domain/ledger-records';
import { TENANT_TAG_KEY } from '../../domain/tenant-tag';
import { secondsBetween, type Step, type Vending } from '../../domain/vending';
import type { AccountDirectory, DirectoryAccount } from '../../ports/account-directory';
import type { AccountMemory } from '../../ports/account-memory';
import type { AccountTags } from '../../ports/account-tags';
import type { MemberAccess } from '../../ports/member-account';

export interface ImportAccountPorts {
  readonly memory: Pick<AccountMemory, 'recordAccount'>;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
  readonly access: MemberAccess;
  readonly tags: Pick<AccountTags, 'list' | 'put'>;
}

/** A role that was made a moment ago is not known everywhere; AWS reckons with seconds. */
const ROLE_SECONDS = 60;

/**
 * Makes an account that is there the tenant's: looks whether it can be, claims it in the ledger, and ties it to the tenant by its tag. What the
 * landing zone wants of it is the business of the states that follow, which treat it like any other.
 *
 * All that can be refused is looked at before anything is written. Two tenants that ask for one account at once meet in the ledger: its claim is
 * written once. Killed in between, or entered again, it finds claim and tag and writes nothing.
 *
 * @throws RejectedError when the account is not in the organization or not active, belongs to another tenant, or its access role lets nobody in
 */
export function importAccount({ memory, directory, access, tags }: ImportAccountPorts): Step {
  return async (vending) => {
    const { plan, tenant, now } = vending;
    if (plan.existingAccountId === null) return { result: { imported: false } };
    const account = checkedAccount(plan.existingAccountId, await directory.describeAccount(plan.existingAccountId));
    const tag = (await tags.list(account.id))[TENANT_TAG_KEY] ?? null;
    if (tag !== null && tag !== tenant.tenantUuid) throw anothers(account, tag);
    const entry = { accountId: account.id, accessRole: plan.account.accessRole };
    if (!(await access.canEnter(entry))) throw closed(vending, account);
    const { id, arn, name, email } = account;
    const changes: Change[] = tenant.account === null ? [{ what: 'account', from: null, to: id }] : [];
    await memory.recordAccount({ id, arn, name, email, knownSince: now.toISOString(), imported: true });
    if (tag === null) {
      await tags.put(id, { [TENANT_TAG_KEY]: tenant.tenantUuid });
      changes.push({ what: `tag ${TENANT_TAG_KEY}`, from: null, to: tenant.tenantUuid });
    }
    return { result: { imported: true }, changes };
  };
}

function checkedAccount(id: string, account: DirectoryAccount | undefined): DirectoryAccount {
  if (account === undefined) {
    throw new RejectedError(
      `The organization has no account ${id}, which tenant.spec.platformTenantId names: it cannot be imported.`,
      'Invite the account into the organization and accept the invitation there, or correct platformTenantId; then replay this run.',
    );
  }
  if (accountStanding(account.state) !== 'open') {
    throw new RejectedError(
      `The account ${id} ("${account.name}") is ${account.state ?? ''}: only an ACTIVE account can be imported.`,
      `${accountRemedy(account.state)}, or correct platformTenantId; then replay this run.`,
    );
  }
  return account;
}

function anothers({ id, name }: DirectoryAccount, tenantUuid: string): RejectedError {
  return new RejectedError(
    `The account ${id} ("${name}") belongs to tenant ${tenantUuid}, as its tag ${TENANT_TAG_KEY} says: it cannot be imported.`,
    'Correct platformTenantId. If that tenant is gone for good and this one is to have its account, take the tag off the account in AWS ' +
      'Organizations first; then replay this run.',
  );
}

/** AWS says the same of a role that is not there, that trusts others, and that is not known everywhere yet. */
function closed({ plan, now, stateEnteredAt }: Vending, { id }: DirectoryAccount): Error {
  const { accessRole } = plan.account;
  const reason = `The role ${accessRole} of account ${id} cannot be assumed`;
  if (secondsBetween(stateEnteredAt, now) < ROLE_SECONDS) return new TransientError(`${reason}, perhaps not yet.`);
  return new RejectedError(
    `${reason}: an account is imported through it.`,
    `Make the role in the account, with the policy AdministratorAccess and a trust of MeshfedServiceRole (docs/import.md shows it), see that no ` +
      'service control policy denies it, and replay this run.',
  );
}
