import type { Ability, Cell, Partition } from './partition';
import { PARTITIONS } from './place-table';

/** The partition that an ARN names: `arn:aws-us-gov:…`. Undefined for one that is not in the table. */
export const partitionOfArn = (arn: string): Partition | undefined =>
  PARTITIONS.find(({ name }) => name === arn.split(':')[1]);

export const partitionOfRegion = (region: string): Partition | undefined =>
  PARTITIONS.find(
    ({ defaultRegions, optInRegions }) => defaultRegions.includes(region) || optInRegions[region] !== undefined,
  );

/** Whether accounts have the region only after it was enabled for them. */
export const isOptIn = (region: string): boolean => partitionOfRegion(region)?.optInRegions[region] !== undefined;

/** Why the place lacks the ability; undefined where it has it, or where nothing is known of it. */
export function lackOf(ability: Ability, partition: Partition | undefined, region: string): Cell | undefined {
  const cell = partition?.abilities[ability];
  return cell === undefined || (cell.available && !(cell.except ?? []).includes(region)) ? undefined : cell;
}
