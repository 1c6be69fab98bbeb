import { IAMClient } from '@aws-sdk/client-iam';

import type { MemberEntry } from '../ports/member-account';
import { type AwsCaller, memberCredentials } from './assumed-role';
import { clientSettings } from './aws-settings';
import { globalRegion } from './global-region';

/** IAM of member accounts, entered with their access roles; one client, and so one session, for each. */
export function memberIamClients(caller: AwsCaller): (entry: MemberEntry) => IAMClient {
  const clients = new Map<string, IAMClient>();
  return (entry) => {
    const client = clients.get(entry.accountId) ?? newClient(caller, entry);
    clients.set(entry.accountId, client);
    return client;
  };
}

function newClient(caller: AwsCaller, entry: MemberEntry): IAMClient {
  return new IAMClient({
    ...clientSettings(caller.settings, caller.functionName),
    ...globalRegion(caller),
    credentials: memberCredentials(caller, entry),
  });
}
