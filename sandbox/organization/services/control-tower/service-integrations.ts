import type { OrganizationSeed } from '../../organization-seed';

interface ServiceIntegration {
  readonly id: string;
  readonly names: readonly string[];
}

/**
 * The accounts that the landing zone manages by itself, with the baselines that it has enabled on each of them.
 *
 * @evidence documented controltower/userguide/types-of-baselines: baselines that are enabled on service integration
 *   accounts during setup
 */
export function serviceIntegrations({ controlTower }: OrganizationSeed): readonly ServiceIntegration[] {
  const { logArchive, audit, config, centralBackup } = controlTower?.sharedAccounts ?? {};
  const all = [
    [logArchive, 'LogArchiveBaseline'],
    [audit, 'CentralSecurityRolesBaseline'],
    [config, 'CentralConfigBaseline'],
    [centralBackup, 'BackupCentralVaultBaseline'],
  ] as const;
  return all.flatMap(([id, name]) => (id === undefined ? [] : [{ id, names: [name] }]));
}
