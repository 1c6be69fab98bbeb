import type { Ability, Cell, Partition } from './partition';
import { ACCOUNT_REGIONS, PARTITIONS, STACK_SET_REGIONS } from './place-table';

/** Undefined for one that is not in the table. */
export const partitionNamed = (wanted = ''): Partition | undefined => PARTITIONS.find(({ name }) => name === wanted);

/** The partition that an ARN names: `arn:aws-us-gov:…`. */
export const partitionOfArn = (arn: string): Partition | undefined => partitionNamed(arn.split(':')[1]);

export const partitionOfRegion = (region: string): Partition | undefined =>
  PARTITIONS.find(
    ({ defaultRegions, optInRegions }) => defaultRegions.includes(region) || optInRegions[region] !== undefined,
  );

/** Whether accounts have the region only after it was enabled for them. */
export const isOptIn = (region: string): boolean => partitionOfRegion(region)?.optInRegions[region] !== undefined;

/**
 * What a remedy says besides where a stack instance cannot be made in a region that the account may not have; empty
 * where every account has it.
 */
export function regionHint(region: string): string {
  if (isOptIn(region)) {
    return ` Accounts have ${region} only after it was enabled for them (${STACK_SET_REGIONS}): enable it in this account and in the stack set's, or take it out of regions.`;
  }
  return partitionOfRegion(region) === undefined
    ? ` ${region} is not among the regions that are known here (${ACCOUNT_REGIONS}): correct it in regions, if it is misspelt.`
    : '';
}

/**
 * The region itself where every account has it, otherwise the nearest that every account has: STS of an opt-in region
 * issues no session for an account that has not enabled it ("Manage AWS STS in an AWS Region", IAM User Guide), and a
 * new account has enabled none.
 *
 * @param region of the deployment, where it is known
 * @returns as clients of the SDK take it; without a region where nothing is known of the partition, and so AWS has to
 * tell
 */
export function everyAccountsRegion(
  partition: Partition | undefined,
  region = '',
): { readonly region: string } | undefined {
  if (partition === undefined) return undefined;
  const { defaultRegions, optInRegions, globalRegion } = partition;
  return { region: defaultRegions.includes(region) ? region : (optInRegions[region] ?? globalRegion) };
}

/** Why the place lacks the ability; undefined where it has it, or where nothing is known of it. */
export function lackOf(ability: Ability, partition: Partition | undefined, region: string): Cell | undefined {
  const cell = partition?.abilities[ability];
  return cell === undefined || (cell.available && !(cell.except ?? []).includes(region)) ? undefined : cell;
}
