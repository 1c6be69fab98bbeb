import { partitionNamed } from '../../domain/places/place-of-region';
import { type AwsCaller, partitionOf } from './assumed-role';

/**
 * For clients of services that have one endpoint for a whole partition: any region of the partition would do for the
 * SDK, whose endpoint data knows the host and what to sign for. Where endpoints are given by hand (the local AWS), the
 * signature names this region as it would on AWS.
 *
 * @returns as clients of the SDK take it; without a region where nothing is known of the partition
 */
export function globalRegion(caller: AwsCaller): { readonly region: string } | undefined {
  const partition = partitionNamed(partitionOf(caller));
  return partition === undefined ? undefined : { region: partition.globalRegion };
}
