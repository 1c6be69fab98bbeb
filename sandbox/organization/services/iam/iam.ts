import { awsQuery } from '../../wire/aws-query';
import { operationsByName, type Service } from '../operation';
import { accountAliasOperations } from './account-alias';
import { rolePolicyOperations } from './role-policies';
import { roleOperations } from './roles';

/** IAM of every account in the organization; which one, the caller's credentials say. */
export const iam: Service = {
  signingName: 'iam',
  actionPrefix: 'iam',
  protocol: awsQuery('https://iam.amazonaws.com/doc/2010-05-08/'),
  operations: operationsByName([...roleOperations, ...rolePolicyOperations, ...accountAliasOperations]),
  admit: () => undefined,
};
