import { answers, asMember, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, after, count, document, excludes, includes, matches, text, time } from '../pattern';

const policy = (Action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const READS = policy('s3:ListAllMyBuckets');
const ARN = 'arn:{{partition}}:iam::{{management}}:policy/{{unique}}';
const NAMED = { PolicyArn: ARN };

const made = (more = {}): Step =>
  answers('CreatePolicy', { PolicyName: '{{unique}}', PolicyDocument: READS, ...more }, {}, { save: 'made' });
const version = (Action: string, more = {}, output = {}): Step =>
  answers('CreatePolicyVersion', { ...NAMED, PolicyDocument: policy(Action), ...more }, output);
const withoutVersion = (VersionId: string): Step => answers('DeletePolicyVersion', { ...NAMED, VersionId });
const GONE = [answers('DeletePolicy', NAMED)];
const VERSIONS_GONE = [
  answers('SetDefaultPolicyVersion', { ...NAMED, VersionId: 'v1' }),
  ...['v2', 'v3', 'v4', 'v5', 'v6'].map(withoutVersion),
  ...GONE,
];

const ROLE = { RoleName: '{{unique}}' };
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const ROLE_MADE = answers('CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST });
const ROLE_GONE = answers('DeleteRole', ROLE);

const refused = (what: string, more: object, error: string): ConformanceCase => ({
  name: `a managed policy is refused for ${what}, and none is made`,
  evidence: 'IAM API_CreatePolicy',
  steps: [
    refuses('GetPolicy', NAMED, 'NoSuchEntityException'),
    refuses('CreatePolicy', { PolicyName: '{{unique}}', PolicyDocument: READS, ...more }, error),
    refuses('GetPolicy', NAMED, 'NoSuchEntityException'),
  ],
  cleanup: GONE,
});

const needsPolicy = (call: string, more = {}): ConformanceCase => ({
  name: `${call} needs a policy that is there`,
  evidence: `IAM API_${call}: NoSuchEntity`,
  steps: [refuses(call, { PolicyArn: `${ARN}-nothing`, ...more }, 'NoSuchEntityException')],
});

export const managedPolicies: CaseGroup = {
  service: 'iam',
  cases: [
    {
      name: 'a managed policy is made, and read as it was made',
      evidence: 'IAM API_CreatePolicy, API_GetPolicy',
      steps: [
        answers(
          'CreatePolicy',
          { PolicyName: '{{unique}}', PolicyDocument: READS, Description: 'for a test' },
          {
            Policy: {
              PolicyName: '{{unique}}',
              Arn: ARN,
              PolicyId: matches(/^ANPA/u),
              Path: '/',
              DefaultVersionId: 'v1',
              AttachmentCount: 0,
              IsAttachable: true,
              CreateDate: time,
              UpdateDate: time,
            },
          },
        ),
        answers('GetPolicy', NAMED, { Policy: { Arn: ARN, DefaultVersionId: 'v1', Description: 'for a test' } }),
        answers(
          'GetPolicyVersion',
          { ...NAMED, VersionId: 'v1' },
          {
            PolicyVersion: {
              VersionId: 'v1',
              IsDefaultVersion: true,
              Document: document({ Statement: [{ Action: 's3:ListAllMyBuckets' }] }),
            },
          },
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'a managed policy is among those of the account, and not among those of AWS',
      evidence: 'IAM API_ListPolicies: Scope',
      steps: [
        made({ Path: '/{{unique}}/' }),
        answers(
          'ListPolicies',
          { Scope: 'Local', PathPrefix: '/{{unique}}/' },
          { Policies: includes({ PolicyName: '{{unique}}' }) },
        ),
        answers('ListPolicies', { Scope: 'AWS', PathPrefix: '/{{unique}}/' }, { Policies: count(0) }),
      ],
      cleanup: [answers('DeletePolicy', { PolicyArn: '{{made.Policy.Arn}}' })],
    },
    {
      name: 'a managed policy with a path has it in its ARN',
      evidence: 'IAM UserGuide reference_identifiers',
      steps: [
        made({ Path: '/conformance/' }),
        answers(
          'GetPolicy',
          { PolicyArn: '{{made.Policy.Arn}}' },
          {
            Policy: {
              Path: '/conformance/',
              Arn: 'arn:{{partition}}:iam::{{management}}:policy/conformance/{{unique}}',
            },
          },
        ),
        refuses('GetPolicy', NAMED, 'NoSuchEntityException'),
      ],
      cleanup: [answers('DeletePolicy', { PolicyArn: '{{made.Policy.Arn}}' })],
    },
    {
      name: 'names of policies are compared without their case',
      evidence: 'IAM API_CreatePolicy: PolicyName, names are not distinguished by case',
      steps: [
        answers('CreatePolicy', { PolicyName: '{{unique}}-Policy', PolicyDocument: READS }, {}, { save: 'one' }),
        refuses(
          'CreatePolicy',
          { PolicyName: '{{unique}}-pOLICY', PolicyDocument: READS },
          'EntityAlreadyExistsException',
          { save: 'other' },
        ),
      ],
      cleanup: [answers('DeletePolicy', { PolicyArn: '{{one.Policy.Arn}}' })],
    },
    {
      name: 'a name is that of one managed policy, whatever its path',
      evidence: 'IAM API_CreatePolicy: EntityAlreadyExists',
      steps: [
        made(),
        refuses('CreatePolicy', { PolicyName: '{{unique}}', PolicyDocument: READS }, 'EntityAlreadyExistsException'),
        refuses(
          'CreatePolicy',
          { PolicyName: '{{unique}}', PolicyDocument: READS, Path: '/other/' },
          'EntityAlreadyExistsException',
        ),
      ],
      cleanup: [
        ...GONE,
        answers('DeletePolicy', { PolicyArn: 'arn:{{partition}}:iam::{{management}}:policy/other/{{unique}}' }),
      ],
    },
    {
      name: 'a managed policy that is deleted is gone',
      evidence: 'IAM API_DeletePolicy',
      steps: [
        made(),
        ...GONE,
        refuses('GetPolicy', NAMED, 'NoSuchEntityException'),
        refuses('DeletePolicy', NAMED, 'NoSuchEntityException'),
      ],
    },
    {
      name: 'a managed policy that is attached is not deleted, and counts its roles',
      evidence: 'IAM API_DeletePolicy: DeleteConflict',
      steps: [
        made(),
        ROLE_MADE,
        answers('AttachRolePolicy', { ...ROLE, PolicyArn: ARN }),
        answers(
          'GetPolicy',
          NAMED,
          { Policy: { AttachmentCount: 1, PermissionsBoundaryUsageCount: 0 } },
          { within: 30 },
        ),
        refuses('DeletePolicy', NAMED, 'DeleteConflictException'),
        answers('DetachRolePolicy', { ...ROLE, PolicyArn: ARN }),
        ...GONE,
      ],
      cleanup: [answers('DetachRolePolicy', { ...ROLE, PolicyArn: ARN }), ROLE_GONE, ...GONE],
    },
    {
      name: 'a managed policy that is a boundary is not deleted',
      evidence: 'IAM API_DeletePolicy: DeleteConflict',
      steps: [
        made(),
        ROLE_MADE,
        answers('PutRolePermissionsBoundary', { ...ROLE, PermissionsBoundary: ARN }),
        answers(
          'GetPolicy',
          NAMED,
          { Policy: { AttachmentCount: 0, PermissionsBoundaryUsageCount: 1 } },
          { within: 30 },
        ),
        refuses('DeletePolicy', NAMED, 'DeleteConflictException'),
        answers('DeleteRolePermissionsBoundary', ROLE),
        ...GONE,
      ],
      cleanup: [ROLE_GONE, ...GONE],
    },
    {
      name: 'a version is made beside the one that counts',
      evidence: 'IAM API_CreatePolicyVersion',
      steps: [
        made(),
        version('ec2:DescribeRegions', {}, { PolicyVersion: { VersionId: 'v2', IsDefaultVersion: false } }),
        answers('GetPolicy', NAMED, { Policy: { DefaultVersionId: 'v1' } }),
        answers(
          'GetPolicyVersion',
          { ...NAMED, VersionId: 'v2' },
          {
            PolicyVersion: {
              IsDefaultVersion: false,
              Document: document({ Statement: [{ Action: 'ec2:DescribeRegions' }] }),
            },
          },
        ),
      ],
      cleanup: VERSIONS_GONE,
    },
    {
      name: 'a version is made in the place of the one that counts',
      evidence: 'IAM API_CreatePolicyVersion: SetAsDefault',
      steps: [
        made(),
        version(
          'ec2:DescribeRegions',
          { SetAsDefault: true },
          { PolicyVersion: { VersionId: 'v2', IsDefaultVersion: true } },
        ),
        answers('GetPolicy', NAMED, { Policy: { DefaultVersionId: 'v2' } }),
        answers('GetPolicyVersion', { ...NAMED, VersionId: 'v1' }, { PolicyVersion: { IsDefaultVersion: false } }),
      ],
      cleanup: VERSIONS_GONE,
    },
    {
      name: 'an older version counts again',
      evidence: 'IAM API_SetDefaultPolicyVersion',
      steps: [
        made(),
        version('ec2:DescribeRegions', { SetAsDefault: true }),
        answers('SetDefaultPolicyVersion', { ...NAMED, VersionId: 'v1' }),
        answers('GetPolicy', NAMED, { Policy: { DefaultVersionId: 'v1' } }),
      ],
      cleanup: VERSIONS_GONE,
    },
    {
      name: 'a policy has five versions, and no more',
      evidence: 'IAM UserGuide reference_iam-quotas; API_CreatePolicyVersion: LimitExceeded',
      steps: [
        made(),
        ...['a', 'b', 'c', 'd'].map((letter) => version(`s3:Get${letter}*`)),
        refuses('CreatePolicyVersion', { ...NAMED, PolicyDocument: READS }, 'LimitExceededException'),
        withoutVersion('v3'),
        version('ec2:DescribeRegions', {}, { PolicyVersion: { VersionId: 'v6' } }),
      ],
      cleanup: VERSIONS_GONE,
    },
    {
      name: 'the version that counts is not deleted',
      evidence: 'IAM API_DeletePolicyVersion: DeleteConflict',
      steps: [
        made(),
        refuses('DeletePolicyVersion', { ...NAMED, VersionId: 'v1' }, 'DeleteConflictException'),
        answers('GetPolicyVersion', { ...NAMED, VersionId: 'v1' }, { PolicyVersion: { IsDefaultVersion: true } }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a policy with several versions is not deleted',
      evidence: 'IAM API_DeletePolicy: DeleteConflict',
      steps: [
        made(),
        version('ec2:DescribeRegions'),
        refuses('DeletePolicy', NAMED, 'DeleteConflictException'),
        withoutVersion('v2'),
        ...GONE,
      ],
      cleanup: VERSIONS_GONE,
    },
    {
      name: 'a version that is not there is neither read, nor chosen, nor deleted',
      evidence: 'IAM API_GetPolicyVersion: NoSuchEntity',
      steps: [
        made(),
        refuses('GetPolicyVersion', { ...NAMED, VersionId: 'v9' }, 'NoSuchEntityException'),
        refuses('SetDefaultPolicyVersion', { ...NAMED, VersionId: 'v9' }, 'NoSuchEntityException'),
        refuses('DeletePolicyVersion', { ...NAMED, VersionId: 'v9' }, 'NoSuchEntityException'),
      ],
      cleanup: GONE,
    },
    refused('what is no JSON', { PolicyDocument: 'policy' }, 'MalformedPolicyDocumentException'),
    refused('no statement', { PolicyDocument: '{"Version":"2012-10-17"}' }, 'MalformedPolicyDocumentException'),
    refused(
      'more than 6,144 characters',
      {
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Sid: 'a'.repeat(6100), Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
        }),
      },
      'LimitExceededException',
    ),
    refused('a path without a slash at its end', { Path: '/conformance' }, 'ValidationError'),
    needsPolicy('GetPolicy'),
    needsPolicy('DeletePolicy'),
    needsPolicy('GetPolicyVersion', { VersionId: 'v1' }),
    needsPolicy('CreatePolicyVersion', { PolicyDocument: READS }),
    needsPolicy('SetDefaultPolicyVersion', { VersionId: 'v1' }),
  ],
};

export const METADATA = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com"><IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>${' '.repeat(700)}`;
const PROVIDER = { SAMLProviderArn: 'arn:{{partition}}:iam::{{management}}:saml-provider/{{unique}}' };
const providerMade = answers('CreateSAMLProvider', { Name: '{{unique}}', SAMLMetadataDocument: METADATA }, PROVIDER);
const PROVIDER_GONE = [answers('DeleteSAMLProvider', PROVIDER)];

const aliasMade = (AccountAlias = '{{unique}}'): Step => answers('CreateAccountAlias', { AccountAlias });
const aliasGone = (AccountAlias = '{{unique}}'): Step => answers('DeleteAccountAlias', { AccountAlias });
const aliases = (...names: readonly string[]): Step =>
  answers('ListAccountAliases', {}, { AccountAliases: names, IsTruncated: false });

const badAlias = (what: string, AccountAlias: string): ConformanceCase => ({
  name: `an alias is refused for ${what}`,
  evidence: 'IAM API_CreateAccountAlias: pattern of AccountAlias',
  steps: asMember([
    aliases(),
    refuses('CreateAccountAlias', { AccountAlias }, ['ValidationError', 'InvalidInputException']),
    aliases(),
  ]),
});

export const aliasesAndProviders: CaseGroup = {
  service: 'iam',
  cases: [
    {
      name: 'an account has an alias, until it is deleted',
      evidence: 'IAM API_CreateAccountAlias, API_ListAccountAliases, API_DeleteAccountAlias',
      steps: asMember([aliases(), aliasMade(), aliases('{{unique}}'), aliasGone(), aliases()]),
      cleanup: asMember([aliasGone()]),
    },
    {
      name: 'an account has one alias: another one takes its place',
      evidence: 'IAM UserGuide console-account-alias: one alias',
      steps: asMember([aliasMade(), aliasMade('{{unique}}-b'), aliases('{{unique}}-b'), aliasGone('{{unique}}-b')]),
      cleanup: asMember([aliasGone('{{unique}}-b'), aliasGone()]),
    },
    {
      name: "an alias that an account has is no other account's",
      evidence: 'IAM API_CreateAccountAlias: EntityAlreadyExists',
      steps: [
        ...asMember([aliasMade()]),
        refuses('CreateAccountAlias', { AccountAlias: '{{unique}}' }, 'EntityAlreadyExistsException'),
        ...asMember([aliases('{{unique}}')]),
      ],
      cleanup: asMember([aliasGone()]),
    },
    {
      name: 'an alias that the account does not have is not deleted',
      evidence: 'IAM API_DeleteAccountAlias: NoSuchEntity',
      steps: asMember([
        aliasMade(),
        refuses('DeleteAccountAlias', { AccountAlias: '{{unique}}-b' }, 'NoSuchEntityException'),
        aliases('{{unique}}'),
      ]),
      cleanup: asMember([aliasGone()]),
    },
    badAlias('capital letters', 'Conformance-Alias'),
    badAlias('two hyphens in a row', 'conformance--alias'),
    badAlias('a hyphen at its end', 'conformance-'),
    badAlias('two characters', 'ab'),
    badAlias('64 characters', 'a'.repeat(64)),
    {
      name: 'a SAML provider is made, read and deleted',
      evidence: 'IAM API_CreateSAMLProvider, API_GetSAMLProvider, API_DeleteSAMLProvider',
      steps: [
        providerMade,
        answers(
          'GetSAMLProvider',
          PROVIDER,
          {
            SAMLMetadataDocument: matches(/EntityDescriptor/u),
            CreateDate: time,
            ValidUntil: time,
          },
          { save: 'provider' },
        ),
        answers('GetSAMLProvider', PROVIDER, { ValidUntil: after('{{provider.CreateDate}}') }),
        ...PROVIDER_GONE,
        refuses('GetSAMLProvider', PROVIDER, 'NoSuchEntityException'),
      ],
      cleanup: PROVIDER_GONE,
    },
    {
      name: 'a SAML provider has a name of its own',
      evidence: 'IAM API_CreateSAMLProvider: EntityAlreadyExists',
      steps: [
        providerMade,
        refuses(
          'CreateSAMLProvider',
          { Name: '{{unique}}', SAMLMetadataDocument: METADATA },
          'EntityAlreadyExistsException',
        ),
        answers('GetSAMLProvider', PROVIDER, { SAMLMetadataDocument: text }),
      ],
      cleanup: PROVIDER_GONE,
    },
    {
      name: 'metadata that are none make no SAML provider',
      evidence: 'IAM API_CreateSAMLProvider: InvalidInput',
      steps: [
        refuses('GetSAMLProvider', PROVIDER, 'NoSuchEntityException'),
        refuses(
          'CreateSAMLProvider',
          { Name: '{{unique}}', SAMLMetadataDocument: 'x'.repeat(1200) },
          'InvalidInputException',
        ),
        refuses('GetSAMLProvider', PROVIDER, 'NoSuchEntityException'),
      ],
      cleanup: PROVIDER_GONE,
    },
    {
      name: 'metadata of a SAML provider are replaced',
      evidence: 'IAM API_UpdateSAMLProvider',
      steps: [
        providerMade,
        answers(
          'UpdateSAMLProvider',
          { ...PROVIDER, SAMLMetadataDocument: METADATA.replace('idp.example.com', 'new.example.com') },
          PROVIDER,
        ),
        answers('GetSAMLProvider', PROVIDER, { SAMLMetadataDocument: matches(/new\.example\.com/u) }),
      ],
      cleanup: PROVIDER_GONE,
    },
    {
      name: 'a SAML provider that is not there is neither updated nor deleted',
      evidence: 'IAM API_DeleteSAMLProvider: NoSuchEntity',
      steps: [
        refuses('GetSAMLProvider', PROVIDER, 'NoSuchEntityException'),
        refuses('UpdateSAMLProvider', { ...PROVIDER, SAMLMetadataDocument: METADATA }, 'NoSuchEntityException'),
        refuses('DeleteSAMLProvider', PROVIDER, 'NoSuchEntityException'),
      ],
    },
    {
      name: 'what a role may do is simulated',
      evidence: 'localstack iam/test_iam test_simulate_principle_policy, 2025-04-21',
      steps: asMember([
        ROLE_MADE,
        answers('PutRolePolicy', { ...ROLE, PolicyName: 'one', PolicyDocument: READS }),
        answers(
          'SimulatePrincipalPolicy',
          {
            PolicySourceArn: 'arn:{{partition}}:iam::{{member}}:role/{{unique}}',
            ActionNames: ['s3:ListAllMyBuckets', 'ec2:DescribeRegions'],
          },
          {
            EvaluationResults: [
              { EvalActionName: 's3:ListAllMyBuckets', EvalDecision: 'allowed' },
              { EvalActionName: 'ec2:DescribeRegions', EvalDecision: 'implicitDeny' },
            ],
          },
          { within: 60 },
        ),
      ]),
      cleanup: asMember([answers('DeleteRolePolicy', { ...ROLE, PolicyName: 'one' }), ROLE_GONE]),
    },
    {
      name: 'an explicit denial is told apart from none',
      evidence: 'IAM API_EvaluationResult: explicitDeny',
      steps: asMember([
        ROLE_MADE,
        answers('PutRolePolicy', { ...ROLE, PolicyName: 'one', PolicyDocument: READS.replace('Allow', 'Deny') }),
        answers(
          'SimulatePrincipalPolicy',
          {
            PolicySourceArn: 'arn:{{partition}}:iam::{{member}}:role/{{unique}}',
            ActionNames: ['s3:ListAllMyBuckets'],
          },
          { EvaluationResults: [{ EvalActionName: 's3:ListAllMyBuckets', EvalDecision: 'explicitDeny' }] },
          { within: 60 },
        ),
      ]),
      cleanup: asMember([answers('DeleteRolePolicy', { ...ROLE, PolicyName: 'one' }), ROLE_GONE]),
    },
    {
      name: 'who is not there is not simulated',
      evidence: 'IAM API_SimulatePrincipalPolicy: NoSuchEntity',
      steps: [
        refuses(
          'SimulatePrincipalPolicy',
          {
            PolicySourceArn: 'arn:{{partition}}:iam::{{management}}:role/{{unique}}-nobody',
            ActionNames: ['s3:ListAllMyBuckets'],
          },
          'NoSuchEntityException',
        ),
      ],
    },
    {
      name: 'a member may do in itself what its access role may',
      evidence: 'orgs_manage_accounts_access: AdministratorAccess',
      steps: asMember([
        ROLE_MADE,
        answers('GetRole', ROLE, { Role: { Arn: 'arn:{{partition}}:iam::{{member}}:role/{{unique}}' } }),
        answers(
          'ListRoles',
          { MaxItems: 1000 },
          { Roles: includes({ RoleName: '{{unique}}' }, { RoleName: 'OrganizationAccountAccessRole' }) },
        ),
        ROLE_GONE,
        answers('ListRoles', { MaxItems: 1000 }, { Roles: excludes({ RoleName: '{{unique}}' }), Marker: absent }),
      ]),
      cleanup: asMember([ROLE_GONE]),
    },
  ],
};
