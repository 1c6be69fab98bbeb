import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/**
 * Lets these services use a customer's key in the name of their caller, and the caller itself not at all.
 *
 * @evidence documented kms/developerguide/conditions-kms: `kms:ViaService` names the service, and ends with
 *   amazonaws.com in every partition
 */
export const useOfKey = (
  key: IKey,
  services: readonly ('dynamodb' | 's3' | 'secretsmanager' | 'sns' | 'sqs')[],
): PolicyStatement =>
  new PolicyStatement({
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': services.map((name) => `${name}.${Aws.REGION}.amazonaws.com`) } },
  });
