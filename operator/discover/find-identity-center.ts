import {
  DescribePermissionSetCommand,
  paginateListInstances,
  paginateListPermissionSets,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';

import { lackOf, partitionNamed } from '../../functions/domain/places/partitions';
import type { OrganizationInventory } from '../../functions/ports/organizations';
import { firstFound } from './first-found';
import type { FoundIdentityCenter } from './found-organization';
import { type ActingIn, PATIENT } from './profile-settings';

const SERVICE = 'sso.amazonaws.com';

/**
 * The instance of the organization, which is in one region.
 *
 * @evidence documented singlesignon/userguide/identity-center-instances: there is one organization instance, in the
 *   management account
 */
export async function findIdentityCenter(
  management: ActingIn,
  itsRegion: string | undefined,
  regions: readonly string[],
  inventory: Pick<OrganizationInventory, 'delegatedAdministrators'>,
): Promise<FoundIdentityCenter | null> {
  const able = regions.filter(
    (region) => lackOf('identityCenter', partitionNamed(management.partition), region) === undefined,
  );
  return firstFound(itsRegion === undefined ? able : [itsRegion], async (region) => {
    const client = new SSOAdminClient({ ...PATIENT, ...management.settings, region });
    const instance = await instanceOf(client, management.accountId);
    if (instance === null) return null;
    const [delegatedAdministratorId = null] = await inventory.delegatedAdministrators(SERVICE);
    return {
      region,
      ...instance,
      permissionSets: await permissionSetsOf(client, instance.arn),
      delegatedAdministratorId,
    };
  });
}

/** Accounts may have instances of their own, which give access to no other account. */
async function instanceOf(client: SSOAdminClient, managementAccountId: string) {
  for await (const { Instances = [] } of paginateListInstances({ client }, {})) {
    for (const { InstanceArn: arn, IdentityStoreId: identityStoreId, OwnerAccountId } of Instances) {
      if (
        arn !== undefined &&
        identityStoreId !== undefined &&
        (OwnerAccountId ?? managementAccountId) === managementAccountId
      ) {
        return { arn, identityStoreId };
      }
    }
  }
  return null;
}

async function permissionSetsOf(
  client: SSOAdminClient,
  InstanceArn: string,
): Promise<FoundIdentityCenter['permissionSets']> {
  const found: { arn: string; name: string }[] = [];
  for await (const { PermissionSets = [] } of paginateListPermissionSets({ client }, { InstanceArn })) {
    for (const PermissionSetArn of PermissionSets) {
      const { PermissionSet } = await client.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }));
      found.push({ arn: PermissionSetArn, name: PermissionSet?.Name ?? '' });
    }
  }
  return found;
}
