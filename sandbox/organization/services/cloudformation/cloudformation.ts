import { awsQuery } from '../../wire/aws-query';
import { operationsByName, type Service } from '../operation';
import { stackInstanceOperations } from './stack-instance-operations';
import { stackSetOperations } from './stack-set-operations';
import { changeSetOperations } from './stacks/change-set-operations';
import { stackOperations } from './stacks/stack-operations';

/** CloudFormation as far as self-managed StackSets, and stacks of IAM resources by change sets. */
export const cloudFormation: Service = {
  signingName: 'cloudformation',
  actionPrefix: 'cloudformation',
  protocol: awsQuery('http://cloudformation.amazonaws.com/doc/2010-05-15/', ['ExecuteChangeSet', 'DeleteChangeSet']),
  operations: operationsByName([
    ...stackSetOperations,
    ...stackInstanceOperations,
    ...changeSetOperations,
    ...stackOperations,
  ]),
  admit: () => undefined,
};
