import * as z from 'zod';
import { awsQuery } from '../../wire/aws-query';
import { operation, operationsByName, type Service } from '../operation';
import { refuseQueryInput } from '../query-input';
import { assumeRole, assumeRoleInput } from './assume-role';

export const sts: Service = {
  signingName: 'sts',
  actionPrefix: 'sts',
  protocol: awsQuery('https://sts.amazonaws.com/doc/2011-06-15/'),
  operations: operationsByName([
    operation(refuseQueryInput, {
      // @evidence example "examples of AWS, sts:AssumeRole": AssumeRole answers Credentials and AssumedRoleUser
      name: 'AssumeRole',
      write: false,
      input: assumeRoleInput,
      // The role's trust and the caller's policies are weighed together, in the operation itself.
      targets: () => [],
      answer: assumeRole,
    }),
    operation(refuseQueryInput, {
      // @evidence example "examples of AWS, sts:GetCallerIdentity": GetCallerIdentity answers UserId, Account and Arn
      name: 'GetCallerIdentity',
      write: false,
      input: z.object({}),
      // @evidence documented STS/APIReference/API_GetCallerIdentity: no permissions are required, and Account is that
      //   of the calling entity
      // A function of the local AWS calls with a key of none of these accounts: its user agent says who it is, and it
      // is in the meshcloud account.
      targets: () => [],
      answer: ({ principal }) => ({ UserId: principal.userId, Account: principal.accountId, Arn: principal.arn }),
    }),
  ]),
  admit: () => undefined,
};
