import path from 'node:path';

import type { Configuration } from '../functions/domain/configuration/configuration';
import { loadConfiguration } from '../infra/config';
import { projectRoot } from '../sandbox/environment';

/**
 * With and without Control Tower, and otherwise alike: a stack set that takes one operation at a time, a function, two
 * groups.
 */
export const ZONES = { controlTower: 'aws-dev', plain: 'aws-plain' } as const;

const ROLES_OF_GROUPS = new Set(['admin', 'user']);

/**
 * The example configuration, with groups for two roles and a second landing zone that differs in the enrollment alone.
 */
export function benchConfiguration(): Configuration {
  const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
  const governed = landingZones[ZONES.controlTower];
  const unregistered = landingZones['aws-sandbox'];
  const { awsIdentityStore } = platform;
  if (governed === undefined || unregistered === undefined || awsIdentityStore === undefined) {
    throw new Error('sandbox/config has not what the benchmark needs: aws-dev, aws-sandbox, awsIdentityStore.');
  }
  const { awsTargetOrgUnitId } = unregistered;
  const plain = { ...governed, name: ZONES.plain, awsTargetOrgUnitId, awsEnrollAccount: false };
  const awsRoleMappings = awsIdentityStore.awsRoleMappings.filter(({ awsRole }) => ROLES_OF_GROUPS.has(awsRole));
  return {
    platform: { ...platform, awsIdentityStore: { ...awsIdentityStore, awsRoleMappings } },
    landingZones: { [ZONES.controlTower]: governed, [ZONES.plain]: plain },
  };
}
