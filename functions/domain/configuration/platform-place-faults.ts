import { faultIf, faultOf, type Fault } from '../base/fault';
import type { PlatformConfiguration } from './platform-configuration';
import { type Partition, lackOf, partitionOfArn, partitionOfRegion } from '../places/partitions';

type Platform = Pick<
  PlatformConfiguration,
  'accessConfig' | 'automationAccountRole' | 'region' | 'awsIdentityStore' | 'enrollmentConfiguration' | 'metering'
>;

/**
 * What `platform.json` asks of AWS where AWS does not have it. Of a partition that is not in the table nothing is
 * known, and nothing refused.
 */
export function platformPlaceFaults(platform: Platform): readonly Fault[] {
  const partition = partitionIn(platform);
  if (partition === undefined) return [];
  const { region, awsIdentityStore, enrollmentConfiguration } = platform;
  return [
    ...regionFaults(partition, 'region', region),
    ...regionFaults(partition, 'awsIdentityStore.region', awsIdentityStore?.region),
    ...regionFaults(partition, 'enrollmentConfiguration.region', enrollmentConfiguration?.region),
    ...faultIf(
      partitionOfArn(platform.automationAccountRole) !== partition,
      'automationAccountRole',
      platform.automationAccountRole,
      `is not in ${partition.name}, where organizationRootAccountRole is: no role of one partition enters another. Correct one of the two.`,
    ),
    ...enrollmentFaults(platform, partition),
    ...meteringFaults(platform, partition),
  ];
}

export const partitionIn = ({ accessConfig }: Pick<Platform, 'accessConfig'>): Partition | undefined =>
  partitionOfArn(accessConfig.organizationRootAccountRole);

/** A region that is not in the table may be a new one. */
export function regionFaults(partition: Partition, field: string, region: string | undefined): readonly Fault[] {
  const other = region === undefined ? undefined : partitionOfRegion(region);
  return faultIf(
    other !== undefined && other !== partition,
    field,
    region,
    `is a region of the partition ${other?.name ?? ''}, but organizationRootAccountRole is in ${partition.name}. Name a region of ` +
      `${partition.name} (${examples(partition)}), or correct the role.`,
  );
}

const examples = ({ defaultRegions }: Partition): string => defaultRegions.slice(0, 3).join(', ');

function enrollmentFaults({ enrollmentConfiguration: enrollment }: Platform, partition: Partition): readonly Fault[] {
  if (enrollment === undefined) return [];
  const { strategy, region } = enrollment;
  const controlTower = lackOf('controlTower', partition, region);
  if (controlTower !== undefined) {
    const problem = `needs AWS Control Tower, which ${partition.title} does not have (${controlTower.page}). Remove it, and set awsEnrollAccount of all landing zones to false.`;
    return [faultOf('enrollmentConfiguration', strategy, problem)];
  }
  const page = lackOf('serviceCatalog', partition, region)?.page;
  return faultIf(
    strategy === 'account-factory' && page !== undefined,
    'enrollmentConfiguration.strategy',
    strategy,
    `needs AWS Service Catalog, which ${region} does not have (${page ?? ''}). Set it to 'auto-enroll', and turn automatic enrollment on in the landing ` +
      'zone of Control Tower.',
  );
}

function meteringFaults({ region, metering }: Platform, partition: Partition): readonly Fault[] {
  const page = lackOf('costExplorer', partition, region)?.page;
  return faultIf(
    metering !== undefined && page !== undefined,
    'metering',
    metering,
    `needs AWS Cost Explorer, which ${partition.title} does not have (${page ?? ''}). Remove it: the costs are billed to the associated standard ` +
      'accounts, where an installation in the commercial organization can collect them.',
  );
}
