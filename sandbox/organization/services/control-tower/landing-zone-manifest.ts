import type { ControlTowerSeed } from '../../organization-seed';

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
export function landingZoneManifest(
  region: string,
  { sharedAccounts = {}, governedRegions = [region] }: ControlTowerSeed,
): object {
  const { logArchive, audit, config, centralBackup } = sharedAccounts;
  return {
    governedRegions,
    accessManagement: { enabled: true },
    ...(logArchive === undefined ? {} : { centralizedLogging: { accountId: logArchive, enabled: true } }),
    ...(audit === undefined ? {} : { securityRoles: { accountId: audit, enabled: true } }),
    ...(config === undefined ? {} : { config: { accountId: config, enabled: true } }),
    ...(centralBackup === undefined
      ? {}
      : { backup: { enabled: true, configurations: { centralBackup: { accountId: centralBackup } } } }),
  };
}
