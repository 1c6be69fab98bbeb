import { SSOAdminClient } from '@aws-sdk/client-sso-admin';

import { type AwsCaller, managementCredentials } from './assumed-role';
import { clientSettings } from './aws-settings';
import { PACED, paced } from './paced';

/** The administration of IAM Identity Center in its region, no faster than AWS answers; null where none is configured: then nothing of it is called. */
export function ssoAdminClient(caller: AwsCaller, center: { readonly region: string } | null): SSOAdminClient {
  const client = new SSOAdminClient({
    ...clientSettings(caller.settings, caller.functionName),
    ...(center === null ? {} : { region: center.region }),
    credentials: managementCredentials(caller),
  });
  client.middlewareStack.add(paced('sso', caller), PACED);
  return client;
}
