import type { LandingZoneSetup } from './landing-zone-setup';

/**
 * What a landing zone is set up as: the regions that it governs, and the accounts that it shares among all others. Up
 * to version 3.3 there always is one for logs and one for security; from 4.0 on each part may be left out, and AWS
 * Config has an account of its own.
 *
 * @evidence documented controltower/userguide/lz-api-launch: centralizedLogging and securityRoles name the log archive
 *   and the audit account by accountId
 * @evidence documented controltower/userguide/lz-api-launch: in 4.0 config.accountId and backup.configurations name
 *   further accounts, and each integration may be off
 */
export function landingZoneManifest({ sharedAccounts, governedRegions }: LandingZoneSetup): object {
  const { logArchive, audit, config, centralBackup } = sharedAccounts;
  return {
    governedRegions,
    accessManagement: { enabled: true },
    ...integration('centralizedLogging', logArchive),
    ...integration('securityRoles', audit),
    ...integration('config', config),
    ...(centralBackup === undefined
      ? {}
      : { backup: { enabled: true, configurations: { centralBackup: { accountId: centralBackup } } } }),
  };
}

const integration = (name: string, accountId: string | undefined): object =>
  accountId === undefined ? {} : { [name]: { accountId, enabled: true } };
