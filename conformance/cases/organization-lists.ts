import { answers, type CaseGroup, refuses, requestsAreOver, type Step } from '../case';
import { absent, count, excludes, includes, matches, text, time, type Pattern } from '../pattern';

const TAKEN = { AccountName: '{{unique}}', Email: '{{managementEmail}}' };
const asked = (save: string): Step => answers('CreateAccount', TAKEN, {}, { save, within: 30 });
const status = (save: string, more: Pattern, details = {}): Step =>
  answers(
    'DescribeCreateAccountStatus',
    { CreateAccountRequestId: `{{${save}.CreateAccountStatus.Id}}` },
    { CreateAccountStatus: more },
    details,
  );
const POLICIES = { Filter: 'SERVICE_CONTROL_POLICY' };

/** What cases of single calls leave out: further pages, filters, and what many requests do. */
export const organizationLists: CaseGroup = {
  service: 'organizations',
  cases: [
    {
      name: 'requests come page by page, each as it is described',
      evidence: 'API_ListCreateAccountStatus: MaxResults, NextToken',
      steps: [
        asked('one'),
        status('one', { State: 'FAILED' }, { within: 600 }),
        asked('two'),
        status('two', { State: 'FAILED', RequestedTimestamp: time, CompletedTimestamp: time }, { within: 600 }),
        answers(
          'ListCreateAccountStatus',
          { MaxResults: 1 },
          { CreateAccountStatuses: count(1), NextToken: text },
          { save: 'page' },
        ),
        answers(
          'ListCreateAccountStatus',
          { MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { CreateAccountStatuses: excludes({ Id: '{{page.CreateAccountStatuses.0.Id}}' }) },
        ),
        answers(
          'ListCreateAccountStatus',
          { States: ['FAILED', 'SUCCEEDED'] },
          { CreateAccountStatuses: excludes({ State: 'IN_PROGRESS' }) },
        ),
        refuses('ListCreateAccountStatus', { NextToken: 'nothing' }, 'InvalidInputException', {
          members: { Reason: 'INVALID_NEXT_TOKEN' },
        }),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'five accounts are made at a time',
      evidence: 'orgs_reference_limits: accounts created concurrently; pulumi/pulumi-aws-native#1687',
      steps: [
        ...['one', 'two', 'three', 'four', 'five'].map(asked),
        ...Array.from({ length: 8 }, () =>
          refuses(
            'CreateAccount',
            TAKEN,
            ['TooManyRequestsException', 'ConcurrentModificationException', 'ConstraintViolationException'],
            { members: { Type: text } },
          ),
        ),
        ...['one', 'two', 'three', 'four', 'five'].map((save) =>
          status(
            save,
            {
              State: 'FAILED',
              FailureReason: matches(/^(?:EMAIL_ALREADY_EXISTS|CONCURRENT_ACCOUNT_MODIFICATION)$/u),
              AccountId: absent,
            },
            { within: 900 },
          ),
        ),
        answers('CreateAccount', TAKEN, {}, { save: 'six', within: 60 }),
        status('six', { State: 'FAILED' }, { within: 600 }),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'an e-mail address that a mailbox cannot have makes no account, and the request says so later',
      evidence: 'API_CreateAccount: Email, its rules; API_CreateAccountStatus: INVALID_EMAIL',
      steps: [
        answers('CreateAccount', { AccountName: '{{unique}}', Email: '.{{unique}}@{{domain}}' }, {}, { save: 'one' }),
        status('one', { State: 'FAILED', FailureReason: 'INVALID_EMAIL', AccountId: absent }, { within: 600 }),
        answers('CreateAccount', { AccountName: '{{unique}}', Email: '{{unique}}@-{{domain}}' }, {}, { save: 'two' }),
        status('two', { State: 'FAILED', FailureReason: 'INVALID_EMAIL' }, { within: 600 }),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'a policy tells its targets, root, units and accounts, page by page',
      evidence: 'API_ListTargetsForPolicy, API_PolicyTargetSummary',
      steps: [
        answers(
          'ListTargetsForPolicy',
          { PolicyId: 'p-FullAWSAccess', MaxResults: 20 },
          {
            Targets: includes({ TargetId: '{{root}}', Type: 'ROOT', Name: 'Root', Arn: text }),
          },
        ),
        answers(
          'ListTargetsForPolicy',
          { PolicyId: 'p-FullAWSAccess', MaxResults: 1 },
          { Targets: count(1), NextToken: text },
          { save: 'page' },
        ),
        answers(
          'ListTargetsForPolicy',
          { PolicyId: 'p-FullAWSAccess', MaxResults: 20, NextToken: '{{page.NextToken}}' },
          {
            Targets: includes({
              TargetId: matches(/^ou-/u),
              Type: 'ORGANIZATIONAL_UNIT',
              Arn: matches(/:ou\/o-[a-z0-9]+\/ou-/u),
              Name: text,
            }),
          },
        ),
        answers(
          'ListTargetsForPolicy',
          { PolicyId: 'p-FullAWSAccess', MaxResults: 20, NextToken: '{{page.NextToken}}' },
          { Targets: excludes({ TargetId: '{{page.Targets.0.TargetId}}' }) },
        ),
        refuses('ListTargetsForPolicy', { PolicyId: 'p-00000000' }, 'PolicyNotFoundException'),
        refuses('ListTargetsForPolicy', { PolicyId: 'policy' }, 'InvalidInputException'),
      ],
    },
    {
      name: 'policies are listed by their type',
      evidence: 'API_ListPolicies: Filter',
      steps: [
        answers('ListPolicies', POLICIES, {
          Policies: includes({
            Id: 'p-FullAWSAccess',
            Name: 'FullAWSAccess',
            Type: 'SERVICE_CONTROL_POLICY',
            AwsManaged: true,
            Arn: matches(/:policy\/service_control_policy\/p-FullAWSAccess$/u),
          }),
        }),
        answers('ListPolicies', { Filter: 'TAG_POLICY' }, { Policies: excludes({ Id: 'p-FullAWSAccess' }) }),
        answers(
          'ListPoliciesForTarget',
          { ...POLICIES, TargetId: '{{root}}' },
          { Policies: includes({ Id: 'p-FullAWSAccess' }) },
        ),
        refuses('ListPolicies', { Filter: 'NO_POLICY' }, 'InvalidInputException', {
          members: { Reason: 'INVALID_ENUM' },
        }),
        refuses('ListPolicies', { ...POLICIES, MaxResults: 21 }, 'InvalidInputException', {
          members: { Reason: 'MAX_VALUE_EXCEEDED' },
        }),
      ],
    },
    {
      name: 'children come page by page, units and accounts',
      evidence: 'API_ListChildren, API_ListAccountsForParent: MaxResults, NextToken',
      steps: [
        answers(
          'ListChildren',
          { ParentId: '{{root}}', ChildType: 'ACCOUNT', MaxResults: 1 },
          { Children: count(1), NextToken: text },
          { save: 'page', within: 60 },
        ),
        answers(
          'ListChildren',
          { ParentId: '{{root}}', ChildType: 'ACCOUNT', MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { Children: excludes({ Id: '{{page.Children.0.Id}}' }) },
        ),
        answers(
          'ListAccountsForParent',
          { ParentId: '{{root}}', MaxResults: 1 },
          { Accounts: count(1), NextToken: text },
          { save: 'accounts' },
        ),
        answers(
          'ListAccountsForParent',
          { ParentId: '{{root}}', MaxResults: 1, NextToken: '{{accounts.NextToken}}' },
          { Accounts: excludes({ Id: '{{accounts.Accounts.0.Id}}' }) },
        ),
        answers(
          'ListOrganizationalUnitsForParent',
          { ParentId: '{{root}}', MaxResults: 1 },
          { OrganizationalUnits: count(1), NextToken: text },
          { save: 'units' },
        ),
        answers(
          'ListChildren',
          { ParentId: '{{root}}', ChildType: 'ORGANIZATIONAL_UNIT' },
          { Children: includes({ Id: '{{units.OrganizationalUnits.0.Id}}', Type: 'ORGANIZATIONAL_UNIT' }) },
        ),
        refuses(
          'ListChildren',
          { ParentId: '{{root}}', ChildType: 'ACCOUNT', MaxResults: 21 },
          'InvalidInputException',
        ),
      ],
    },
    {
      name: 'an account of the organization is not invited by its address',
      evidence: 'API_InviteAccountToOrganization: ALREADY_IN_AN_ORGANIZATION',
      steps: [
        answers('DescribeAccount', { AccountId: '{{member}}' }, {}, { save: 'own' }),
        refuses('InviteAccountToOrganization', { Target: { Id: '{{own.Account.Email}}', Type: 'EMAIL' } }, [
          'HandshakeConstraintViolationException',
          'DuplicateHandshakeException',
        ]),
        refuses('InviteAccountToOrganization', { Target: { Id: '{{managementEmailInCapitals}}', Type: 'EMAIL' } }, [
          'HandshakeConstraintViolationException',
          'DuplicateHandshakeException',
        ]),
        refuses(
          'InviteAccountToOrganization',
          { Target: { Id: '{{member}}', Type: 'ACCOUNT' }, Tags: [{ Key: 'aws:project', Value: 'shop' }] },
          'InvalidInputException',
        ),
      ],
    },
    {
      name: 'an account in no organization is invited, once at a time',
      evidence: 'API_InviteAccountToOrganization, API_Handshake; orgs_manage_accounts_invites: 15 days',
      steps: [
        answers(
          'InviteAccountToOrganization',
          {
            Target: { Id: '{{outsider}}', Type: 'ACCOUNT' },
            Notes: 'for a test',
            Tags: [{ Key: 'project', Value: 'shop' }],
          },
          {
            Handshake: {
              Id: matches(/^h-[0-9a-z]{8,32}$/u),
              Arn: matches(/:handshake\/o-[a-z0-9]+\/invite\/h-[0-9a-z]+$/u),
              Action: 'INVITE',
              State: matches(/^(?:REQUESTED|OPEN)$/u),
              Parties: includes({ Type: 'ORGANIZATION' }, { Id: '{{outsider}}', Type: 'ACCOUNT' }),
              RequestedTimestamp: time,
              ExpirationTimestamp: time,
              Resources: includes(
                { Type: 'ORGANIZATION', Value: '{{organization}}' },
                { Type: 'ACCOUNT', Value: '{{outsider}}' },
                { Type: 'NOTES', Value: 'for a test' },
              ),
            },
          },
          { save: 'invited' },
        ),
        refuses(
          'InviteAccountToOrganization',
          { Target: { Id: '{{outsider}}', Type: 'ACCOUNT' } },
          'DuplicateHandshakeException',
        ),
        refuses('AcceptHandshake', { HandshakeId: '{{invited.Handshake.Id}}' }, 'AccessDeniedException'),
        refuses('DescribeAccount', { AccountId: '{{outsider}}' }, 'AccountNotFoundException'),
      ],
      cleanup: [answers('CancelHandshake', { HandshakeId: '{{invited.Handshake.Id}}' })],
    },
    {
      name: 'delegated administrators are told by their service',
      evidence: 'API_ListDelegatedAdministrators: ServicePrincipal',
      steps: [
        answers('ListDelegatedAdministrators', {}, { DelegatedAdministrators: { $is: 'list' } }),
        answers(
          'ListDelegatedAdministrators',
          { ServicePrincipal: 'macie.amazonaws.com' },
          { DelegatedAdministrators: count(0) },
        ),
      ],
    },
    {
      name: 'a unit and its account have paths and ARNs of one organization',
      evidence: 'API_Account: Paths; API_OrganizationalUnit: Arn',
      steps: [
        answers('MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{root}}',
          DestinationParentId: '{{unit}}',
        }),
        answers(
          'DescribeAccount',
          { AccountId: '{{member}}' },
          {
            Account: {
              Arn: 'arn:{{partition}}:organizations::{{management}}:account/{{organization}}/{{member}}',
              Paths: ['{{organization}}/{{root}}/{{unit}}/{{member}}/'],
            },
          },
        ),
        answers(
          'DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{unit}}' },
          {
            OrganizationalUnit: { Arn: 'arn:{{partition}}:organizations::{{management}}:ou/{{organization}}/{{unit}}' },
          },
        ),
        answers(
          'ListRoots',
          {},
          {
            Roots: [{ Arn: 'arn:{{partition}}:organizations::{{management}}:root/{{organization}}/{{root}}' }],
          },
        ),
        answers('MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{unit}}',
          DestinationParentId: '{{root}}',
        }),
      ],
      cleanup: [
        answers('MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{unit}}',
          DestinationParentId: '{{root}}',
        }),
      ],
    },
  ],
};
