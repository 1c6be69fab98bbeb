import type { PlatformConfiguration } from '../../domain/platform-configuration';
import { type Check, skipped } from '../check';

/** Told as skipped, so that nobody takes a preflight that has passed for one that has looked at IAM Identity Center. */
export const identityCenterChecks = ({
  awsIdentityStore,
}: Pick<PlatformConfiguration, 'awsIdentityStore'>): readonly Check[] => {
  const why =
    awsIdentityStore === undefined
      ? 'platform.json has no awsIdentityStore.'
      : 'Preflight does not look at IAM Identity Center yet: GrantAccess and CheckGrants tell what is missing there.';
  return [
    {
      id: 'identity-store',
      sentence: 'The identity store of IAM Identity Center can be read.',
      look: () => skipped(why),
    },
    {
      id: 'permission-sets',
      sentence: 'The permission sets of all role mappings exist.',
      look: () => skipped(why),
    },
  ];
};
