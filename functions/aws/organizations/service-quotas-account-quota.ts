import { type Account, type OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';

import type { AccountQuota, ListedAccount } from '../../ports/organizations';
import { managementCredentials, globalRegion } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isQuotaUnset, ignoreIf } from '../base/aws-error';
import { clientSettings } from '../base/aws-settings';
import { organizationsClient } from './organizations-account-directory';

/**
 * "Default maximum number of accounts" of AWS Organizations in Service Quotas, which keeps those of Organizations where
 * its endpoint is.
 */
const ACCOUNTS_QUOTA = { ServiceCode: 'organizations', QuotaCode: 'L-E619E033' };

/**
 * Accounts as Organizations lists them, and the quota as Service Quotas has it: AWS's default where nobody has ever
 * raised it.
 */
export function serviceQuotasAccountQuota(session: AwsSession): AccountQuota {
  const organizations = organizationsClient(session);
  const quotas = new ServiceQuotasClient({
    ...clientSettings(session.settings, session.functionName),
    ...globalRegion(session),
    credentials: managementCredentials(session),
  });
  return {
    accounts: () => calling('list the accounts of the organization', () => listAccounts(organizations)),
    count: () =>
      calling('count the accounts of the organization', async () => (await listAccounts(organizations)).length),
    limit: () =>
      calling('read how many accounts the organization may have', async () => {
        const applied = await ignoreIf(isQuotaUnset, () => quotas.send(new GetServiceQuotaCommand(ACCOUNTS_QUOTA)));
        const { Quota } = applied ?? (await quotas.send(new GetAWSDefaultServiceQuotaCommand(ACCOUNTS_QUOTA)));
        if (Quota?.Value === undefined) throw new Error('Service Quotas answered without a value.');
        return Quota.Value;
      }),
  };
}

/** To the end, 20 a page, which is the most. */
async function listAccounts(client: OrganizationsClient): Promise<readonly ListedAccount[]> {
  const accounts: ListedAccount[] = [];
  for await (const { Accounts = [] } of paginateListAccounts({ client }, { MaxResults: 20 })) {
    accounts.push(...Accounts.map(listedAccount));
  }
  return accounts;
}

/**
 * @evidence documented "botocore organizations.Account": Paths has one path, from the organization over root and units
 *   to the account
 */
const listedAccount = ({ Id = '', State, JoinedTimestamp, Paths }: Account): ListedAccount => ({
  id: Id,
  state: State ?? null,
  joinedAt: JoinedTimestamp ?? null,
  parentId:
    Paths?.[0]
      ?.split('/')
      .filter((part) => part !== '')
      .at(-2) ?? null,
});
