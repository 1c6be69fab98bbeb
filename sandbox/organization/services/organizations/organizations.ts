import * as z from 'zod';
import { accountOf } from '../../account-of';
import { ServiceError } from '../../service-error';
import { awsJson } from '../../wire/aws-json';
import { operation, operationsByName, type CallContext, type Operation, type Service } from '../operation';
import { accountCreationOperations } from './account-creation';
import { accountOperations } from './accounts';
import { accountArn } from './arns';
import { delegatedAdministrators } from './delegated-administrators';
import { refuseInput } from './invalid-input';
import { invitationOperations } from './invitations';
import { policyOperations } from './policies';
import { tagOperations } from './tags';
import { trustedAccessOperations } from './trusted-access';
import { unitOperations } from './units';
import { arnIn } from '../../arn';

const describeOrganization: Operation = operation(refuseInput, {
  // @evidence example "examples of AWS, organizations:DescribeOrganization": DescribeOrganization answers Organization
  name: 'DescribeOrganization',
  write: false,
  input: z.object({}),
  answer: ({ state, state: { seed } }) => ({
    Organization: {
      Id: seed.organizationId,
      Arn: arnIn(seed, `organizations::${seed.managementAccountId}:organization/${seed.organizationId}`),
      FeatureSet: seed.featureSet ?? 'ALL',
      MasterAccountArn: accountArn(seed, seed.managementAccountId),
      MasterAccountId: seed.managementAccountId,
      MasterAccountEmail: accountOf(state, seed.managementAccountId).email,
      AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
    },
  }),
});

/**
 * The management account may use the service, and a delegated administrator may read; another member may ask for no
 * more than DescribeOrganization, and anybody answers an invitation.
 *
 * @evidence documented "botocore organizations.ListAccounts, organizations.DescribeAccount,
 *   organizations.ListPoliciesForTarget": a member that is a delegated administrator may call it, too
 * @evidence documented organizations/latest/userguide/orgs_delegate_policies: for more than that it takes a delegation
 *   policy, which the model is without
 */
function admit({ principal, state }: CallContext, name: string): void {
  if (principal.accountId === state.seed.managementAccountId || name === 'AcceptHandshake') {
    return;
  }
  if (!state.accounts.has(principal.accountId)) {
    // @evidence documented "botocore organizations.DescribeOrganization": AWSOrganizationsNotInUseException for an
    //   account that is in no organization
    throw new ServiceError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  }
  const mayRead = delegatedAdministrators(state).some(({ id }) => id === principal.accountId);
  if (name !== 'DescribeOrganization' && !(mayRead && /^(?:Describe|List)/u.test(name))) {
    // @evidence documented "botocore organizations.ListAccounts": AccessDeniedException for who may not perform the
    //   operation
    throw new ServiceError('AccessDeniedException', "You don't have permissions to access this resource.");
  }
}

export const organizations: Service = {
  signingName: 'organizations',
  actionPrefix: 'organizations',
  protocol: awsJson(),
  operations: operationsByName([
    ...accountCreationOperations,
    ...accountOperations,
    ...unitOperations,
    ...tagOperations,
    ...policyOperations,
    ...invitationOperations,
    ...trustedAccessOperations,
    describeOrganization,
  ]),
  admit,
};
