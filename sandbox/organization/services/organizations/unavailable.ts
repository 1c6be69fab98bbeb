import { type Ability, lackOf, partitionNamed } from '../../../../functions/domain/places/partitions';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';

/**
 * @evidence documented govcloud-us/UserGuide/govcloud-organizations: no account is created from GovCloud,
 *   CreateGovCloudAccount is not available there
 * @evidence documented govcloud-us/UserGuide/Closing-govcloud-account: an account in GovCloud is closed by closing its
 *   associated standard account
 * @evidence documented "botocore organizations.CreateAccount": UnsupportedAPIEndpointException is the error of what a
 *   region does not have
 * @evidence documented "botocore organizations.CloseAccount": UnsupportedAPIEndpointException is an error of it, too
 */
export function checkAvailable({ state, region }: CallContext, ability: Ability): void {
  if (lackOf(ability, partitionNamed(state.seed.partition), region) !== undefined) throw unavailable();
}

export const unavailable = (): ServiceError =>
  new ServiceError('UnsupportedAPIEndpointException', "This action isn't available in the current AWS Region.");
