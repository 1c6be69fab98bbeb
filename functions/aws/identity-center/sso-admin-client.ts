import { paginateListInstances, paginateListPermissionSets, SSOAdminClient } from '@aws-sdk/client-sso-admin';

import type { VendingPlan } from '../../domain/plan/plan';
import type { PermissionSets } from '../../ports/identity-center';
import { identityCenterCredentials, managementAccessCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent } from '../base/aws-error';
import { clientSettings, paced, PACED } from '../base/aws-settings';

/**
 * The administration of IAM Identity Center in its region, no faster than AWS answers; null where none is configured:
 * then nothing of it is called.
 */
export function ssoAdminClient(
  session: AwsSession,
  center: { readonly region: string; readonly ofManagement?: boolean } | null,
): SSOAdminClient {
  const client = new SSOAdminClient({
    ...clientSettings(session.settings, session.functionName),
    ...(center === null ? {} : { region: center.region }),
    credentials:
      center?.ofManagement === true ? managementAccessCredentials(session) : identityCenterCredentials(session),
  });
  client.middlewareStack.add(paced('sso', session), PACED);
  return client;
}

export interface IdentityCenterInstance {
  readonly instanceArn: string;
  readonly identityStoreId: string;
}

/** An organization has one instance of IAM Identity Center; undefined where it is not in the client's region. */
export async function findInstance(client: SSOAdminClient): Promise<IdentityCenterInstance | undefined> {
  for await (const { Instances = [] } of paginateListInstances({ client }, {})) {
    for (const { InstanceArn: instanceArn, IdentityStoreId: identityStoreId } of Instances) {
      if (instanceArn !== undefined && identityStoreId !== undefined) return { instanceArn, identityStoreId };
    }
  }
  return undefined;
}

type Instance = Pick<NonNullable<VendingPlan['identityStore']>, 'instanceArn' | 'region'>;

/** Permission sets of an instance of IAM Identity Center, which is known in its own region alone. */
export function ssoAdminPermissionSets(
  session: AwsSession,
  { instanceArn: InstanceArn, region }: Instance,
): PermissionSets {
  const client = ssoAdminClient(session, { region });
  return {
    list: () =>
      calling('list the permission sets of IAM Identity Center', async () => {
        const found: string[] = [];
        try {
          for await (const page of paginateListPermissionSets({ client, pageSize: 100 }, { InstanceArn })) {
            found.push(...(page.PermissionSets ?? []));
          }
          return found;
        } catch (error) {
          if (isAbsent(error)) return undefined;
          throw error;
        }
      }),
  };
}
