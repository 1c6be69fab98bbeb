import { OrganizationsClient } from '@aws-sdk/client-organizations';

import { type AwsCaller, managementCredentials } from './assumed-role';
import { clientSettings } from './aws-settings';
import { PACED, paced } from './paced';

/** AWS Organizations as seen by MeshfedServiceRole. The commercial partition has one endpoint, in us-east-1. */
export function organizationsClient(caller: AwsCaller): OrganizationsClient {
  const client = new OrganizationsClient({
    ...clientSettings(caller.settings, caller.functionName),
    region: 'us-east-1',
    credentials: managementCredentials(caller),
  });
  client.middlewareStack.add(paced('organizations', caller), PACED);
  return client;
}
