import { OrganizationsClient } from '@aws-sdk/client-organizations';

import { type AwsCaller, managementCredentials } from './assumed-role';
import { clientSettings } from './aws-settings';

/** AWS Organizations as seen by MeshfedServiceRole. The commercial partition has one endpoint, in us-east-1. */
export function organizationsClient(caller: AwsCaller): OrganizationsClient {
  return new OrganizationsClient({
    ...clientSettings(caller.settings, caller.functionName),
    region: 'us-east-1',
    credentials: managementCredentials(caller),
  });
}
