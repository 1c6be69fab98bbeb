import type { Configuration } from '../../functions/domain/configuration/configuration';
import { lackOf, partitionOfArn } from '../../functions/domain/places/partitions';
import type { AccountSeed } from './organization-seed';

/**
 * Where an organization makes no accounts, two that were made for it by CreateGovCloudAccount in a commercial
 * organization, with the access role that it was asked for, and that have accepted their invitation: tenants name them,
 * and the configuration allows that by the tag.
 *
 * @evidence documented govcloud-us/UserGuide/govcloud-organizations: the standalone account is invited, and has the
 *   role that RoleName names
 */
export function invitedAccounts({ platform }: Configuration, parentId: string): readonly AccountSeed[] {
  const { accessConfig, region, accountAccessRole, import: imports } = platform;
  const partition = partitionOfArn(accessConfig.organizationRootAccountRole);
  if (lackOf('createAccount', partition, region) === undefined) return [];
  const tag = imports?.tag;
  return ['444444444401', '444444444402'].map((id, index) => ({
    id,
    name: `govcloud-${index + 1}`,
    email: `aws+govcloud-${index + 1}@corp.example`,
    parentId,
    accessRole: accountAccessRole,
    tags: tag === undefined ? {} : { [tag.key]: tag.value },
  }));
}
