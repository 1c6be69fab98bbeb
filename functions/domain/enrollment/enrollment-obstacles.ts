import { RejectedError } from '../base/errors';
import { isOptIn } from '../places/partitions';

/** What an account has set up in one region, as far as it can keep Control Tower from enrolling it. */
export interface RegionSetup {
  readonly region: string;
  readonly hasSts: boolean;
  /** Names; a region has one of each at most. */
  readonly recorders: readonly string[];
  readonly deliveryChannels: readonly string[];
}

/** What Control Tower itself makes is named so, and may be left of an earlier enrollment. */
const OF_CONTROL_TOWER = 'aws-controltower-';

/**
 * What keeps Control Tower from enrolling an account, in words.
 *
 * @evidence documented controltower/userguide/common-eg-failures: a recorder or delivery channel of AWS Config in a
 *   governed region
 * @evidence documented controltower/userguide/common-eg-failures: STS that is disabled in the account
 * @evidence documented controltower/userguide/opt-in-region-considerations: Control Tower itself activates a governed
 *   opt-in region in member accounts, so one that is off is no obstacle
 */
export function enrollmentObstacles(setups: readonly RegionSetup[]): readonly string[] {
  return setups.flatMap(({ region, hasSts, recorders, deliveryChannels }) => [
    ...recorders.filter(isForeign).map((name) => `a configuration recorder "${name}" in ${region}`),
    ...deliveryChannels.filter(isForeign).map((name) => `a delivery channel "${name}" in ${region}`),
    ...(hasSts || isOptIn(region) ? [] : [`that STS is not active in ${region}`]),
  ]);
}

const isForeign = (name: string): boolean => !name.startsWith(OF_CONTROL_TOWER);

export const cannotBeEnrolled = (
  { id, name }: { readonly id: string; readonly name: string },
  obstacles: readonly string[],
): RejectedError =>
  new RejectedError(
    `tenant.spec.platformTenantId is ${id} ("${name}"), which Control Tower will not enroll because of ${obstacles.join(', ')}.`,
    'In the account, delete recorders and delivery channels of AWS Config in these regions (aws configservice stop-configuration-recorder, ' +
      'delete-delivery-channel, delete-configuration-recorder), and activate STS in IAM, Account settings; then replay this run. An account that has to keep them ' +
      'can be enrolled by registering its unit once AWS Support has allowed it (docs/import.md), and imported after that.',
  );
