import type { Account, OrganizationState } from '../../organization-state';

/** Control Tower's own have names that begin so, and stay where an account was enrolled before. */
const OWN = 'aws-controltower-';

/**
 * Why Control Tower does not enroll the account, of what stands in the regions that it governs; null where nothing
 * does.
 *
 * @evidence documented controltower/userguide/common-eg-failures: an AWS Config recorder or delivery channel in a
 *   governed region prevents enrolling
 * @evidence documented controltower/userguide/common-eg-failures: STS that is disabled in the account prevents
 *   enrolling
 * @evidence documented controltower/userguide/troubleshooting: STS is needed in the management account for all regions
 *   that Control Tower governs; that common-eg-failures means these by "all Regions supported" is our reading
 * @evidence documented controltower/userguide/existing-config-resources: auto-enrollment does not take accounts with
 *   AWS Config resources either
 * @evidence documented controltower/userguide/enroll-account: enrolling itself turns AWS Config on in the account; that
 *   what Control Tower has set up is no obstacle is our reading
 */
export function configObstacle(
  { controlTower }: Pick<OrganizationState, 'controlTower'>,
  { configSetups, inactiveStsRegions }: Pick<Account, 'configSetups' | 'inactiveStsRegions'>,
): string | null {
  const { governedRegions } = controlTower.setup;
  const isForeign = (name: string | undefined): boolean => name !== undefined && !name.startsWith(OWN);
  const taken = governedRegions.find((region) => {
    const { recorder, deliveryChannel } = configSetups.get(region) ?? {};
    return isForeign(recorder) || isForeign(deliveryChannel);
  });
  if (taken !== undefined) {
    return `The account has an existing AWS Config configuration recorder or delivery channel in ${taken}. Delete it to enroll the account.`;
  }
  const silent = governedRegions.find((region) => inactiveStsRegions.has(region));
  return silent === undefined ? null : `AWS Security Token Service (AWS STS) is disabled in the account in ${silent}.`;
}
