import type { OrganizationState } from '../../organization-state';

interface ServiceIntegration {
  readonly id: string;
  readonly name: string;
}

/**
 * The accounts that the landing zone manages by itself, with the baseline that it has enabled on each of them.
 *
 * @evidence documented controltower/userguide/types-of-baselines: baselines that are enabled on service integration
 *   accounts during setup
 */
export function serviceIntegrations({
  controlTower,
}: Pick<OrganizationState, 'controlTower'>): readonly ServiceIntegration[] {
  const { logArchive, audit, config, centralBackup } = controlTower.setup.sharedAccounts;
  const all = [
    [logArchive, 'LogArchiveBaseline'],
    [audit, 'CentralSecurityRolesBaseline'],
    [config, 'CentralConfigBaseline'],
    [centralBackup, 'BackupCentralVaultBaseline'],
  ] as const;
  return all.flatMap(([id, name]) => (id === undefined ? [] : [{ id, name }]));
}
