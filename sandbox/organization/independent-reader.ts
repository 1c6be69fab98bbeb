import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IAMClient, paginateListAccountAliases } from '@aws-sdk/client-iam';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  OrganizationsClient,
  paginateListAccounts,
  paginateListParents,
  paginateListTagsForResource,
  type Account,
} from '@aws-sdk/client-organizations';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import * as z from 'zod';
import { type AccessReading, readAccess } from './access-reader';
import { readProvisionedProduct, type ProvisionedProductReading } from './provisioned-product-reader';
import { readRoles, type RoleReading } from './role-reader';
import { readStackInstances, type StackInstanceReading } from './stack-instance-reader';

export interface ReaderOptions {
  /** The URL of the organization; without it, `requestHandler` has to lead there. */
  readonly endpoint?: string;
  readonly requestHandler?: ClientSettings['requestHandler'];
  readonly region: string;
  readonly managementAccountId: string;
  readonly automationAccountId: string;
  /** Default: every account of the organization. */
  readonly accountIds?: readonly string[];
  /**
   * A function of the automation account that answers which payloads a landing-zone function got for an `AccountId`.
   */
  readonly recallFunction?: string;
}

export interface AccountReading extends AccessReading {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The root's id where the account is in no OU. */
  readonly ouId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly alias: string | null;
  readonly roles: readonly RoleReading[];
  /** The instances of every stack set of the automation account in the region. */
  readonly stackInstances: readonly StackInstanceReading[];
  /**
   * The product of Service Catalog, in the management account and the region, by which Control Tower manages the
   * account.
   */
  readonly provisionedProduct: ProvisionedProductReading | null;
  /** Oldest first; empty where no `recallFunction` is given. */
  readonly landingZonePayloads: readonly unknown[];
}

type OrganizationsSettings = NonNullable<ConstructorParameters<typeof OrganizationsClient>[0]>;
type ClientSettings = Pick<OrganizationsSettings, 'endpoint' | 'requestHandler' | 'region' | 'credentials'>;

/**
 * What is really there, read with plain SDK calls as the administrator of each account: no code of the functions and
 * nothing of the model's inside, so it can witness for both. Policy documents come decoded.
 */
export async function readOrganization(options: ReaderOptions): Promise<readonly AccountReading[]> {
  const organizations = new OrganizationsClient(settingsFor(options, options.managementAccountId));
  const readings: AccountReading[] = [];
  for await (const page of paginateListAccounts({ client: organizations }, {})) {
    for (const account of page.Accounts ?? []) {
      if (options.accountIds?.includes(account.Id ?? '') ?? true) {
        readings.push(await readAccount(options, organizations, account));
      }
    }
  }
  return readings;
}

async function readAccount(
  options: ReaderOptions,
  organizations: OrganizationsClient,
  { Id = '', Name = '', Email = '' }: Account,
): Promise<AccountReading> {
  const iam = new IAMClient(settingsFor(options, Id));
  return {
    id: Id,
    name: Name,
    email: Email,
    ouId: await readParent(organizations, Id),
    tags: await readTags(organizations, Id),
    alias: await readAlias(iam),
    roles: await readRoles(iam),
    stackInstances: await readStackInstances(
      new CloudFormationClient(settingsFor(options, options.automationAccountId)),
      Id,
    ),
    provisionedProduct: await readProvisionedProduct(
      new ServiceCatalogClient(settingsFor(options, options.managementAccountId)),
      Id,
    ),
    ...(await readAccess(accessClients(options), Id)),
    landingZonePayloads: await readPayloads(options, Id),
  };
}

/** Identity Center of the region, as the management account administers it. */
function accessClients(options: ReaderOptions): {
  readonly ssoAdmin: SSOAdminClient;
  readonly identityStore: IdentitystoreClient;
} {
  const settings = settingsFor(options, options.managementAccountId);
  return { ssoAdmin: new SSOAdminClient(settings), identityStore: new IdentitystoreClient(settings) };
}

async function readParent(client: OrganizationsClient, accountId: string): Promise<string> {
  for await (const { Parents = [] } of paginateListParents({ client }, { ChildId: accountId })) {
    const [parent] = Parents;
    if (parent?.Id !== undefined) {
      return parent.Id;
    }
  }
  throw new Error(`Account ${accountId} has no parent.`);
}

async function readAlias(client: IAMClient): Promise<string | null> {
  for await (const { AccountAliases = [] } of paginateListAccountAliases({ client }, {})) {
    const [alias] = AccountAliases;
    if (alias !== undefined) return alias;
  }
  return null;
}

async function readTags(client: OrganizationsClient, accountId: string): Promise<Readonly<Record<string, string>>> {
  const tags: [string, string][] = [];
  for await (const page of paginateListTagsForResource({ client }, { ResourceId: accountId })) {
    tags.push(...(page.Tags ?? []).map(({ Key = '', Value = '' }): [string, string] => [Key, Value]));
  }
  return Object.fromEntries(tags);
}

async function readPayloads(options: ReaderOptions, accountId: string): Promise<readonly unknown[]> {
  if (options.recallFunction === undefined) {
    return [];
  }
  const lambda = new LambdaClient(settingsFor(options, options.automationAccountId));
  const Payload = Buffer.from(JSON.stringify({ AccountId: accountId }));
  const answer = await lambda.send(new InvokeCommand({ FunctionName: options.recallFunction, Payload }));
  return z.array(z.unknown()).parse(JSON.parse(answer.Payload?.transformToString() ?? '[]'));
}

/** The administrator of an account signs with the account's own id as access key. */
function settingsFor({ endpoint, requestHandler, region }: ReaderOptions, accountId: string): ClientSettings {
  return {
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: 'not-verified' },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(requestHandler === undefined ? {} : { requestHandler }),
  };
}
