import { answers, answersOrRefuses, by, type CaseGroup, refuses, requestsAreOver, type Step } from '../case';
import { absent, count, excludes, includes, matches, type Pattern, text } from '../pattern';

const DAY = 24 * 3600;
const closed = (name: string, details = {}): Step => answers('CloseAccount', { AccountId: `{{${name}}}` }, {}, details);
const isClosed = (name: string): Step =>
  answers('DescribeAccount', { AccountId: `{{${name}}}` }, { Account: { State: 'CLOSED' } }, { within: 1800 });
const limited = (name: string, Reason: string): Step =>
  refuses('CloseAccount', { AccountId: `{{${name}}}` }, 'ConstraintViolationException', { members: { Reason } });
const created = (Email: string, save: string): Step =>
  answers(
    'CreateAccount',
    { AccountName: '{{unique}}', Email },
    { CreateAccountStatus: { State: 'IN_PROGRESS' } },
    { save },
  );
const status = (save: string, CreateAccountStatus: Pattern): Step =>
  answers(
    'DescribeCreateAccountStatus',
    { CreateAccountRequestId: `{{${save}.CreateAccountStatus.Id}}` },
    { CreateAccountStatus },
    { within: 600 },
  );
const noRoomFor = (name: string): Step =>
  refuses(
    'InviteAccountToOrganization',
    { Target: { Id: `{{${name}}}`, Type: 'ACCOUNT' } },
    'HandshakeConstraintViolationException',
  );
const NEW = '{{mailbox}}+{{unique}}@{{domain}}';
const UNAVAILABLE = 'UnsupportedAPIEndpointException';

/** In the organization of the run: three closures at a time, and at least 250 in thirty days. */
export const closures: CaseGroup = {
  service: 'organizations',
  cases: [
    {
      name: 'three accounts are closed at a time',
      evidence: 'orgs_reference_limits: accounts closed concurrently; CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED',
      steps: [
        closed('spareOne'),
        closed('spareTwo'),
        closed('spareThree'),
        limited('spareFour', 'CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED'),
        // One that is being closed is no further closure.
        answersOrRefuses('CloseAccount', { AccountId: '{{spareOne}}' }, ['ConflictException'], { after: 20 }),
        answersOrRefuses('CloseAccount', { AccountId: '{{spareTwo}}' }, ['ConflictException'], { after: 5 }),
        answers('DescribeAccount', { AccountId: '{{spareFour}}' }, { Account: { State: 'ACTIVE' } }),
        isClosed('spareOne'),
        isClosed('spareTwo'),
        isClosed('spareThree'),
        closed('spareFour'),
        isClosed('spareFour'),
        refuses('CloseAccount', { AccountId: '{{spareOne}}' }, 'AccountAlreadyClosedException'),
      ],
    },
    {
      name: 'an account in the commercial partition gets its counterpart in GovCloud',
      evidence: 'API_CreateGovCloudAccount: two accounts, GovCloudAccountId; EMAIL_ALREADY_EXISTS',
      accounts: 2,
      steps: [
        answers(
          'CreateGovCloudAccount',
          { AccountName: '{{unique}}', Email: NEW, Tags: [{ Key: 'project', Value: 'shop' }] },
          { CreateAccountStatus: { State: 'IN_PROGRESS', GovCloudAccountId: absent } },
          { save: 'made' },
        ),
        status('made', {
          State: 'SUCCEEDED',
          AccountId: matches(/^\d{12}$/u),
          GovCloudAccountId: matches(/^\d{12}$/u),
          FailureReason: absent,
        }),
        answers(
          'DescribeCreateAccountStatus',
          { CreateAccountRequestId: '{{made.CreateAccountStatus.Id}}' },
          {},
          { save: 'ended' },
        ),
        answers(
          'ListTagsForResource',
          { ResourceId: '{{ended.CreateAccountStatus.AccountId}}' },
          { Tags: [{ Key: 'project', Value: 'shop' }] },
        ),
        refuses(
          'DescribeAccount',
          { AccountId: '{{ended.CreateAccountStatus.GovCloudAccountId}}' },
          'AccountNotFoundException',
        ),
        answers(
          'CreateGovCloudAccount',
          { AccountName: '{{unique}}', Email: '{{managementEmail}}' },
          {},
          { save: 'taken' },
        ),
        status('taken', {
          State: 'FAILED',
          FailureReason: 'EMAIL_ALREADY_EXISTS',
          AccountId: absent,
          GovCloudAccountId: absent,
        }),
        refuses(
          'CreateGovCloudAccount',
          { AccountName: '{{unique}}', Email: NEW, RoleName: 'AWSServiceRoleForMe' },
          'InvalidInputException',
        ),
      ],
      cleanup: [...requestsAreOver, closed('ended.CreateAccountStatus.AccountId')],
    },
    {
      name: 'policies of resources are listed beside those of services',
      evidence: 'orgs_manage_policies_rcps; API_ListPolicies, API_DescribePolicy',
      steps: [
        answers(
          'DescribePolicy',
          { PolicyId: '{{resourcePolicy}}' },
          {
            Policy: {
              PolicySummary: {
                Id: '{{resourcePolicy}}',
                Type: 'RESOURCE_CONTROL_POLICY',
                AwsManaged: false,
                Arn: matches(/:policy\/o-[a-z0-9]+\/resource_control_policy\/p-[a-z0-9]+$/u),
              },
            },
          },
        ),
        answers(
          'ListTargetsForPolicy',
          { PolicyId: '{{resourcePolicy}}' },
          { Targets: [{ TargetId: '{{policyTarget}}' }] },
        ),
        answers(
          'ListPolicies',
          { Filter: 'RESOURCE_CONTROL_POLICY' },
          {
            Policies: includes({
              Id: 'p-RCPFullAWSAccess',
              AwsManaged: true,
              Type: 'RESOURCE_CONTROL_POLICY',
              Arn: matches(/:organizations::aws:policy\/resource_control_policy\/p-RCPFullAWSAccess$/u),
            }),
          },
          { save: 'all' },
        ),
        answers(
          'ListPolicies',
          { Filter: 'SERVICE_CONTROL_POLICY' },
          { Policies: excludes({ Id: 'p-RCPFullAWSAccess' }) },
        ),
        answers(
          'ListPoliciesForTarget',
          { TargetId: '{{root}}', Filter: 'RESOURCE_CONTROL_POLICY' },
          { Policies: [{ Id: 'p-RCPFullAWSAccess' }] },
        ),
        answers(
          'ListTargetsForPolicy',
          { PolicyId: 'p-RCPFullAWSAccess' },
          { Targets: includes({ TargetId: '{{root}}', Name: 'Root', Type: 'ROOT' }) },
        ),
        answers(
          'DescribePolicy',
          { PolicyId: 'p-RCPFullAWSAccess' },
          { Policy: { PolicySummary: { Name: 'RCPFullAWSAccess', AwsManaged: true }, Content: text } },
        ),
      ],
    },
    {
      name: 'a policy of the organization is attached where it was attached, and is its own',
      evidence: 'API_PolicySummary: Arn, AwsManaged; API_ListTargetsForPolicy',
      steps: [
        answers(
          'DescribePolicy',
          { PolicyId: '{{policy}}' },
          {
            Policy: {
              PolicySummary: {
                Id: '{{policy}}',
                AwsManaged: false,
                Type: 'SERVICE_CONTROL_POLICY',
                Arn: 'arn:{{partition}}:organizations::{{management}}:policy/{{organization}}/service_control_policy/{{policy}}',
              },
              Content: text,
            },
          },
          { save: 'own' },
        ),
        answers(
          'ListTargetsForPolicy',
          { PolicyId: '{{policy}}' },
          { Targets: [{ TargetId: '{{policyTarget}}', Type: 'ORGANIZATIONAL_UNIT' }] },
        ),
        answers(
          'ListPoliciesForTarget',
          { TargetId: '{{policyTarget}}', Filter: 'SERVICE_CONTROL_POLICY' },
          {
            Policies: includes(
              { Id: '{{policy}}', Name: '{{own.Policy.PolicySummary.Name}}' },
              { Id: 'p-FullAWSAccess' },
            ),
          },
        ),
        answers(
          'ListPoliciesForTarget',
          { TargetId: '{{root}}', Filter: 'SERVICE_CONTROL_POLICY' },
          { Policies: excludes({ Id: '{{policy}}' }) },
        ),
        answers(
          'ListPolicies',
          { Filter: 'SERVICE_CONTROL_POLICY' },
          { Policies: includes({ Id: '{{policy}}', AwsManaged: false }) },
        ),
      ],
    },
    {
      name: 'who administers Identity Center beside the management account is told',
      evidence: 'API_ListDelegatedAdministrators: ServicePrincipal; API_DelegatedAdministrator',
      steps: [
        answers(
          'ListDelegatedAdministrators',
          { ServicePrincipal: 'sso.amazonaws.com' },
          { DelegatedAdministrators: [{ Id: '{{delegate}}', State: 'ACTIVE' }] },
        ),
        answers(
          'ListDelegatedAdministrators',
          {},
          { DelegatedAdministrators: includes({ Id: '{{delegate}}' }, { Id: '{{centralBackup}}' }) },
        ),
        answers(
          'ListDelegatedAdministrators',
          { ServicePrincipal: 'macie.amazonaws.com' },
          { DelegatedAdministrators: excludes({ Id: '{{delegate}}' }) },
        ),
        ...by('delegate', answers('DescribeOrganization', {}, { Organization: { Id: '{{organization}}' } })),
      ],
    },
    {
      name: 'a delegated administrator reads the organization, and changes nothing without a delegation policy',
      evidence: 'API_ListAccounts: a member that is a delegated administrator; orgs_delegate_policies',
      steps: [
        ...by(
          'delegate',
          answers('ListRoots', {}, { Roots: [{ Id: '{{root}}' }] }),
          answers('DescribeAccount', { AccountId: '{{member}}' }, { Account: { Id: '{{member}}' } }),
          answers(
            'ListPoliciesForTarget',
            { TargetId: '{{root}}', Filter: 'SERVICE_CONTROL_POLICY' },
            { Policies: includes({ Id: 'p-FullAWSAccess' }) },
          ),
          refuses('CreateOrganizationalUnit', { ParentId: '{{root}}', Name: '{{unique}}' }, 'AccessDeniedException'),
          refuses(
            'MoveAccount',
            { AccountId: '{{member}}', SourceParentId: '{{root}}', DestinationParentId: '{{unit}}' },
            'AccessDeniedException',
          ),
        ),
        refuses('ListRoots', {}, 'AccessDeniedException', { as: 'member' }),
      ],
    },
    {
      name: 'Control Tower and Identity Center work in the whole organization',
      evidence:
        'API_ListAWSServiceAccessForOrganization; services-that-can-integrate-ct, services-that-can-integrate-sso',
      steps: [
        answers('controltower:GetLandingZone', { landingZoneIdentifier: '{{landingZone}}' }),
        answers(
          'ListAWSServiceAccessForOrganization',
          {},
          {
            EnabledServicePrincipals: includes(
              { ServicePrincipal: 'controltower.amazonaws.com' },
              { ServicePrincipal: 'sso.amazonaws.com' },
            ),
          },
        ),
        answers(
          'ListAWSServiceAccessForOrganization',
          { MaxResults: 1 },
          { EnabledServicePrincipals: count(1), NextToken: text },
          { save: 'page' },
        ),
        answers(
          'ListAWSServiceAccessForOrganization',
          { MaxResults: 1, NextToken: '{{page.NextToken}}' },
          {
            EnabledServicePrincipals: excludes({
              ServicePrincipal: '{{page.EnabledServicePrincipals.0.ServicePrincipal}}',
            }),
          },
        ),
      ],
    },
  ],
};

export const exhaustedQuotas: CaseGroup = {
  service: 'organizations',
  organization: 'quotas',
  cases: [
    {
      name: 'an invitation counts as an account until it ends, a closed account goes on counting, and none is above the quota',
      evidence:
        'orgs_manage_accounts_invites; ACCOUNT_NUMBER_LIMIT_EXCEEDED; API_CreateAccountStatus; orgs_reference_limits',
      steps: [
        answers('InviteAccountToOrganization', { Target: { Id: '{{outsider}}', Type: 'ACCOUNT' } }),
        noRoomFor('joiner'),
        created(NEW, 'above'),
        status('above', { State: 'FAILED', FailureReason: 'ACCOUNT_LIMIT_EXCEEDED', AccountId: absent }),
        answers(
          'InviteAccountToOrganization',
          { Target: { Id: '{{joiner}}', Type: 'ACCOUNT' } },
          {},
          { after: 16 * DAY },
        ),
        answers('ListRoots', {}, {}, { after: 16 * DAY }),
        created(NEW, 'within'),
        status('within', { State: 'SUCCEEDED', AccountId: matches(/^\d{12}$/u) }),
        created('{{mailbox}}+{{unique}}-b@{{domain}}', 'third'),
        status('third', { State: 'FAILED', FailureReason: 'ACCOUNT_LIMIT_EXCEEDED' }),
        noRoomFor('outsider'),
        answers(
          'DescribeCreateAccountStatus',
          { CreateAccountRequestId: '{{within.CreateAccountStatus.Id}}' },
          {},
          { save: 'made' },
        ),
        closed('made.CreateAccountStatus.AccountId'),
        isClosed('made.CreateAccountStatus.AccountId'),
        created('{{mailbox}}+{{unique}}-c@{{domain}}', 'fourth'),
        status('fourth', { State: 'FAILED', FailureReason: 'ACCOUNT_LIMIT_EXCEEDED' }),
        noRoomFor('outsider'),
        // Another case counts the closures of thirty days.
        answers('ListRoots', {}, {}, { after: 31 * DAY }),
      ],
    },
    {
      name: 'no unit is made above the quota',
      evidence: 'API_CreateOrganizationalUnit: OU_NUMBER_LIMIT_EXCEEDED; orgs_reference_limits',
      steps: [
        answers('CreateOrganizationalUnit', { ParentId: '{{root}}', Name: '{{unique}}' }, {}, { save: 'made' }),
        refuses(
          'CreateOrganizationalUnit',
          { ParentId: '{{root}}', Name: '{{unique}}-b' },
          'ConstraintViolationException',
          { members: { Reason: 'OU_NUMBER_LIMIT_EXCEEDED' } },
        ),
        answers(
          'ListOrganizationalUnitsForParent',
          { ParentId: '{{root}}' },
          { OrganizationalUnits: excludes({ Name: '{{unique}}-b' }) },
        ),
      ],
      cleanup: [answers('DeleteOrganizationalUnit', { OrganizationalUnitId: '{{made.OrganizationalUnit.Id}}' })],
    },
    {
      name: 'a share of the accounts is closed in thirty days, and no more',
      evidence: 'orgs_reference_limits: accounts closed within 30 days; CLOSE_ACCOUNT_QUOTA_EXCEEDED',
      steps: [
        closed('spareOne'),
        isClosed('spareOne'),
        closed('spareTwo', { after: DAY }),
        isClosed('spareTwo'),
        limited('spareThree', 'CLOSE_ACCOUNT_QUOTA_EXCEEDED'),
        { ...limited('spareThree', 'CLOSE_ACCOUNT_QUOTA_EXCEEDED'), after: 28 * DAY },
        closed('spareThree', { after: DAY }),
        isClosed('spareThree'),
        limited('spareFour', 'CLOSE_ACCOUNT_QUOTA_EXCEEDED'),
      ],
    },
  ],
};

export const consolidatedBilling: CaseGroup = {
  service: 'organizations',
  organization: 'consolidated-billing',
  cases: [
    {
      name: 'an organization of consolidated billing says so, and closes no accounts',
      evidence: 'API_DescribeOrganization: FeatureSet; API_CloseAccount; ORGANIZATION_NOT_IN_ALL_FEATURES_MODE',
      steps: [
        answers('DescribeOrganization', {}, { Organization: { FeatureSet: 'CONSOLIDATED_BILLING' } }),
        refuses('CloseAccount', { AccountId: '{{spareOne}}' }, 'ConstraintViolationException', {
          members: { Reason: 'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE' },
        }),
        answers('DescribeAccount', { AccountId: '{{spareOne}}' }, { Account: { State: 'ACTIVE' } }),
        answers('ListAWSServiceAccessForOrganization', {}, { EnabledServicePrincipals: count(0) }),
        answers('ListDelegatedAdministrators', {}, { DelegatedAdministrators: count(0) }),
      ],
    },
    {
      name: 'no account is made in GovCloud for who has none there',
      evidence: 'API_CreateGovCloudAccount: MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED',
      steps: [
        refuses('CreateGovCloudAccount', { AccountName: '{{unique}}', Email: NEW }, 'ConstraintViolationException', {
          members: { Reason: 'MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED' },
        }),
        answers('ListCreateAccountStatus', { States: ['IN_PROGRESS'] }, { CreateAccountStatuses: count(0) }),
        refuses('CloseAccount', { AccountId: '{{noAccount}}' }, 'AccountNotFoundException'),
      ],
    },
  ],
};

export const govCloud: CaseGroup = {
  service: 'organizations',
  organization: 'govcloud',
  cases: [
    {
      name: 'no account is made or closed in GovCloud',
      evidence: 'govcloud-us UserGuide govcloud-organizations, Closing-govcloud-account',
      steps: [
        answers('DescribeOrganization', {}, { Organization: { Arn: matches(/^arn:aws-us-gov:/u) } }),
        refuses('CreateAccount', { AccountName: '{{unique}}', Email: NEW }, UNAVAILABLE),
        refuses('CreateGovCloudAccount', { AccountName: '{{unique}}', Email: NEW }, UNAVAILABLE),
        refuses('CloseAccount', { AccountId: '{{spareOne}}' }, UNAVAILABLE),
        answers('DescribeAccount', { AccountId: '{{spareOne}}' }, { Account: { State: 'ACTIVE' } }),
        answers('ListCreateAccountStatus', {}, { CreateAccountStatuses: count(0) }),
      ],
    },
    {
      name: 'an account joins an organization in GovCloud by its invitation',
      evidence: 'govcloud-us UserGuide govcloud-organizations: the standalone account is invited',
      steps: [
        answers(
          'InviteAccountToOrganization',
          { Target: { Id: '{{joiner}}', Type: 'ACCOUNT' } },
          { Handshake: { Arn: matches(/^arn:aws-us-gov:organizations::/u) } },
          { save: 'invited' },
        ),
        ...by('joiner', answers('AcceptHandshake', { HandshakeId: '{{invited.Handshake.Id}}' })),
        answers(
          'DescribeAccount',
          { AccountId: '{{joiner}}' },
          { Account: { JoinedMethod: 'INVITED', Arn: matches(/^arn:aws-us-gov:organizations::/u) } },
        ),
      ],
      cleanup: by('joiner', answers('LeaveOrganization')),
    },
  ],
};
