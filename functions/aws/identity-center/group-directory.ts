import type { VendingPlan } from '../../domain/plan/plan';
import type { GroupDirectory } from '../../ports/identity-center';
import type { AddedMembers } from '../../ports/identity-center';
import type { AwsSession } from '../base/aws-session';
import { identityStoreGroupDirectory } from './identity-store-group-directory';
import { scimGroupDirectory } from './scim-group-directory';

/** Groups by the interface that the plan names. */
export function groupDirectory(
  session: AwsSession,
  identityStore: VendingPlan['identityStore'],
  addedMembers: AddedMembers,
): GroupDirectory {
  if (identityStore?.scim == null) return identityStoreGroupDirectory(session, identityStore);
  const { endpoint, tokenSecretArn } = identityStore.scim;
  const accessToken = (fresh: boolean): Promise<string> => session.secrets.scimAccessToken(tokenSecretArn, fresh);
  const pace = (kind: 'read' | 'write'): Promise<void> => session.pacer?.pace('scim', kind) ?? Promise.resolve();
  return scimGroupDirectory({ endpoint, tokenSecretArn, accessToken, pace }, addedMembers);
}
