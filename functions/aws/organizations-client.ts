import { OrganizationsClient } from '@aws-sdk/client-organizations';

import { type AwsCaller, managementCredentials } from './assumed-role';
import { clientSettings } from './aws-settings';
import { globalRegion } from './global-region';
import { PACED, paced } from './paced';

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
