import { RejectedError } from '../../domain/base/errors';
import type { Change } from '../../domain/records/ledger-records';
import type { SamlAccessRecord } from '../../domain/records/account-records';
import type { VendingPlan } from '../../domain/plan/plan';
import { isSamlTrust, SAML_ROLE_PATH, samlProviderArn, samlTrust } from '../../domain/access/role-trust';
import { accountOf, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { MemberEntry, SamlAccess, SamlRole } from '../../ports/iam';

interface Ports {
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly saml: SamlAccess;
}

type Wanted = NonNullable<VendingPlan['samlAccess']>;

/** The account that is worked on, and what is known so far. */
interface Work extends Ports {
  readonly entry: MemberEntry;
  readonly providerArn: string;
  readonly changes: Change[];
  /** What is looked for, made by others, and not there. */
  readonly absent: string[];
  owned: SamlAccessRecord;
}

/**
 * The SAML provider of meshIdB, and one role for each mapping, with its trust and its policies. The ledger knows of
 * each before it is made; what is there already and not ours is left alone. A second run finds all and writes nothing.
 *
 * @throws RejectedError when there is a role or a provider of that name that is not ours, or one of others is not there
 * and that is to fail the run
 */
export async function grantSamlAccess(ports: Ports, context: StepContext, wanted: Wanted): Promise<StepReport> {
  const account = accountOf(context);
  const work: Work = {
    ...ports,
    entry: { accountId: account.id, accessRole: context.plan.account.accessRole },
    providerArn: samlProviderArn(account.arn.split(':')[1] ?? 'aws', account.id, wanted.provider.name),
    changes: [],
    absent: [],
    owned: context.tenant.samlAccess,
  };
  const isThere = await ensureProvider(work, wanted.provider);
  if (isThere) for (const role of wanted.roles) await ensureRole(work, role);
  if (work.absent.length > 0 && wanted.failIfNotFound) throw notFound(work);
  const result = { groups: 0, roles: isThere ? wanted.roles.length : 0 };
  return {
    result,
    changes: work.changes,
    ...(work.absent.length === 0 ? {} : { remark: `${work.absent.join(' ')} ${LATER}` }),
  };
}

const LATER = 'Access comes with the first run after it is there.';

/** @returns whether there is one */
async function ensureProvider(work: Work, { name, metadataDocument: metadata }: Wanted['provider']): Promise<boolean> {
  const { saml, entry, providerArn: arn, owned } = work;
  const found = await saml.findProvider(entry, arn);
  if (metadata === null) {
    if (found === undefined) work.absent.push(`There is no SAML provider ${arn}.`);
    return found !== undefined;
  }
  if (found?.trim() === metadata.trim()) return true;
  if (found !== undefined && owned.provider !== name) throw foreignProvider(arn);
  if (found === undefined) {
    await own(work, { ...owned, provider: name });
    await saml.createProvider(entry, { name, metadata });
  } else {
    await saml.updateProvider(entry, { arn, metadata });
  }
  work.changes.push({ what: `SAML provider ${name}`, from: found === undefined ? null : 'other metadata', to: name });
  return true;
}

async function ensureRole(work: Work, { name, policyArns }: Wanted['roles'][number]): Promise<void> {
  const { saml, entry, providerArn, changes } = work;
  const found = await saml.findRole(entry, name);
  if (policyArns.length === 0) {
    if (found?.trust.includes(providerArn) !== true)
      work.absent.push(`There is no role ${name} that trusts ${providerArn}.`);
    return;
  }
  const isOurs = found?.path === SAML_ROLE_PATH && work.owned.roles.includes(name);
  if (found !== undefined && !isOurs) throw foreignRole(entry, name);
  if (found === undefined) {
    if (!work.owned.roles.includes(name))
      await own(work, { ...work.owned, roles: [...work.owned.roles, name].toSorted() });
    await saml.createRole(entry, { name, path: SAML_ROLE_PATH, trust: samlTrust(providerArn) });
    changes.push({ what: `role ${name}`, from: null, to: name });
  } else {
    await mendRole(work, name, found);
  }
  for (const arn of policyArns.filter((one) => found?.policyArns.includes(one) !== true)) {
    await saml.attachPolicy(entry, name, arn);
    changes.push({ what: `policy of ${name}`, from: null, to: arn });
  }
}

async function mendRole({ saml, entry, providerArn, changes }: Work, name: string, found: SamlRole): Promise<void> {
  if (!isSamlTrust(found.trust, providerArn)) {
    await saml.setTrust(entry, name, samlTrust(providerArn));
    changes.push({ what: `trust of ${name}`, from: 'another trust', to: providerArn });
  }
  if (found.lacksBoundary === true) {
    await saml.setBoundary(entry, name);
    changes.push({ what: `permissions boundary of ${name}`, from: 'none, or another one', to: 'as configured' });
  }
}

/** Written before AWS is asked: what is found there later is ours. */
async function own(work: Work, after: SamlAccessRecord): Promise<void> {
  await work.repository.update('samlAccess', { before: work.owned, after });
  work.owned = after;
}

const foreignProvider = (arn: string): RejectedError =>
  new RejectedError(
    `There is a SAML provider ${arn} with other metadata that this application has not made.`,
    'Delete it, leave metadataDocument out of meshIdB in platform.json to use it as it is, or choose another name, and deploy; then replay this run.',
  );

const foreignRole = ({ accountId }: MemberEntry, name: string): RejectedError =>
  new RejectedError(
    `There is a role ${name} in account ${accountId} that this application has not made.`,
    'Delete it, map the role without policies in meshIdB of platform.json to use it as it is, or choose another awsRole, and deploy; then replay this run.',
  );

const notFound = ({ absent }: Work): RejectedError =>
  new RejectedError(
    absent.join(' '),
    'Make it in the account, or set failIfSAMLIdpOrRoleNotFound of meshIdB in platform.json to false and deploy; then replay this run.',
  );
