import { Aws } from 'aws-cdk-lib';

/** A role of one name in whatever account: ids of accounts are not known before the accounts are made. */
export const memberRoleArn = (roleName: string): string => `arn:${Aws.PARTITION}:iam::*:role/${roleName}`;
