import { type CreateAccountStatus, OrganizationsClient } from '@aws-sdk/client-organizations';

import type { CreationRequest } from '../../ports/organizations';

import { type AwsSession, managementCredentials, globalRegion } from '../base/assumed-role';
import { clientSettings, PACED, paced } from '../base/aws-settings';

/** AWS Organizations as seen by the function's role in the management account. */
export function organizationsClient(session: AwsSession): OrganizationsClient {
  const client = new OrganizationsClient({
    ...clientSettings(session.settings, session.functionName),
    ...globalRegion(session),
    credentials: managementCredentials(session),
  });
  client.middlewareStack.add(paced('organizations', session), PACED);
  return client;
}

/** AWS's CreateAccountStatus in our words. It carries no e-mail. A state we do not know counts as still in progress. */
export function requestOf(status: CreateAccountStatus | undefined): CreationRequest {
  if (status?.Id === undefined) throw new Error('AWS Organizations answered without a CreateAccountStatus id.');
  return {
    id: status.Id,
    state: status.State === 'SUCCEEDED' || status.State === 'FAILED' ? status.State : 'IN_PROGRESS',
    accountName: status.AccountName ?? null,
    accountId: status.AccountId ?? null,
    requestedAt: status.RequestedTimestamp ?? null,
    failureReason: status.FailureReason ?? null,
  };
}
