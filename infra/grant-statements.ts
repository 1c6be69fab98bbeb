import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Takes messages from a queue. */
export const CONSUME = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Of the ledger, by key. */
export const READING = ['dynamodb:GetItem'];
export const WRITING = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'];

/**
 * Only where all items of the call are in such partitions. A condition on all values holds where there is none, so the
 * key has to be there as well.
 *
 * @evidence documented IAM/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys: ForAllValues is
 *   true when the key is not in the request
 */
export const inPartitions = (
  tableArn: string,
  actions: readonly string[],
  leadingKeys: readonly string[],
): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [tableArn],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...leadingKeys] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });

export const allow = (actions: readonly string[], ...resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });
