import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import { type AwsCaller, automationCredentials } from './assumed-role';
import { clientSettings } from './aws-settings';

/** CloudFormation of the automation account. A stack set is known in its home region alone. */
export function automationCloudFormation(caller: AwsCaller, region: string): CloudFormationClient {
  return new CloudFormationClient({
    ...clientSettings(caller.settings, caller.functionName),
    region,
    credentials: automationCredentials(caller),
  });
}
