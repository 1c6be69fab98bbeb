import { awsJson } from '../../wire/aws-json';
import { operationsByName, type Service } from '../operation';
import { assignmentOperations } from './assignments';
import { administratorsOnly } from './identity-center-administrators';
import { permissionSetOperations } from './permission-sets';

/** The administration of IAM Identity Center: permission sets, and who has which of them in which account. */
export const ssoAdmin: Service = {
  signingName: 'sso',
  actionPrefix: 'sso',
  protocol: awsJson(),
  operations: operationsByName([...permissionSetOperations, ...assignmentOperations]),
  admit: administratorsOnly,
};
