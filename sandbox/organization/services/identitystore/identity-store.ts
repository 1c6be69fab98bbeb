import { awsJson } from '../../wire/aws-json';
import { operationsByName, type Service } from '../operation';
import { administratorsOnly } from '../sso-admin/identity-center-administrators';
import { groupOperations } from './groups';
import { membershipOperations } from './memberships';
import { userOperations } from './users';

/** The identity store of IAM Identity Center: users, groups, and who is in which. */
export const identityStore: Service = {
  signingName: 'identitystore',
  actionPrefix: 'identitystore',
  protocol: awsJson(),
  operations: operationsByName([...userOperations, ...groupOperations, ...membershipOperations]),
  admit: administratorsOnly,
};
