import { paginateListAccounts } from '@aws-sdk/client-organizations';
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';

import type { AccountQuota } from '../ports/account-quota';
import { type AwsCaller, managementCredentials } from './assumed-role';
import { calling, isQuotaUnset } from './aws-error';
import { clientSettings } from './aws-settings';
import { globalRegion } from './global-region';
import { organizationsClient } from './organizations-client';
import { unless } from './unless';

/** "Default maximum number of accounts" of AWS Organizations in Service Quotas, which keeps those of Organizations where its endpoint is. */
const ACCOUNTS_QUOTA = { ServiceCode: 'organizations', QuotaCode: 'L-E619E033' };

/** Accounts as Organizations lists them, and the quota as Service Quotas has it: AWS's default where nobody has ever raised it. */
export function serviceQuotasAccountQuota(caller: AwsCaller): AccountQuota {
  const organizations = organizationsClient(caller);
  const quotas = new ServiceQuotasClient({
    ...clientSettings(caller.settings, caller.functionName),
    ...globalRegion(caller),
    credentials: managementCredentials(caller),
  });
  return {
    count: () =>
      calling('count the accounts of the organization', async () => {
        let count = 0;
        for await (const { Accounts = [] } of paginateListAccounts({ client: organizations }, { MaxResults: 20 })) {
          count += Accounts.length;
        }
        return count;
      }),
    limit: () =>
      calling('read how many accounts the organization may have', async () => {
        const applied = await unless(isQuotaUnset, () => quotas.send(new GetServiceQuotaCommand(ACCOUNTS_QUOTA)));
        const { Quota } = applied ?? (await quotas.send(new GetAWSDefaultServiceQuotaCommand(ACCOUNTS_QUOTA)));
        if (Quota?.Value === undefined) throw new Error('Service Quotas answered without a value.');
        return Quota.Value;
      }),
  };
}
