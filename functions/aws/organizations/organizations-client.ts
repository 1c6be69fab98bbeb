import { OrganizationsClient } from '@aws-sdk/client-organizations';

import { type AwsCaller, managementCredentials } from '../base/assumed-role';
import { clientSettings } from '../base/aws-settings';
import { globalRegion } from '../base/global-region';
import { PACED, paced } from '../base/paced';

/** AWS Organizations as seen by the function's role in the management account. */
export function organizationsClient(caller: AwsCaller): OrganizationsClient {
  const client = new OrganizationsClient({
    ...clientSettings(caller.settings, caller.functionName),
    ...globalRegion(caller),
    credentials: managementCredentials(caller),
  });
  client.middlewareStack.add(paced('organizations', caller), PACED);
  return client;
}
