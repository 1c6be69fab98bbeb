import { ServiceError } from '../../service-error';
import type { Account } from '../../organization-state';
import { canUseRegion } from '../can-use-region';
import type { CallContext } from '../operation';

/**
 * The region that is asked issues a session only for an account that has it. Whether the asking account has it does not
 * matter.
 *
 * @evidence documented IAM/UserGuide/id_credentials_temp_enable-regions: of an opt-in region the account of the role
 *   must have it enabled
 * @evidence documented IAM/UserGuide/id_credentials_temp_enable-regions: in a default region STS can be deactivated for
 *   an account, except where id_credentials_temp_region-endpoints says that it cannot (`permanentStsRegions`)
 * @evidence documented "botocore sts.AssumeRole": RegionDisabledException is the error where STS is not active for the
 *   account of the credentials
 * @evidence assumed "botocore sts.AssumeRole": trust is judged first (decided by: an AssumeRole on AWS that fails for
 *   both)
 */
export function checkRegion({ region }: CallContext, account: Account): void {
  if (canUseRegion(account, region) && !account.inactiveStsRegions.has(region)) return;
  throw new ServiceError(
    'RegionDisabledException',
    `STS is not activated in this region for account:${account.id}. Your account administrator can activate STS in this region using the IAM Console.`,
    { status: 403 },
  );
}
