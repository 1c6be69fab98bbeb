import { IAMClient } from '@aws-sdk/client-iam';

import type { MemberEntry } from '../ports/member-account';
import { type AwsCaller, memberCredentials } from './assumed-role';
import { clientSettings } from './aws-settings';

/** IAM of a member account, entered with its access role. IAM has one endpoint, in us-east-1. */
export function memberIamClient(caller: AwsCaller, entry: MemberEntry): IAMClient {
  return new IAMClient({
    ...clientSettings(caller.settings, caller.functionName),
    region: 'us-east-1',
    credentials: memberCredentials(caller, entry),
  });
}
