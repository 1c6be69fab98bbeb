import { awsQuery } from '../../wire/aws-query';
import { operationsByName, type Service } from '../operation';
import { stackInstanceOperations } from './stack-instance-operations';
import { stackSetOperations } from './stack-set-operations';

/** CloudFormation as far as self-managed StackSets. */
export const cloudFormation: Service = {
  signingName: 'cloudformation',
  actionPrefix: 'cloudformation',
  protocol: awsQuery('http://cloudformation.amazonaws.com/doc/2010-05-15/'),
  operations: operationsByName([...stackSetOperations, ...stackInstanceOperations]),
  admit: () => undefined,
};
