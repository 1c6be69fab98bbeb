import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient, UpdateSAMLProviderCommand } from '@aws-sdk/client-iam';
import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';

import { functionsInManagement } from '../../../../functions/aws/permissions/function-permissions';
import { exampleAuthorization } from '../../../../sandbox/organization/authorization/example-authorization';
import { loadPolicyTables } from '../../../../sandbox/organization/authorization/policy-simulation';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../../../sandbox/organization/example-organization';
import { ADMINISTRATOR_SET, VIEW_ONLY_SET, withManagementAccess } from '../../../management-access';
import {
  administrator,
  assume,
  AUTOMATION,
  MANAGEMENT,
  organizationUnderTest,
  outcomeOf,
  SERVICE_ROLE,
  type UnderTest,
} from '../organization-under-test';

const InstanceArn = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const ROLE = /^AWSReservedSSO_ViewOnlyAccess_[0-9a-f]{16}$/u;
const PROVIDER = `arn:aws:iam::${MANAGEMENT}:saml-provider/AWSSSO_1234567890abcdef_DO_NOT_DELETE`;
const seed = exampleOrganization();
const authorization = exampleAuthorization(withManagementAccess());

describe('who has taken over a function that gives access to the management account', () => {
  let test: UnderTest;
  let groups: readonly string[];
  beforeAll(loadPolicyTables);
  beforeEach(() => {
    test = organizationUnderTest({ authorization, seed });
    groups = [...(test.organization.state.identityCenter?.groups.keys() ?? [])];
  });

  const assignment = (PermissionSetArn: string, TargetId: string, PrincipalId = groups[0]) => ({
    InstanceArn,
    TargetId,
    TargetType: 'AWS_ACCOUNT' as const,
    PermissionSetArn,
    PrincipalType: 'GROUP' as const,
    PrincipalId,
  });
  const clientOf = (credentials: Parameters<UnderTest['settings']>[0]) =>
    new SSOAdminClient({
      ...test.settings(credentials, 'sessionToken' in credentials ? 'CheckGrants' : undefined),
      region: 'eu-central-1',
    });
  const sessionOf = (ofClass: string) =>
    assume(
      test,
      { credentials: administrator('000000000000'), app: 'CheckGrants' },
      { RoleArn: `${SERVICE_ROLE}-${ofClass}`, ExternalId: EXAMPLE_EXTERNAL_ID },
    );
  const reserved = () =>
    [...(test.organization.state.accounts.get(MANAGEMENT)?.roles.values() ?? [])].filter(({ name }) => ROLE.test(name));
  const given = async (client: SSOAdminClient, ...of: Parameters<typeof assignment>) => {
    const answer = await client.send(new CreateAccountAssignmentCommand(assignment(...of)));
    test.clock.advance(600);
    const AccountAssignmentCreationRequestId = answer.AccountAssignmentCreationStatus?.RequestId ?? '';
    const { AccountAssignmentCreationStatus: status } = await client.send(
      new DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId }),
    );
    return [status?.Status, status?.FailureReason];
  };
  const taken = async (client: SSOAdminClient, ...of: Parameters<typeof assignment>) => {
    const answer = await client.send(new DeleteAccountAssignmentCommand(assignment(...of)));
    test.clock.advance(600);
    const AccountAssignmentDeletionRequestId = answer.AccountAssignmentDeletionStatus?.RequestId ?? '';
    const { AccountAssignmentDeletionStatus: status } = await client.send(
      new DescribeAccountAssignmentDeletionStatusCommand({ InstanceArn, AccountAssignmentDeletionRequestId }),
    );
    return [status?.Status, status?.FailureReason];
  };

  it('gives there what is listed and provisioned, and nothing else anywhere', async () => {
    const client = clientOf(await sessionOf('Management'));
    expect(await given(client, VIEW_ONLY_SET, MANAGEMENT)).toEqual([
      'FAILED',
      expect.stringMatching(/Access denied by IAM.*iam:CreateRole/u),
    ]);
    expect(await given(clientOf(administrator(MANAGEMENT)), VIEW_ONLY_SET, MANAGEMENT)).toEqual([
      'SUCCEEDED',
      undefined,
    ]);

    expect(await given(client, VIEW_ONLY_SET, MANAGEMENT, groups[1])).toEqual(['SUCCEEDED', undefined]);
    expect(await outcomeOf(given(client, ADMINISTRATOR_SET, MANAGEMENT))).toBe('AccessDeniedException');
    expect(await outcomeOf(given(client, VIEW_ONLY_SET, AUTOMATION))).toBe('AccessDeniedException');
  });

  it('takes away there what is listed, and never the last, by which the role would go', async () => {
    const client = clientOf(await sessionOf('Management'));
    await given(clientOf(administrator(MANAGEMENT)), VIEW_ONLY_SET, MANAGEMENT);
    await given(client, VIEW_ONLY_SET, MANAGEMENT, groups[1]);
    const [role, ...others] = reserved();
    expect(others).toEqual([]);
    expect(role).toBeDefined();

    expect(await taken(client, VIEW_ONLY_SET, MANAGEMENT, groups[1])).toEqual(['SUCCEEDED', undefined]);
    expect(await taken(client, VIEW_ONLY_SET, MANAGEMENT)).toEqual([
      'FAILED',
      expect.stringMatching(/Access denied by IAM.*iam:DetachRolePolicy/u),
    ]);
    expect(await taken(clientOf(administrator(MANAGEMENT)), VIEW_ONLY_SET, MANAGEMENT)).toEqual([
      'SUCCEEDED',
      undefined,
    ]);
    expect(reserved()).toEqual([]);
    await given(clientOf(administrator(MANAGEMENT)), VIEW_ONLY_SET, MANAGEMENT);
    expect(reserved()).toHaveLength(1);
    expect(reserved()[0]?.name).not.toBe(role?.name);
  });

  it.each([
    ['eu-central-1', '/aws-reserved/sso.amazonaws.com/eu-central-1/'],
    ['us-east-1', '/aws-reserved/sso.amazonaws.com/'],
  ])('has the role of a permission set at the path of %s', async (region, path) => {
    const { identityCenter } = seed;
    if (identityCenter === undefined) throw new Error('The example has an Identity Center.');
    test = organizationUnderTest({ authorization, seed: { ...seed, identityCenter: { ...identityCenter, region } } });
    const client = new SSOAdminClient({ ...test.settings(administrator(MANAGEMENT)), region });
    expect(await given(client, VIEW_ONLY_SET, MANAGEMENT)).toEqual(['SUCCEEDED', undefined]);

    expect(reserved().map((role) => role.path)).toEqual([path]);
  });

  it('writes nothing in IAM there, where administrators cannot change the role of a permission set either', async () => {
    await given(clientOf(administrator(MANAGEMENT)), VIEW_ONLY_SET, MANAGEMENT);
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const attach = new AttachRolePolicyCommand({ RoleName: reserved()[0]?.name, PolicyArn });
    const iam = new IAMClient(test.settings(await sessionOf('Management'), 'CheckGrants'));
    const Path = '/aws-reserved/sso.amazonaws.com/';
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }],
    });
    const create = new CreateRoleCommand({ RoleName: 'AWSReservedSSO_Own', Path, AssumeRolePolicyDocument: trust });
    const update = new UpdateSAMLProviderCommand({ SAMLProviderArn: PROVIDER, SAMLMetadataDocument: 'x'.repeat(1000) });

    expect(await outcomeOf(iam.send(attach))).toBe('AccessDenied');
    expect(await outcomeOf(iam.send(create))).toBe('AccessDenied');
    expect(await outcomeOf(iam.send(update))).toBe('AccessDenied');
    expect(await outcomeOf(new IAMClient(test.settings(administrator(MANAGEMENT))).send(attach))).toBe(
      'UnmodifiableEntityException',
    );
  });

  it('gives nothing there by the class for groups and assignments, and only who assigns has the other', async () => {
    await given(clientOf(administrator(MANAGEMENT)), VIEW_ONLY_SET, MANAGEMENT);
    const client = clientOf(await sessionOf('IdentityCenter'));

    expect(await outcomeOf(given(client, VIEW_ONLY_SET, MANAGEMENT, groups[1]))).toBe('AccessDeniedException');
    expect(await given(client, VIEW_ONLY_SET, AUTOMATION, groups[1])).toEqual(['SUCCEEDED', undefined]);
    expect(functionsInManagement('Management')).toEqual(['RevokeAccess', 'CheckGrants', 'CheckGroups']);
  });
});
