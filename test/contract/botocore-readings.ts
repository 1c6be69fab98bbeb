import { accessReadings } from './access-readings';
import { costReadings } from './cost-readings';
import { provisioningReadings } from './provisioning-readings';
import { fleetReadings, prerequisiteReadings } from './prerequisite-readings';

import { managedPolicyReadings } from './managed-policy-readings';
import { samlProviderReadings } from './saml-provider-readings';
import type { Ground, Reading } from './reading';

const NOBODY = '000000000001';
const STANDALONE = '666666666666';
const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/) as unknown;
const trust = (principal: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
});
const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const RoleName = 'Worker';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** In the order in which they can be made on one organization. */
export function botocoreReadings(ground: Ground): readonly Reading[] {
  return [
    ...organizationReadings(ground),
    ...stsReadings(ground),
    ...iamReadings(ground),
    ...managedPolicyReadings(),
    ...samlProviderReadings(),
    ...fleetReadings(ground),
    ...provisioningReadings(ground),
    ...accessReadings(ground),
    ...prerequisiteReadings(ground),
    ...costReadings(),
  ];
}

function organizationReadings({ member, root, unit, requestId, invitationId, management }: Ground): readonly Reading[] {
  const invalid = { error: 'InvalidInputException', status: 400 };
  return [
    {
      operation: 'organizations:CreateAccount',
      input: { Email: 'aws+new@corp.example', AccountName: 'retail.new', Tags: [{ Key: 'a', Value: 'b' }] },
      answer: { CreateAccountStatus: { AccountName: 'retail.new', State: 'IN_PROGRESS', RequestedTimestamp: time } },
      refused: { input: { Email: 'none', AccountName: 'x' }, ...invalid },
    },
    {
      operation: 'organizations:CreateGovCloudAccount',
      input: { Email: 'aws+gov@corp.example', AccountName: 'retail.gov', RoleName: 'Access' },
      answer: { CreateAccountStatus: { AccountName: 'retail.gov', State: 'IN_PROGRESS', RequestedTimestamp: time } },
      refused: { input: { Email: 'none', AccountName: 'x' }, ...invalid },
    },
    {
      operation: 'organizations:InviteAccountToOrganization',
      input: { Target: { Id: STANDALONE, Type: 'ACCOUNT' }, Notes: 'Welcome', Tags: [{ Key: 'a', Value: 'b' }] },
      answer: {
        Handshake: {
          State: 'OPEN',
          Action: 'INVITE',
          ExpirationTimestamp: time,
          Parties: [{ Type: 'ORGANIZATION' }, { Id: STANDALONE, Type: 'ACCOUNT' }],
        },
      },
      refused: {
        input: { Target: { Id: STANDALONE, Type: 'ACCOUNT' } },
        error: 'DuplicateHandshakeException',
        status: 400,
      },
    },
    {
      operation: 'organizations:AcceptHandshake',
      account: 'acquired',
      input: { HandshakeId: invitationId },
      answer: { Handshake: { Id: invitationId, State: 'ACCEPTED' } },
      refused: { input: { HandshakeId: invitationId }, error: 'HandshakeAlreadyInStateException', status: 400 },
    },
    {
      operation: 'organizations:DescribeCreateAccountStatus',
      input: { CreateAccountRequestId: requestId },
      answer: { CreateAccountStatus: { State: 'SUCCEEDED', AccountId: member, CompletedTimestamp: time } },
      refused: {
        input: { CreateAccountRequestId: 'car-00000000' },
        error: 'CreateAccountStatusNotFoundException',
        status: 400,
      },
    },
    {
      operation: 'organizations:ListCreateAccountStatus',
      input: { States: ['SUCCEEDED'], MaxResults: 1 },
      answer: { CreateAccountStatuses: [{ Id: requestId }], NextToken: expect.any(String) as unknown },
      refused: { input: { MaxResults: 21 }, ...invalid },
    },
    {
      operation: 'organizations:ListAccounts',
      input: { MaxResults: 1 },
      answer: { Accounts: [{ Id: management, JoinedMethod: 'INVITED', JoinedTimestamp: time }] },
      refused: { input: { NextToken: 'none' }, ...invalid },
    },
    {
      operation: 'organizations:ListDelegatedAdministrators',
      input: {},
      answer: { DelegatedAdministrators: [] },
      refused: { input: { MaxResults: 21 }, ...invalid },
    },
    {
      operation: 'organizations:DescribeAccount',
      input: { AccountId: member },
      answer: { Account: { Id: member, State: 'ACTIVE', Email: 'aws+shop@corp.example' } },
      refused: { input: { AccountId: NOBODY }, error: 'AccountNotFoundException', status: 400 },
    },
    {
      operation: 'organizations:MoveAccount',
      input: { AccountId: member, SourceParentId: root, DestinationParentId: unit },
      answer: {},
      refused: {
        input: { AccountId: member, SourceParentId: root, DestinationParentId: unit },
        error: 'DuplicateAccountException',
        status: 400,
      },
    },
    {
      operation: 'organizations:ListParents',
      input: { ChildId: member },
      answer: { Parents: [{ Id: unit, Type: 'ORGANIZATIONAL_UNIT' }] },
      refused: { input: { ChildId: NOBODY }, error: 'ChildNotFoundException', status: 400 },
    },
    {
      operation: 'organizations:ListRoots',
      input: {},
      answer: { Roots: [{ Id: root, PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }] },
      refused: { input: {}, error: 'AccessDeniedException', status: 400, accessKeyId: member },
    },
    {
      operation: 'organizations:ListOrganizationalUnitsForParent',
      input: { ParentId: unit },
      answer: { OrganizationalUnits: [{ Name: 'Team' }] },
      refused: { input: { ParentId: 'r-0000' }, error: 'ParentNotFoundException', status: 400 },
    },
    {
      operation: 'organizations:ListAccountsForParent',
      input: { ParentId: unit },
      answer: { Accounts: [{ Id: member }] },
      refused: { input: { ParentId: 'r-0000' }, error: 'ParentNotFoundException', status: 400 },
    },
    {
      operation: 'organizations:ListChildren',
      input: { ParentId: unit, ChildType: 'ACCOUNT' },
      answer: { Children: [{ Id: member, Type: 'ACCOUNT' }] },
      refused: { input: { ParentId: unit, ChildType: 'ROOT' }, ...invalid },
    },
    {
      operation: 'organizations:DescribeOrganizationalUnit',
      input: { OrganizationalUnitId: unit },
      answer: { OrganizationalUnit: { Id: unit, Name: 'Dev' } },
      refused: {
        input: { OrganizationalUnitId: 'ou-0000-00000000' },
        error: 'OrganizationalUnitNotFoundException',
        status: 400,
      },
    },
    {
      operation: 'organizations:CreateOrganizationalUnit',
      input: { ParentId: unit, Name: 'New' },
      answer: { OrganizationalUnit: { Name: 'New' } },
      refused: { input: { ParentId: unit, Name: 'New' }, error: 'DuplicateOrganizationalUnitException', status: 400 },
    },
    {
      operation: 'organizations:DescribeOrganization',
      input: {},
      answer: { Organization: { MasterAccountId: management, FeatureSet: 'ALL' } },
      refused: { input: {}, error: 'UnrecognizedClientException', status: 400, accessKeyId: NOBODY },
    },
    {
      operation: 'organizations:TagResource',
      input: { ResourceId: member, Tags: [{ Key: 'owner', Value: 'jane' }] },
      answer: {},
      refused: { input: { ResourceId: NOBODY, Tags: [] }, error: 'TargetNotFoundException', status: 400 },
    },
    {
      operation: 'organizations:ListTagsForResource',
      input: { ResourceId: member },
      answer: { Tags: [{ Key: 'owner', Value: 'jane' }] },
      refused: { input: { ResourceId: NOBODY }, error: 'TargetNotFoundException', status: 400 },
    },
    {
      operation: 'organizations:UntagResource',
      input: { ResourceId: member, TagKeys: ['owner'] },
      answer: {},
      refused: { input: { ResourceId: NOBODY, TagKeys: ['owner'] }, error: 'TargetNotFoundException', status: 400 },
    },
    {
      operation: 'organizations:CloseAccount',
      input: { AccountId: member },
      answer: {},
      refused: { input: { AccountId: NOBODY }, error: 'AccountNotFoundException', status: 400 },
    },
  ];
}

function stsReadings({ management }: Ground): readonly Reading[] {
  const RoleArn = `arn:aws:iam::${management}:role/MeshfedServiceRole`;
  return [
    {
      operation: 'sts:AssumeRole',
      input: { RoleArn: `arn:aws:iam::${management}:role/Open`, RoleSessionName: 'botocore' },
      answer: {
        Credentials: { AccessKeyId: expect.stringMatching(/^ASIA/) as unknown, Expiration: time },
        AssumedRoleUser: { Arn: `arn:aws:sts::${management}:assumed-role/Open/botocore` },
      },
      refused: { input: { RoleArn, RoleSessionName: 'botocore' }, error: 'AccessDenied', status: 403 },
    },
    {
      operation: 'sts:GetCallerIdentity',
      input: {},
      answer: { Account: management, Arn: `arn:aws:iam::${management}:user/administrator` },
      refused: { input: {}, error: 'InvalidClientTokenId', status: 403, accessKeyId: NOBODY },
    },
  ];
}

function iamReadings({ management }: Ground): readonly Reading[] {
  const unknownRole = { input: { RoleName: 'Nobody' }, error: 'NoSuchEntity', status: 404 };
  const own = { RoleName, PolicyName: 'own' };
  const attachment = { RoleName, PolicyArn: ADMINISTRATOR };
  const document = trust(`arn:aws:iam::${management}:root`);
  const reading = (operation: string, input: object, answer: object, refused: Reading['refused']): Reading => ({
    operation: `iam:${operation}`,
    account: 'automation',
    input,
    answer,
    refused,
  });
  const role = { RoleName, AssumeRolePolicyDocument: JSON.stringify(document) };
  const unknownPolicy = { input: { RoleName, PolicyName: 'other' }, error: 'NoSuchEntity', status: 404 };
  return [
    // botocore decodes the URL-encoded documents of IAM by itself.
    reading(
      'CreateRole',
      role,
      { Role: { RoleName, Path: '/', AssumeRolePolicyDocument: document, CreateDate: time } },
      {
        input: role,
        error: 'EntityAlreadyExists',
        status: 409,
      },
    ),
    reading(
      'GetRole',
      { RoleName },
      { Role: { MaxSessionDuration: 3600, AssumeRolePolicyDocument: document } },
      unknownRole,
    ),
    reading(
      'ListRoles',
      { MaxItems: 1 },
      { Roles: [{ Path: '/' }], IsTruncated: true, Marker: expect.any(String) as unknown },
      {
        input: { MaxItems: 0 },
        error: 'ValidationError',
        status: 400,
      },
    ),
    reading(
      'UpdateAssumeRolePolicy',
      { RoleName, PolicyDocument: JSON.stringify(document) },
      {},
      {
        input: { RoleName, PolicyDocument: 'none' },
        error: 'MalformedPolicyDocument',
        status: 400,
      },
    ),
    reading(
      'AttachRolePolicy',
      attachment,
      {},
      {
        input: { RoleName, PolicyArn: 'arn:aws:iam::aws:policy/NoSuchPolicy' },
        error: 'NoSuchEntity',
        status: 404,
      },
    ),
    reading(
      'ListAttachedRolePolicies',
      { RoleName },
      { AttachedPolicies: [{ PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR }], IsTruncated: false },
      unknownRole,
    ),
    reading('DetachRolePolicy', attachment, {}, { input: attachment, error: 'NoSuchEntity', status: 404 }),
    reading(
      'PutRolePolicy',
      { ...own, PolicyDocument: JSON.stringify(policy) },
      {},
      {
        input: { ...own, PolicyDocument: 'none' },
        error: 'MalformedPolicyDocument',
        status: 400,
      },
    ),
    reading('GetRolePolicy', own, { ...own, PolicyDocument: policy }, unknownPolicy),
    reading('ListRolePolicies', { RoleName }, { PolicyNames: ['own'], IsTruncated: false }, unknownRole),
    reading('DeleteRolePolicy', own, {}, unknownPolicy),
    reading('DeleteRole', { RoleName }, {}, unknownRole),
    reading(
      'CreateAccountAlias',
      { AccountAlias: 'corp-automation' },
      {},
      {
        input: { AccountAlias: 'corp-automation' },
        error: 'EntityAlreadyExists',
        status: 409,
      },
    ),
    reading(
      'UpdateAccountPasswordPolicy',
      { MinimumPasswordLength: 8, RequireNumbers: true, MaxPasswordAge: 90, PasswordReusePrevention: 12 },
      {},
      { input: { MinimumPasswordLength: 5 }, error: 'ValidationError', status: 400 },
    ),
    reading(
      'GetAccountPasswordPolicy',
      {},
      { PasswordPolicy: { MinimumPasswordLength: 8, RequireNumbers: true, ExpirePasswords: true, HardExpiry: false } },
      // Another account, which has none.
      { input: {}, accessKeyId: '222222222222', error: 'NoSuchEntity', status: 404 },
    ),
    reading(
      'ListAccountAliases',
      {},
      { AccountAliases: ['corp-automation'], IsTruncated: false },
      {
        input: { MaxItems: 0 },
        error: 'ValidationError',
        status: 400,
      },
    ),
    reading(
      'DeleteAccountAlias',
      { AccountAlias: 'corp-automation' },
      {},
      {
        input: { AccountAlias: 'corp-automation' },
        error: 'NoSuchEntity',
        status: 404,
      },
    ),
  ];
}
