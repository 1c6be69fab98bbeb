import { accountState } from '../../functions/domain/account/account-state';
import type { Account, Closure, GroupRecord, Enrollment } from '../../functions/domain/records/account-records';
import { chosenProduct, isHealthy } from '../../functions/domain/enrollment/provisioned-products';
import { type ServiceAccount, TENANT_TAG_KEY } from '../../functions/domain/plan/plan';
import { serviceAccountOf } from '../../functions/domain/configuration/service-accounts';

/** What AWS knows when the ledger knows nothing. */
export interface OrganizationReading {
  readonly accounts: readonly FoundAccount[];
  /** Requests for accounts that are not over. */
  readonly requests: readonly { readonly id: string; readonly accountName: string | null }[];
  /** Groups that carry the mark of a tenant. */
  readonly groups: readonly MarkedGroup[];
  readonly products: readonly FoundProduct[];
}

export interface FoundAccount extends Pick<Account, 'id' | 'arn' | 'name' | 'email'> {
  readonly state: string | null;
  readonly joinedAt: Date | null;
  /** It was made elsewhere, and invited into the organization. */
  readonly isInvited: boolean;
  /** By its tag. */
  readonly tenantUuid: string | null;
}

export interface MarkedGroup {
  readonly identityStoreId: string;
  readonly name: string;
  readonly groupId: string;
  readonly tenantUuid: string;
}

export interface FoundProduct {
  readonly id: string;
  readonly name: string;
  readonly status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED' | 'ERROR';
  readonly hasSucceeded: boolean;
  readonly lastRecordId: string | null;
  readonly accountId: string | null;
}

export interface RebuildRules {
  readonly serviceAccounts: readonly ServiceAccount[];
  /**
   * Whether accounts that were there already may have become tenants': what was not certainly made for its tenant is
   * not closed with it then.
   */
  readonly mayHaveImported: boolean;
}

/** What of a tenant's record can be known again. */
export interface RebuiltTenant {
  readonly tenantUuid: string;
  readonly account: Account;
  readonly enrollment: Enrollment | null;
  readonly groups: readonly GroupRecord[];
  /** Null: the account is not closed, nor being closed. */
  readonly closure: Closure | null;
}

/** Something that a person has to look at; nothing is written about it. */
export interface RebuildFinding {
  /** An account, a request, a group or a tenant. */
  readonly about: string;
  readonly message: string;
  readonly remedy: string;
}

export interface Rebuilt {
  readonly tenants: readonly RebuiltTenant[];
  readonly findings: readonly RebuildFinding[];
}

/**
 * The tenants that a reading of the organization tells. The account's tag alone says whose it is: two accounts of one
 * tenant, a tag that names no tenant, and the account of a service are told and left alone. Pure, and the same for the
 * same reading.
 */
export function rebuiltTenants(reading: OrganizationReading, rules: RebuildRules, now: Date): Rebuilt {
  const tagged = reading.accounts.flatMap((account) => {
    const { tenantUuid } = account;
    return tenantUuid === null ? [] : [{ ...account, tenantUuid }];
  });
  const judged = tagged.map((account) => ({ account, finding: findingOn(account, tagged, rules) }));
  const good = judged.filter(({ finding }) => finding === undefined).map(({ account }) => account);
  return {
    tenants: good.map((account) => tenantOf(account, reading, rules, now)),
    findings: [
      ...judged.flatMap(({ finding }) => finding ?? []),
      ...good.flatMap(statusOf),
      ...reading.requests.map(unfinished),
      ...reading.groups.filter(({ tenantUuid }) => !tagged.some((one) => one.tenantUuid === tenantUuid)).map(orphaned),
    ],
  };
}

type TaggedAccount = FoundAccount & { readonly tenantUuid: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

function findingOn(
  account: TaggedAccount,
  tagged: readonly TaggedAccount[],
  { serviceAccounts }: RebuildRules,
): RebuildFinding | undefined {
  const { id, tenantUuid } = account;
  const service = serviceAccountOf(id, serviceAccounts);
  if (service !== undefined) {
    return {
      about: id,
      message: `The account is ${service.what}, and carries the tag ${TENANT_TAG_KEY} (${tenantUuid}).`,
      remedy: "Take the tag off it in AWS Organizations: it can be no tenant's.",
    };
  }
  if (!UUID.test(tenantUuid)) {
    return {
      about: id,
      message: `The tag ${TENANT_TAG_KEY} of the account is "${tenantUuid}", which is no uuid.`,
      remedy: "Correct the tag in AWS Organizations to the uuid of the account's tenant, and rebuild again.",
    };
  }
  const others = tagged.filter((one) => one.tenantUuid === tenantUuid && one.id !== id).map((one) => one.id);
  if (others.length === 0) return undefined;
  return {
    about: id,
    message: `The account carries the tag of tenant ${tenantUuid}, and so does ${others.join(', ')}. A tenant has one account.`,
    remedy: "Find out which of them is the tenant's, take the tag off the others, and rebuild again.",
  };
}

function tenantOf(
  found: TaggedAccount,
  { groups, products }: OrganizationReading,
  { mayHaveImported }: RebuildRules,
  now: Date,
): RebuiltTenant {
  const { id, arn, name, email, tenantUuid, joinedAt, isInvited } = found;
  const knownSince = (joinedAt ?? now).toISOString();
  return {
    tenantUuid,
    account: { id, arn, name, email, knownSince, imported: isInvited || mayHaveImported },
    enrollment: enrollmentOf(found, products, now),
    groups: groups
      .filter((group) => group.tenantUuid === tenantUuid)
      .map((group) => ({ identityStoreId: group.identityStoreId, name: group.name, groupId: group.groupId })),
    closure: closureOf(found, now),
  };
}

/**
 * What the Account Factory has made of it. How it stands is looked at by the next run; that there is something to be
 * looked at is known from here.
 */
function enrollmentOf({ id, tenantUuid }: TaggedAccount, all: readonly FoundProduct[], now: Date): Enrollment | null {
  const isOwn = ({ name }: FoundProduct): boolean => name.includes(`${id}-${tenantUuid.slice(0, 8)}-`);
  const products = all.filter((one) => one.accountId === id || (one.accountId === null && isOwn(one)));
  if (products.length === 0) return null;
  const own = products.find(isOwn)?.name ?? null;
  // Of two that are healthy the next run says what is to be done.
  const product = products.filter(isHealthy).length > 1 ? undefined : chosenProduct(id, products, own);
  return {
    phase: 'ended',
    kind: 'update',
    attempt: 0,
    recordId: product?.lastRecordId ?? null,
    requestHash: null,
    productName: own,
    askedAt: now.toISOString(),
    busySince: null,
    hasPaused: false,
    failures: 0,
  };
}

function closureOf({ state }: FoundAccount, now: Date): Closure | null {
  const standing = accountState(state);
  if (standing !== 'closed' && standing !== 'closing') return null;
  return { phase: standing === 'closed' ? 'closed' : 'accepted', askedAt: now.toISOString(), failures: 0 };
}

/** Nobody can use it, and it is not closed. */
function statusOf({ id, state, tenantUuid }: TaggedAccount): readonly RebuildFinding[] {
  const standing = accountState(state);
  if (standing !== 'barred' && standing !== 'unknown') return [];
  return [
    {
      about: id,
      message: `The account of tenant ${tenantUuid} is ${state ?? ''} in AWS.`,
      remedy: 'The tenant is rebuilt; its runs fail until AWS shows the account as ACTIVE.',
    },
  ];
}

/** AWS gives neither its e-mail nor its tags: whose it is, only the account tells, when it is there. */
const unfinished = ({ id, accountName }: OrganizationReading['requests'][number]): RebuildFinding => ({
  about: id,
  message: `AWS is making the account "${accountName ?? ''}", and does not say whose it is.`,
  remedy: 'Wait until it is made, which takes minutes, and rebuild again before anything is started.',
});

const orphaned = ({ groupId, name, tenantUuid }: MarkedGroup): RebuildFinding => ({
  about: groupId,
  message: `The group "${name}" carries the mark of tenant ${tenantUuid}, and the organization has no account of this tenant.`,
  remedy: 'If the tenant is gone, delete the group in IAM Identity Center.',
});
