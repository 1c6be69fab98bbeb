import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** What a user of meshStack's own connector may do: assume one role, with the ExternalId. */
export const mayAssume = (roleArn: string, externalId: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['sts:AssumeRole'],
    resources: [roleArn],
    conditions: { StringEquals: { 'sts:ExternalId': externalId } },
  });
