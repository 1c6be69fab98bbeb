import { IdentitystoreClient, type IdentitystoreClientConfig, paginateListGroups } from '@aws-sdk/client-identitystore';
import {
  type Account,
  OrganizationsClient,
  paginateListAccounts,
  paginateListCreateAccountStatus,
  paginateListTagsForResource,
} from '@aws-sdk/client-organizations';
import { paginateSearchProvisionedProducts, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';

import { productOf } from '../../functions/aws/service-catalog/service-catalog-account-factory';
import { groupMark } from '../../functions/domain/access/tenant-groups';
import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import { plannedIdentityStore } from '../../functions/domain/planning/planned-platform';
import type { FoundAccount, MarkedGroup, OrganizationReading } from './rebuilt-tenants';
import { TENANT_TAG_KEY } from '../../functions/domain/plan/plan';

/** What clients of the management account are made with: a profile, as a rule. */
export type ManagementSettings = Pick<
  IdentitystoreClientConfig,
  'profile' | 'credentials' | 'requestHandler' | 'region'
>;

/** AWS allows few of these calls a second: a throttled call waits, and is repeated. */
const PATIENT = { maxAttempts: 20, retryMode: 'adaptive' } as const;

/**
 * Reads everything from which the ledger can be rebuilt, with read-only rights: accounts with their tags, requests for
 * accounts, groups and provisioned products.
 *
 * @param notify reports the progress
 */
export async function readOrganization(
  settings: ManagementSettings,
  platform: PlatformConfiguration,
  notify: (text: string) => void,
): Promise<OrganizationReading> {
  const organizations = new OrganizationsClient({ region: platform.region, ...PATIENT, ...settings });
  const accounts = await readAccounts(organizations, notify);
  return {
    accounts,
    requests: await readRequests(organizations),
    groups: await readGroups(settings, platform),
    products: await readProducts(settings, platform),
  };
}

async function readAccounts(client: OrganizationsClient, notify: (text: string) => void): Promise<FoundAccount[]> {
  const listed: Account[] = [];
  for await (const { Accounts = [] } of paginateListAccounts({ client }, { MaxResults: 20 })) listed.push(...Accounts);
  const found: FoundAccount[] = [];
  for (const account of listed) {
    found.push(await withTag(client, account));
    if (found.length % TOLD_EVERY === 0) notify(`${found.length} of ${listed.length} accounts read.\n`);
  }
  return found;
}

const TOLD_EVERY = 500;

async function withTag(client: OrganizationsClient, account: Account): Promise<FoundAccount> {
  const { Id: id = '', Arn: arn = '', Name: name = '', Email: email = '', State } = account;
  let tenantUuid: string | null = null;
  for await (const { Tags = [] } of paginateListTagsForResource({ client }, { ResourceId: id })) {
    tenantUuid = Tags.find(({ Key }) => Key === TENANT_TAG_KEY)?.Value ?? tenantUuid;
  }
  const isInvited = account.JoinedMethod === 'INVITED';
  return {
    id,
    arn,
    name,
    email,
    state: State ?? null,
    joinedAt: account.JoinedTimestamp ?? null,
    isInvited,
    tenantUuid,
  };
}

async function readRequests(client: OrganizationsClient): Promise<OrganizationReading['requests']> {
  const found: OrganizationReading['requests'][number][] = [];
  const input = { States: ['IN_PROGRESS' as const], MaxResults: 20 };
  for await (const { CreateAccountStatuses = [] } of paginateListCreateAccountStatus({ client }, input)) {
    found.push(
      ...CreateAccountStatuses.map(({ Id = '', AccountName = null }) => ({ id: Id, accountName: AccountName })),
    );
  }
  return found;
}

/** Groups made by SCIM have no description: the next runs find them by their names. */
async function readGroups(settings: ManagementSettings, platform: PlatformConfiguration): Promise<MarkedGroup[]> {
  const store = plannedIdentityStore(platform);
  if (store?.scim !== null) return [];
  const { identityStoreId, region } = store;
  const client = new IdentitystoreClient({ ...PATIENT, ...settings, region });
  const found: MarkedGroup[] = [];
  for await (const { Groups = [] } of paginateListGroups({ client }, { IdentityStoreId: identityStoreId })) {
    for (const { GroupId: groupId = '', DisplayName: name = '', Description = '' } of Groups) {
      const tenantUuid = Description.slice(MARK.length);
      if (Description.startsWith(MARK)) found.push({ identityStoreId, groupId, name, tenantUuid });
    }
  }
  return found;
}

const MARK = groupMark('');

async function readProducts(
  settings: ManagementSettings,
  { enrollmentConfiguration }: PlatformConfiguration,
): Promise<OrganizationReading['products']> {
  if (enrollmentConfiguration === undefined) return [];
  const { region } = enrollmentConfiguration;
  const client = new ServiceCatalogClient({ ...PATIENT, ...settings, region });
  const level = { Key: 'Account', Value: 'self' } as const;
  const found: OrganizationReading['products'][number][] = [];
  for await (const page of paginateSearchProvisionedProducts({ client }, { AccessLevelFilter: level, PageSize: 100 })) {
    found.push(...(page.ProvisionedProducts ?? []).map(productOf));
  }
  return found;
}
