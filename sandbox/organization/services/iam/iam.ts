import { awsQuery } from '../../wire/aws-query';
import { operationsByName, type Service } from '../operation';
import { accountAliasOperations } from './account-alias';
import { managedPolicyOperations } from './managed-policies';
import { passwordPolicyOperations } from './password-policy';
import { permissionsBoundaryOperations } from './permissions-boundary';
import { policyVersionOperations } from './policy-versions';
import { rolePolicyOperations } from './role-policies';
import { roleOperations } from './roles';
import { samlProviderOperations } from './saml-providers';
import { simulatedPolicyOperations } from './simulated-policies';

/** IAM of every account in the organization; which one, the caller's credentials say. */
export const iam: Service = {
  signingName: 'iam',
  actionPrefix: 'iam',
  protocol: awsQuery('https://iam.amazonaws.com/doc/2010-05-08/'),
  operations: operationsByName([
    ...roleOperations,
    ...rolePolicyOperations,
    ...permissionsBoundaryOperations,
    ...managedPolicyOperations,
    ...policyVersionOperations,
    ...samlProviderOperations,
    ...accountAliasOperations,
    ...passwordPolicyOperations,
    ...simulatedPolicyOperations,
  ]),
  admit: () => undefined,
};
