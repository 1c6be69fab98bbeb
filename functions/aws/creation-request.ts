import type { CreateAccountStatus } from '@aws-sdk/client-organizations';

import type { CreationRequest } from '../ports/account-directory';

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
