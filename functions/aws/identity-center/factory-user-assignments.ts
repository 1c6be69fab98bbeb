import { GetUserIdCommand, IdentitystoreClient } from '@aws-sdk/client-identitystore';
import {
  DescribePermissionSetCommand,
  paginateListAccountAssignmentsForPrincipal,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin';

import { FACTORY_PERMISSION_SET } from '../../domain/access/factory-user';
import type { FactoryUser } from '../../domain/plan/plan';
import type { FactoryUserAssignment, FactoryUserAssignments } from '../../ports/identity-center';
import { managementCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, ignoreIf } from '../base/aws-error';
import { clientSettings, PACED, paced } from '../base/aws-settings';
import { type IdentityCenterInstance, findInstance, ssoAdminClient } from './sso-admin-client';
import { inStore, isGone } from './identity-store-group-directory';

interface Center {
  readonly admin: SSOAdminClient;
  readonly store: IdentitystoreClient;
}

/**
 * What the Account Factory has given its user itself: assignments of the one permission set that it gives, to the user
 * and not to a group.
 *
 * @evidence documented singlesignon/APIReference/API_ListAccountAssignmentsForPrincipal: all accounts of a user, so
 *   that those by groups are left out here
 */
export function factoryUserAssignments(session: AwsSession, user: FactoryUser): FactoryUserAssignments {
  const store = new IdentitystoreClient({
    ...clientSettings(session.settings, session.functionName),
    region: user.region,
    credentials: managementCredentials(session),
  });
  store.middlewareStack.add(paced('identitystore', session), PACED);
  const center: Center = { admin: ssoAdminClient(inManagement(session), user), store };
  const look = (accountId?: string): Promise<readonly FactoryUserAssignment[] | undefined> =>
    calling("list what the Account Factory's user has been given", () => listAssignments(center, user, accountId));
  return {
    inAccount: async (accountId) => (await look(accountId)) ?? [],
    everywhere: () => look(),
  };
}

/**
 * What Control Tower has in the management account stays with the role there: its permission sets cannot be given, nor
 * taken away, by a delegated administrator.
 *
 * @evidence documented singlesignon/latest/userguide/delegated-admin-how-to-register: permission sets that are
 *   provisioned in the management account are managed there alone, as is user access to that account
 */
export const inManagement = (session: AwsSession): AwsSession =>
  session.settings.identityCenterRoleArn === undefined
    ? session
    : { ...session, settings: { ...session.settings, identityCenterRoleArn: undefined } };

async function listAssignments(
  center: Center,
  user: FactoryUser,
  AccountId: string | undefined,
): Promise<readonly FactoryUserAssignment[] | undefined> {
  const instance = await instanceOf(center, user);
  if (instance === undefined) return undefined;
  const userId = await findUser(center, instance.identityStoreId, user.email);
  if (userId === undefined) return [];
  const isFactorys = new Map<string, boolean>();
  const found: FactoryUserAssignment[] = [];
  const input = { InstanceArn: instance.instanceArn, PrincipalId: userId, PrincipalType: 'USER' } as const;
  const filter = AccountId === undefined ? {} : { Filter: { AccountId } };
  for await (const page of paginateListAccountAssignmentsForPrincipal(
    { client: center.admin },
    { ...input, ...filter },
  )) {
    for (const { AccountId: accountId = '', PermissionSetArn = '', PrincipalId } of page.AccountAssignments ?? []) {
      if (PrincipalId !== userId) continue;
      const isOne = isFactorys.get(PermissionSetArn) ?? (await hasItsName(center, instance, PermissionSetArn));
      isFactorys.set(PermissionSetArn, isOne);
      if (isOne) found.push({ accountId, userId, permissionSetArn: PermissionSetArn });
    }
  }
  return found;
}

async function instanceOf(
  { admin }: Center,
  { instanceArn, identityStoreId }: FactoryUser,
): Promise<IdentityCenterInstance | undefined> {
  return instanceArn === null || identityStoreId === null ? findInstance(admin) : { instanceArn, identityStoreId };
}

/** The Account Factory knows people by their e-mail, and makes it the name of a user that it makes. */
async function findUser({ store }: Center, IdentityStoreId: string, email: string): Promise<string | undefined> {
  const named = { client: store, named: { IdentityStoreId } };
  for (const AttributePath of ['emails.value', 'userName']) {
    const AlternateIdentifier = { UniqueAttribute: { AttributePath, AttributeValue: email } };
    const found = await inStore(named, "look up the Account Factory's user", () =>
      ignoreIf(isGone('USER'), () => store.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier }))),
    );
    if (found?.UserId !== undefined) return found.UserId;
  }
  return undefined;
}

async function hasItsName(
  { admin }: Center,
  { instanceArn: InstanceArn }: IdentityCenterInstance,
  PermissionSetArn: string,
): Promise<boolean> {
  const { PermissionSet } = await admin.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }));
  return PermissionSet?.Name === FACTORY_PERMISSION_SET;
}
