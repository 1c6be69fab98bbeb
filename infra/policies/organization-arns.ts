import { Aws } from 'aws-cdk-lib';

/**
 * The organization's own id is not asked of the operator: with these actions nobody reaches another organization than
 * the caller's.
 */
export const PLACE_ARNS = [
  `arn:${Aws.PARTITION}:organizations::${Aws.ACCOUNT_ID}:root/o-*/r-*`,
  `arn:${Aws.PARTITION}:organizations::*:ou/o-*/ou-*`,
];

export const ACCOUNT_ARN = `arn:${Aws.PARTITION}:organizations::*:account/o-*/*`;

export const ORGANIZATION_ARNS = [...PLACE_ARNS, ACCOUNT_ARN];

/** The service and the resource control policies of the organization. */
export const POLICY_ARNS = ['service_control_policy', 'resource_control_policy'].map(
  (kind) => `arn:${Aws.PARTITION}:organizations::*:policy/o-*/${kind}/p-*`,
);

/** A root or a unit; those of other organizations have other ids. */
export const placeArn = (id: string): string =>
  `arn:${Aws.PARTITION}:organizations::${Aws.ACCOUNT_ID}:${id.startsWith('r-') ? 'root' : 'ou'}/o-*/${id}`;
