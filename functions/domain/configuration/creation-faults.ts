import type { Fault } from '../base/fault';
import type { PlatformConfiguration } from './platform-configuration';
import { lackOf } from '../places/place-of-region';
import { partitionIn } from './platform-place-faults';

/** A tenant without an account, where no account can be made for it. */
export function creationFaults(
  platformTenantId: string | null | undefined,
  platform: Pick<PlatformConfiguration, 'accessConfig'>,
): readonly Fault[] {
  const partition = partitionIn(platform);
  const page = lackOf('createAccount', partition, '')?.page;
  if (platformTenantId !== null || partition === undefined || page === undefined) return [];
  const message =
    `is null, but ${partition.title} makes no accounts (${page}). Make one with CreateGovCloudAccount in the commercial organization, with the ` +
    'accountAccessRole of platform.json as its RoleName; invite it to the organization here, accept the invitation, let import in platform.json allow it, and name its id.';
  return [{ field: 'tenant.spec.platformTenantId', message, value: null, limit: '12 digits' }];
}
