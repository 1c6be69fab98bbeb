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
 * @evidence documented controltower/userguide/common-eg-failures: STS that is disabled in the account; that governed
 *   regions alone count is our reading of "all Regions supported by AWS Control Tower" there
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

/** The account that Control Tower does not take, and the unit that it is to be in. */
export interface EnrollmentTarget {
  readonly accountId: string;
  readonly unitId: string;
}

type Remedy = (target: EnrollmentTarget, where: string) => string;

/** What Control Tower may name, and what removes it; the first that fits counts. */
const CAUSES: readonly (readonly [RegExp, Remedy])[] = [
  [
    /delivery channel|configuration recorder|config recorder/iu,
    ({ accountId }, where) =>
      `Delete the recorder and the delivery channel of AWS Config in account ${accountId}, ${where} (aws configservice ` +
      'stop-configuration-recorder, delete-delivery-channel, delete-configuration-recorder)',
  ],
  [
    /security token service|\bSTS\b/u,
    ({ accountId }, where) => `Activate STS in account ${accountId}, ${where} (IAM, Account settings)`,
  ],
  [
    /(?:\bOU\b|organizational unit).*(?:not (?:registered|enrolled)|unregistered)/iu,
    ({ unitId }) =>
      `In the Control Tower console choose "Register organizational unit": the OU ${unitId} has to be registered with Control Tower`,
  ],
  [
    /service control polic|\bSCPs?\b|explicit deny/iu,
    ({ accountId, unitId }) =>
      `Find the service control policy that keeps Control Tower from account ${accountId}, on the OU ${unitId} and all ` +
      'above it, and exempt the role AWSControlTowerExecution',
  ],
  [
    /AWSControlTowerExecution/u,
    ({ accountId }) =>
      `Give account ${accountId} the role AWSControlTowerExecution, with AdministratorAccess and trust in the management account`,
  ],
  [
    /\bSNS\b/u,
    ({ accountId }, where) =>
      `Delete the SNS topic in account ${accountId} that has a name which Control Tower needs, ${where}`,
  ],
  [
    /quota|limit|maximum number/iu,
    ({ unitId }) =>
      `Ask AWS to raise the quota that is named (Service Quotas), or make room in the OU ${unitId} and its stack sets`,
  ],
  [
    /landing zone/iu,
    () => 'Update or reset the landing zone in the Control Tower console (Landing zone settings) until it has no drift',
  ],
];

const REGION = /\b[a-z]{2}(?:-[a-z]+)+-\d\b/gu;

/**
 * What a person does about the reason that Control Tower has given.
 *
 * @evidence documented controltower/userguide/common-eg-failures: policies, AWS Config, STS, SNS topics, quotas, roles
 *   and the landing zone are what keeps an account from being enrolled
 */
export function enrollmentRemedy(error: string | null, target: EnrollmentTarget): string {
  const remedy = CAUSES.find(([pattern]) => pattern.test(error ?? ''))?.[1];
  if (remedy === undefined) {
    const { accountId, unitId } = target;
    return (
      `Look at account ${accountId} in the Control Tower console (Organization), remove what stands in its way there, ` +
      `see that the OU ${unitId} is registered with Control Tower, and replay this run.`
    );
  }
  const regions = new Set(error?.match(REGION));
  const where = regions.size === 0 ? 'in each region that Control Tower governs' : `in ${[...regions].join(', ')}`;
  return `${remedy(target, where)}; then replay this run.`;
}
