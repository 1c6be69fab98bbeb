import type { Change } from '../../domain/records/ledger-records';
import type { SamlAccessRecord } from '../../domain/records/account-records';
import { SAML_ROLE_PATH, samlProviderArn } from '../../domain/access/role-trust';
import { accountOf, partitionOfAccount, type StepContext } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { MemberEntry, SamlAccess } from '../../ports/iam';

interface Ports {
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly saml: SamlAccess;
}

/** What is known so far of what is ours. */
interface Work extends Ports {
  readonly vending: StepContext;
  readonly entry: MemberEntry;
  readonly changes: Change[];
  owned: SamlAccessRecord;
}

/**
 * Takes away what of meshIdB's roles is no longer mapped: policies, roles, and in the end the provider. Touches what
 * the ledger knows as ours alone. A second run finds nothing and writes nothing.
 */
export async function revokeSamlAccess(ports: Ports, context: StepContext): Promise<readonly Change[]> {
  const { tenant, plan } = context;
  const entry = { accountId: accountOf(context).id, accessRole: plan.account.accessRole };
  const work: Work = { ...ports, vending: context, entry, changes: [], owned: tenant.samlAccess };
  for (const name of tenant.samlAccess.roles) await revokeRole(work, name);
  await revokeProvider(work);
  return work.changes;
}

/**
 * A role of that name that is not below our path was made by somebody else after ours had gone: it stays, and is
 * forgotten.
 */
async function revokeRole(work: Work, name: string): Promise<void> {
  const { saml, entry, changes, vending: context } = work;
  const planned = context.plan.samlAccess?.roles.find((role) => role.name === name && role.policyArns.length > 0);
  const found = await saml.findRole(entry, name);
  const policyArns = found?.path === SAML_ROLE_PATH ? found.policyArns : [];
  for (const arn of policyArns.filter((one) => planned?.policyArns.includes(one) !== true)) {
    await saml.detachPolicy(entry, name, arn);
    changes.push({ what: `policy of ${name}`, from: arn, to: null });
  }
  if (planned !== undefined) return;
  if (found?.path === SAML_ROLE_PATH) {
    await saml.deleteRole(entry, name);
    changes.push({ what: `role ${name}`, from: name, to: null });
  }
  await forget(work, { ...work.owned, roles: work.owned.roles.filter((one) => one !== name) });
}

async function revokeProvider(work: Work): Promise<void> {
  const { saml, entry, changes, vending: context, owned } = work;
  const { provider } = owned;
  if (provider === null || provider === context.plan.samlAccess?.provider.name) return;
  await saml.deleteProvider(entry, samlProviderArn(partitionOfAccount(context), entry.accountId, provider));
  await forget(work, { ...owned, provider: null });
  changes.push({ what: `SAML provider ${provider}`, from: provider, to: null });
}

async function forget(work: Work, after: SamlAccessRecord): Promise<void> {
  await work.repository.update('samlAccess', { before: work.owned, after });
  work.owned = after;
}
