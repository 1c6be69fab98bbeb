import { faultIf, type Fault } from '../base/fault';
import type { LandingZone } from './landing-zone';
import type { PlatformConfiguration } from './platform-configuration';
import { lackOf } from '../places/place-of-region';
import { partitionIn, regionFaults } from './platform-place-faults';

/** What a landing zone asks of AWS where AWS does not have it. */
export function landingZonePlaceFaults(
  { stackSets, closeAccount }: Pick<LandingZone, 'stackSets' | 'closeAccount'>,
  platform: Pick<PlatformConfiguration, 'accessConfig' | 'region'> | undefined,
): readonly Fault[] {
  const partition = platform === undefined ? undefined : partitionIn(platform);
  if (platform === undefined || partition === undefined) return [];
  const page = lackOf('closeAccount', partition, platform.region)?.page;
  return [
    ...stackSets.flatMap(({ homeRegion, regions }, index) => [
      ...regionFaults(partition, `stackSets[${index}].homeRegion`, homeRegion),
      ...regions.flatMap((region) => regionFaults(partition, `stackSets[${index}].regions`, region)).slice(0, 1),
    ]),
    ...faultIf(
      closeAccount && page !== undefined,
      'closeAccount',
      closeAccount,
      `is not possible: ${partition.title} closes no account by itself (${page ?? ''}). Set it to false, and close the associated standard account instead.`,
    ),
  ];
}
