import type { Configuration } from '../../functions/domain/configuration/configuration';
import { type Ability, lackOf, partitionOfRegion } from '../../functions/domain/places/partitions';
import type { ControlTowerSeed } from './organization-seed';

/** The accounts and regions of the example organization. */
export interface ExamplePlace {
  readonly partition: string;
  readonly region: string;
  readonly controlTowerRegion: string;
  readonly identityCenterRegion: string;
}

/** The region of the example configuration. */
const REGION = 'eu-central-1';

/** Takes accounts and regions from the configuration, so that the example matches it. */
export function placeOf(configuration: Configuration | undefined): ExamplePlace {
  if (configuration === undefined) {
    return { partition: 'aws', region: REGION, controlTowerRegion: REGION, identityCenterRegion: REGION };
  }
  const { region, accessConfig, enrollmentConfiguration, awsIdentityStore } = configuration.platform;
  const [, partition = 'aws'] = accessConfig.organizationRootAccountRole.split(':');
  const controlTowerRegion = enrollmentConfiguration?.region ?? region;
  return { partition, region, controlTowerRegion, identityCenterRegion: awsIdentityStore?.region ?? region };
}

/**
 * @evidence documented controltower/userguide/2024-all: Control Tower is where Service Catalog is not, without an
 *   Account Factory there
 */
export function homeRegion(place: ExamplePlace): Pick<ControlTowerSeed, 'homeRegion'> {
  const { controlTowerRegion } = place;
  return hasControlTower(place) && isLacking('serviceCatalog', controlTowerRegion)
    ? { homeRegion: controlTowerRegion }
    : {};
}

/**
 * @evidence documented controltower/userguide/region-how: regions in China are not among those where Control Tower is
 *   supported
 */
export const hasControlTower = ({ controlTowerRegion }: ExamplePlace): boolean =>
  !isLacking('controlTower', controlTowerRegion);

export const isLacking = (ability: Ability, region: string): boolean =>
  lackOf(ability, partitionOfRegion(region), region) !== undefined;
