import { paginateListPermissionSets } from '@aws-sdk/client-sso-admin';

import type { VendingPlan } from '../../domain/plan/plan';
import type { PermissionSets } from '../../ports/identity-center';
import type { AwsCaller } from '../base/assumed-role';
import { calling, isAbsent } from '../base/aws-error';
import { ssoAdminClient } from './sso-admin-client';

type Instance = Pick<NonNullable<VendingPlan['identityStore']>, 'instanceArn' | 'region'>;

/** Permission sets of an instance of IAM Identity Center, which is known in its own region alone. */
export function ssoAdminPermissionSets(
  caller: AwsCaller,
  { instanceArn: InstanceArn, region }: Instance,
): PermissionSets {
  const client = ssoAdminClient(caller, { region });
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
