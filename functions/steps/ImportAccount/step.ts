import { accountRemedy, accountState } from '../../domain/account/account-state';
import { RejectedError, TransientError } from '../../domain/base/errors';
import { notAllowed, servesOthers, hasImportTag, isInImportUnit } from '../../domain/account/import-refusal';
import type { Change } from '../../domain/records/ledger-records';
import { accountOfLandingZone, ownAccount, serviceAccountOf } from '../../domain/configuration/service-accounts';
import { TENANT_TAG_KEY } from '../../domain/plan/plan';
import { secondsBetween, type Step, type StepContext, type StepReport } from '../../domain/run/step-context';
import type { AccountDirectory, AccountTags, DirectoryAccount, OrganizationTree } from '../../ports/organizations';
import type { TenantRepository } from '../../ports/repositories';
import type { ControlTower } from '../../ports/control-tower';
import type { MemberAccess, RegionSetups } from '../../ports/iam';
import type { OwnAccount } from '../../ports/own-account';
import { cannotBeEnrolled, enrollmentObstacles, type RegionSetup } from '../../domain/enrollment/enrollment-obstacles';
import { isGoverned } from '../../domain/enrollment/governance';

export interface ImportAccountPorts {
  readonly repository: Pick<TenantRepository, 'recordAccount'>;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
  readonly access: MemberAccess;
  readonly tags: Pick<AccountTags, 'list' | 'put'>;
  readonly tree: Pick<OrganizationTree, 'parentOf'>;
  readonly own: OwnAccount;
  readonly controlTower: Pick<ControlTower, 'landingZone' | 'governanceOf'>;
  readonly regions: RegionSetups;
}

/** A role that was made a moment ago is not known everywhere; AWS reckons with seconds. */
const ROLE_SECONDS = 60;

/**
 * Makes an account that is there the tenant's: looks whether it can be, claims it in the ledger, and ties it to the
 * tenant by its tag. What the landing zone wants of it is the business of the states that follow, which treat it like
 * any other.
 *
 * All that can be refused is looked at before anything is written. Two tenants that ask for one account at once meet in
 * the ledger: its claim is written once. Killed in between, or entered again, it finds claim and tag and writes
 * nothing. Whether it may be imported is decided before the claim and not again: an account that is moved, or loses its
 * tag, after it was claimed is the tenant's.
 *
 * The management account is only claimed, in the ledger: it carries none of our tags, and nobody enters it.
 *
 * @throws RejectedError when the account is not in the organization or not active, serves others, belongs to another
 * tenant, may not be imported by the configuration, its access role lets nobody in, or Control Tower could not enroll
 * it
 */
export function importAccount(ports: ImportAccountPorts): Step {
  const { repository, directory, access, tags } = ports;
  return async (context) => {
    const { plan, tenant, now } = context;
    if (plan.existingAccountId === null) return { result: { imported: false } };
    const account = checkedAccount(plan.existingAccountId, await directory.describeAccount(plan.existingAccountId));
    await refuseServiceAccount(ports, context, account);
    if (plan.accessOnly === true) return claimForAccess(ports, context, account);
    const carried = await tags.list(account.id);
    const tag = carried[TENANT_TAG_KEY] ?? null;
    if (tag !== null && tag !== tenant.tenantUuid) throw anothers(account, tag);
    if (tenant.account === null) await refuseUnlessAllowed(ports, context, account, carried);
    const entry = { accountId: account.id, accessRole: plan.account.accessRole };
    if (!(await access.canEnter(entry))) throw closed(context, account);
    if (tenant.account === null) await refuseUnlessEnrollable(ports, context, account);
    const { id, arn, name, email } = account;
    const changes: Change[] = tenant.account === null ? [{ what: 'account', from: null, to: id }] : [];
    await repository.recordAccount({ id, arn, name, email, knownSince: now.toISOString(), imported: true });
    if (tag === null) {
      await tags.put(id, { [TENANT_TAG_KEY]: tenant.tenantUuid });
      changes.push({ what: `tag ${TENANT_TAG_KEY}`, from: null, to: tenant.tenantUuid });
    }
    return { result: { imported: true }, changes };
  };
}

async function claimForAccess(
  { repository }: Pick<ImportAccountPorts, 'repository'>,
  { tenant, now }: StepContext,
  { id, arn, name, email }: DirectoryAccount,
): Promise<StepReport> {
  const changes: Change[] = tenant.account === null ? [{ what: 'account', from: null, to: id }] : [];
  await repository.recordAccount({ id, arn, name, email, knownSince: now.toISOString(), imported: true });
  return { result: { imported: true }, changes };
}

function checkedAccount(id: string, account: DirectoryAccount | undefined): DirectoryAccount {
  if (account === undefined) {
    throw new RejectedError(
      `The organization has no account ${id}, which tenant.spec.platformTenantId names: it cannot be imported.`,
      'Invite the account into the organization and accept the invitation there, or correct platformTenantId; then replay this run.',
    );
  }
  if (accountState(account.state) !== 'open') {
    throw new RejectedError(
      `The account ${id} ("${account.name}") is ${account.state ?? ''}: only an ACTIVE account can be imported.`,
      `${accountRemedy(account.state)}, or correct platformTenantId; then replay this run.`,
    );
  }
  return account;
}

/** Whatever role it holds: an account of which every tenant's depends can be no tenant's. */
async function refuseServiceAccount(
  { own, controlTower }: ImportAccountPorts,
  { plan: { controlTowerRegion, serviceAccounts } }: StepContext,
  account: DirectoryAccount,
): Promise<void> {
  const landingZone = controlTowerRegion === null ? undefined : await controlTower.landingZone();
  const served = serviceAccountOf(account.id, [
    ...serviceAccounts,
    ownAccount(await own.id()),
    ...(landingZone?.sharedAccounts ?? []).map(accountOfLandingZone),
  ]);
  if (served !== undefined) throw servesOthers(account, served);
}

/** One look tells where the account is; units are never moved, so what is above them may be read after that. */
async function refuseUnlessAllowed(
  { tree }: ImportAccountPorts,
  { plan: { import: rules } }: StepContext,
  account: DirectoryAccount,
  carried: Readonly<Record<string, string>>,
): Promise<void> {
  if (rules !== null && hasImportTag(rules, carried)) return;
  const unit = await tree.parentOf(account.id);
  const above = [unit];
  for (let last = unit; rules !== null && !isInImportUnit(rules, above) && !last.startsWith('r-');) {
    last = await tree.parentOf(last);
    above.push(last);
  }
  if (rules === null || !isInImportUnit(rules, above)) throw notAllowed(account, unit, rules);
}

function anothers({ id, name }: DirectoryAccount, tenantUuid: string): RejectedError {
  return new RejectedError(
    `The account ${id} ("${name}") belongs to tenant ${tenantUuid}, as its tag ${TENANT_TAG_KEY} says: it cannot be imported.`,
    'Correct platformTenantId. If that tenant is gone for good and this one is to have its account, take the tag off the account in AWS ' +
      'Organizations first; then replay this run.',
  );
}

/** AWS says the same of a role that is not there, that trusts others, and that is not known everywhere yet. */
function closed({ plan, now, stateEnteredAt }: StepContext, { id }: DirectoryAccount): Error {
  const { accessRole } = plan.account;
  const reason = `The role ${accessRole} of account ${id} cannot be assumed`;
  if (secondsBetween(stateEnteredAt, now) < ROLE_SECONDS) return new TransientError(`${reason}, perhaps not yet.`);
  return new RejectedError(
    `${reason}: an account is imported through it.`,
    `Make the role in the account, with the policy AdministratorAccess and a trust of the role that enters accounts (docs/import.md shows it), see that no ` +
      'service control policy denies it, and replay this run.',
  );
}

interface EnrollabilityPorts {
  readonly controlTower: Pick<ControlTower, 'landingZone' | 'governanceOf'>;
  readonly regions: RegionSetups;
}

/**
 * Looks at what keeps Control Tower from enrolling an account that was there before, in every region that it governs:
 * it would tell half an hour later, and leave a product that has failed. An account that is governed already has passed
 * that, whatever it has set up.
 */
async function refuseUnlessEnrollable(
  { controlTower, regions }: EnrollabilityPorts,
  { plan: { account, enrollment } }: StepContext,
  found: DirectoryAccount,
): Promise<void> {
  if (enrollment === null || isGoverned(await controlTower.governanceOf(found.arn))) return;
  const governed = (await controlTower.landingZone())?.governedRegions ?? [enrollment.region];
  const entry = { accountId: found.id, accessRole: account.accessRole };
  const setups: RegionSetup[] = [];
  for (const region of governed) setups.push(await regions.of(entry, region));
  const obstacles = enrollmentObstacles(setups);
  if (obstacles.length > 0) throw cannotBeEnrolled(found, obstacles);
}
