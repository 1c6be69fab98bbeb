import { afterClosure, closure } from './closed-accounts';
import { answers, type CaseGroup, type ConformanceCase, refuses, requestsAreOver, type Step } from '../case';
import { absent, count, excludes, includes, matches, text, time, type Pattern } from '../pattern';

const account = (Email: string, more = {}): Readonly<Record<string, string>> => ({
  Email,
  AccountName: '{{unique}}',
  ...more,
});

/** What is no id at all. */
const PATTERN = { members: { Reason: 'INVALID_PATTERN' } };
const ADDRESS = '{{mailbox}}+{{unique}}@{{domain}}';

const asked = (input: Step['input'], save = 'accepted'): Step =>
  answers(
    'CreateAccount',
    input,
    { CreateAccountStatus: { Id: matches(/^car-[a-z0-9]{8,32}$/u), RequestedTimestamp: time } },
    { save },
  );

const ended = (status: Pattern, save = 'accepted'): Step =>
  answers(
    'DescribeCreateAccountStatus',
    { CreateAccountRequestId: `{{${save}.CreateAccountStatus.Id}}` },
    { CreateAccountStatus: status },
    { within: 600, save: 'ended' },
  );

/** Refused at once: no request is left behind. */
const refused = (what: string, input: Step['input']): ConformanceCase => ({
  name: `an account is refused at once for ${what}`,
  evidence: 'API_CreateAccount: InvalidInputException',
  steps: [refuses('CreateAccount', input, 'InvalidInputException')],
});

const moved = (from: string, to: string): Step =>
  answers('MoveAccount', { AccountId: '{{member}}', SourceParentId: from, DestinationParentId: to });

const isIn = (Id: string, Type: string): Step =>
  answers('ListParents', { ChildId: '{{member}}' }, { Parents: [{ Id, Type }] });

export const organizationAccounts: CaseGroup = {
  service: 'organizations',
  cases: [
    {
      name: 'an account is made with its tags, comes to the root, and can be entered by its access role',
      evidence:
        'API_CreateAccount; orgs_manage_accounts_access, orgs_manage_accounts_account_state, orgs_manage_accounts_close; ' +
        'accounts reference manage-acct-closing: the e-mail address of a closed account',
      accounts: 1,
      steps: [
        asked(account(ADDRESS, { Tags: [{ Key: 'project', Value: 'shop' }], RoleName: 'ConformanceAccess' })),
        ended({
          State: 'SUCCEEDED',
          AccountId: matches(/^\d{12}$/u),
          AccountName: '{{unique}}',
          CompletedTimestamp: time,
          GovCloudAccountId: absent,
          FailureReason: absent,
        }),
        answers(
          'DescribeAccount',
          { AccountId: '{{ended.CreateAccountStatus.AccountId}}' },
          { Account: { Email: ADDRESS, Name: '{{unique}}', JoinedMethod: 'CREATED', State: 'ACTIVE' } },
        ),
        answers(
          'ListTagsForResource',
          { ResourceId: '{{ended.CreateAccountStatus.AccountId}}' },
          {
            Tags: [{ Key: 'project', Value: 'shop' }],
          },
        ),
        answers(
          'ListParents',
          { ChildId: '{{ended.CreateAccountStatus.AccountId}}' },
          {
            Parents: [{ Id: '{{root}}', Type: 'ROOT' }],
          },
        ),
        answers(
          'sts:AssumeRole',
          {
            RoleArn: 'arn:{{partition}}:iam::{{ended.CreateAccountStatus.AccountId}}:role/ConformanceAccess',
            RoleSessionName: 'conformance',
          },
          { Credentials: { AccessKeyId: matches(/^ASIA/u) } },
          { within: 600 },
        ),
        ...closure,
      ],
      cleanup: afterClosure,
    },
    {
      name: 'an e-mail address that an account has makes no other, and the request says so later',
      evidence: 'API_CreateAccountStatus: EMAIL_ALREADY_EXISTS',
      steps: [
        asked(account('{{managementEmail}}')),
        ended({ State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS', AccountId: absent, CompletedTimestamp: time }),
        answers(
          'ListCreateAccountStatus',
          { States: ['FAILED'] },
          {
            CreateAccountStatuses: includes({ Id: '{{accepted.CreateAccountStatus.Id}}', State: 'FAILED' }),
          },
        ),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'a request in progress has neither account nor end',
      evidence: 'API_CreateAccount: an asynchronous request; API_CreateAccountStatus',
      steps: [
        answers(
          'CreateAccount',
          account('{{managementEmail}}'),
          {
            CreateAccountStatus: {
              State: 'IN_PROGRESS',
              AccountId: absent,
              CompletedTimestamp: absent,
              FailureReason: absent,
            },
          },
          { save: 'accepted' },
        ),
        answers(
          'ListCreateAccountStatus',
          {},
          {
            CreateAccountStatuses: includes({ Id: '{{accepted.CreateAccountStatus.Id}}', AccountName: '{{unique}}' }),
          },
        ),
        ended({ State: 'FAILED', RequestedTimestamp: time }),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'requests are listed by their state',
      evidence: 'API_ListCreateAccountStatus: States',
      steps: [
        asked(account('{{managementEmail}}')),
        ended({ State: 'FAILED' }),
        answers(
          'ListCreateAccountStatus',
          { States: ['SUCCEEDED'] },
          {
            CreateAccountStatuses: excludes({ Id: '{{accepted.CreateAccountStatus.Id}}' }),
          },
        ),
        answers(
          'ListCreateAccountStatus',
          { States: ['IN_PROGRESS'] },
          {
            CreateAccountStatuses: excludes({ Id: '{{accepted.CreateAccountStatus.Id}}' }),
          },
        ),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'an e-mail address is the same in capital letters',
      evidence: 'API_CreateAccountStatus: EMAIL_ALREADY_EXISTS; addresses are compared without their case',
      steps: [
        answers('DescribeAccount', { AccountId: '{{member}}' }, { Account: { Email: matches(/@/u) } }),
        asked(account('{{managementEmailInCapitals}}')),
        ended({ State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' }),
      ],
      cleanup: requestsAreOver,
    },
    refused('an e-mail address without a domain', account('nobody')),
    refused('an e-mail address of five characters', account('a@b.c')),
    refused('an e-mail address of 65 characters', account(`${'a'.repeat(53)}@example.com`)),
    refused('an e-mail address with a blank', account('no body@example.com')),
    refused('an empty name', { Email: ADDRESS, AccountName: '' }),
    refused('a name of 51 characters', { Email: ADDRESS, AccountName: 'n'.repeat(51) }),
    refused('a name with a letter beyond ASCII', { Email: ADDRESS, AccountName: 'Zürich' }),
    refused('a role name with a slash', account(ADDRESS, { RoleName: 'a/b' })),
    refused('a role name of 65 characters', account(ADDRESS, { RoleName: 'r'.repeat(65) })),
    refused('a role name of AWS', account(ADDRESS, { RoleName: 'AWSServiceRoleForNobody' })),
    refused('access to billing that is neither ALLOW nor DENY', account(ADDRESS, { IamUserAccessToBilling: 'MAYBE' })),
    refused('a tag of AWS', { ...account(ADDRESS), Tags: [{ Key: 'aws:project', Value: 'shop' }] }),
    refused('a tag key that comes twice', {
      ...account(ADDRESS),
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ],
    }),
    {
      name: 'a request that is not there has no status',
      evidence: 'API_DescribeCreateAccountStatus: CreateAccountStatusNotFoundException',
      steps: [
        refuses(
          'DescribeCreateAccountStatus',
          { CreateAccountRequestId: `car-${'0'.repeat(32)}` },
          'CreateAccountStatusNotFoundException',
        ),
      ],
    },
    {
      name: 'what is no id of a request is refused',
      evidence: 'API_DescribeCreateAccountStatus: InvalidInputException',
      steps: [
        refuses('DescribeCreateAccountStatus', { CreateAccountRequestId: 'request' }, 'InvalidInputException', PATTERN),
      ],
    },
    {
      name: 'requests come in pages of 20 at most',
      evidence: 'API_ListCreateAccountStatus: MaxResults',
      steps: [
        answers('ListCreateAccountStatus', { MaxResults: 20 }),
        refuses('ListCreateAccountStatus', { MaxResults: 21 }, 'InvalidInputException', {
          members: { Reason: 'MAX_VALUE_EXCEEDED' },
        }),
        refuses('ListCreateAccountStatus', { MaxResults: 0 }, 'InvalidInputException', {
          members: { Reason: 'MIN_VALUE_EXCEEDED' },
        }),
      ],
    },
    {
      name: 'an account is moved, and moved back',
      evidence: 'API_MoveAccount',
      steps: [
        isIn('{{root}}', 'ROOT'),
        moved('{{root}}', '{{unit}}'),
        isIn('{{unit}}', 'ORGANIZATIONAL_UNIT'),
        answers(
          'ListAccountsForParent',
          { ParentId: '{{unit}}' },
          { Accounts: includes({ Id: '{{member}}' }) },
          { within: 60 },
        ),
        moved('{{unit}}', '{{root}}'),
        isIn('{{root}}', 'ROOT'),
        answers(
          'ListAccountsForParent',
          { ParentId: '{{unit}}' },
          { Accounts: excludes({ Id: '{{member}}' }) },
          { within: 60 },
        ),
      ],
      cleanup: [moved('{{unit}}', '{{root}}')],
    },
    {
      name: 'an account is not moved to where it is',
      evidence: 'API_MoveAccount: DuplicateAccountException',
      steps: [
        moved('{{root}}', '{{unit}}'),
        refuses(
          'MoveAccount',
          { AccountId: '{{member}}', SourceParentId: '{{unit}}', DestinationParentId: '{{unit}}' },
          ['DuplicateAccountException', 'InvalidInputException'],
        ),
        refuses(
          'MoveAccount',
          { AccountId: '{{member}}', SourceParentId: '{{root}}', DestinationParentId: '{{unit}}' },
          ['DuplicateAccountException', 'SourceParentNotFoundException'],
        ),
        isIn('{{unit}}', 'ORGANIZATIONAL_UNIT'),
      ],
      cleanup: [moved('{{unit}}', '{{root}}')],
    },
    {
      name: 'an account is not moved from where it is not',
      evidence: 'API_MoveAccount: SourceParentNotFoundException',
      steps: [
        answers('CreateOrganizationalUnit', { ParentId: '{{unit}}', Name: '{{unique}}' }, {}, { save: 'one' }),
        refuses(
          'MoveAccount',
          {
            AccountId: '{{member}}',
            SourceParentId: '{{one.OrganizationalUnit.Id}}',
            DestinationParentId: '{{unit}}',
          },
          'SourceParentNotFoundException',
        ),
        isIn('{{root}}', 'ROOT'),
      ],
      cleanup: [answers('DeleteOrganizationalUnit', { OrganizationalUnitId: '{{one.OrganizationalUnit.Id}}' })],
    },
    {
      name: 'an account is not moved to what is not there',
      evidence: 'API_MoveAccount: DestinationParentNotFoundException',
      steps: [
        isIn('{{root}}', 'ROOT'),
        refuses(
          'MoveAccount',
          { AccountId: '{{member}}', SourceParentId: '{{root}}', DestinationParentId: '{{noUnit}}' },
          'DestinationParentNotFoundException',
        ),
        isIn('{{root}}', 'ROOT'),
      ],
    },
    {
      name: 'a unit with an account in it is not deleted',
      evidence: 'API_DeleteOrganizationalUnit: OrganizationalUnitNotEmptyException',
      steps: [
        moved('{{root}}', '{{unit}}'),
        refuses(
          'DeleteOrganizationalUnit',
          { OrganizationalUnitId: '{{unit}}' },
          'OrganizationalUnitNotEmptyException',
        ),
        isIn('{{unit}}', 'ORGANIZATIONAL_UNIT'),
      ],
      cleanup: [moved('{{unit}}', '{{root}}')],
    },
    {
      name: 'an account that is not there is not moved',
      evidence: 'API_MoveAccount: AccountNotFoundException',
      steps: [
        refuses(
          'MoveAccount',
          { AccountId: '{{noAccount}}', SourceParentId: '{{root}}', DestinationParentId: '{{unit}}' },
          'AccountNotFoundException',
        ),
      ],
    },
    {
      name: 'a new account is in the list, as it is described',
      evidence: 'API_ListAccounts, API_DescribeAccount',
      steps: [
        answers(
          'DescribeAccount',
          { AccountId: '{{member}}' },
          {
            Account: {
              Id: '{{member}}',
              Arn: text,
              Email: text,
              Name: text,
              JoinedMethod: 'CREATED',
              JoinedTimestamp: time,
            },
          },
          { save: 'one' },
        ),
        answers(
          'ListAccountsForParent',
          { ParentId: '{{root}}' },
          {
            Accounts: includes({ Id: '{{member}}', Email: '{{one.Account.Email}}', Name: '{{one.Account.Name}}' }),
          },
          { within: 60 },
        ),
        answers(
          'ListChildren',
          { ParentId: '{{root}}', ChildType: 'ACCOUNT' },
          {
            Children: includes({ Id: '{{member}}', Type: 'ACCOUNT' }),
          },
          { within: 60 },
        ),
      ],
    },
    {
      name: 'accounts have State, and no Status',
      evidence: 'API_Account: State replaces Status since September 2026',
      steps: [
        answers('DescribeAccount', { AccountId: '{{member}}' }, { Account: { State: 'ACTIVE', Status: absent } }),
      ],
    },
    {
      name: 'an account tells its path',
      evidence: 'API_Account: Paths',
      steps: [
        answers(
          'DescribeAccount',
          { AccountId: '{{member}}' },
          {
            Account: { Paths: [matches(/^o-[a-z0-9]+\/r-[a-z0-9]+\/\d{12}\/$/u)] },
          },
        ),
      ],
    },
    {
      name: 'the management account was invited, says AWS',
      evidence: 'API_Account: JoinedMethod',
      steps: [
        answers(
          'DescribeAccount',
          { AccountId: '{{management}}' },
          {
            Account: { Id: '{{management}}', JoinedMethod: 'INVITED', Email: '{{managementEmail}}' },
          },
        ),
      ],
    },
    {
      name: 'an account that is not there is not described',
      evidence: 'API_DescribeAccount: AccountNotFoundException',
      steps: [refuses('DescribeAccount', { AccountId: '{{noAccount}}' }, 'AccountNotFoundException')],
    },
    {
      name: 'what is no account id is refused',
      evidence: 'API_DescribeAccount: InvalidInputException',
      steps: [
        refuses('DescribeAccount', { AccountId: '12345' }, 'InvalidInputException', PATTERN),
        refuses('DescribeAccount', { AccountId: 'a'.repeat(12) }, 'InvalidInputException', PATTERN),
      ],
    },
    {
      name: 'accounts come in pages of 20 at most',
      evidence: 'API_ListAccounts: MaxResults',
      steps: [
        answers('ListAccounts', { MaxResults: 1 }, { Accounts: count(1), NextToken: text }, { save: 'page' }),
        answers(
          'ListAccounts',
          { MaxResults: 1, NextToken: '{{page.NextToken}}' },
          {
            Accounts: excludes({ Id: '{{page.Accounts.0.Id}}' }),
          },
        ),
        refuses('ListAccounts', { MaxResults: 21 }, 'InvalidInputException', {
          members: { Reason: 'MAX_VALUE_EXCEEDED' },
        }),
      ],
    },
    {
      name: 'a token that no page has given is refused',
      evidence: 'API_ListAccounts: InvalidInputException, INVALID_NEXT_TOKEN',
      steps: [
        refuses('ListAccounts', { NextToken: 'nothing' }, 'InvalidInputException', {
          members: { Reason: 'INVALID_NEXT_TOKEN' },
        }),
      ],
    },
    {
      name: 'the management account is not closed',
      evidence: 'API_CloseAccount: ConstraintViolationException, CANNOT_CLOSE_MANAGEMENT_ACCOUNT',
      steps: [
        answers('DescribeAccount', { AccountId: '{{management}}' }, { Account: { State: 'ACTIVE' } }),
        refuses('CloseAccount', { AccountId: '{{management}}' }, 'ConstraintViolationException', {
          members: { Reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT' },
        }),
        answers('DescribeAccount', { AccountId: '{{management}}' }, { Account: { State: 'ACTIVE' } }),
      ],
    },
    {
      name: 'an account that is not there is not closed',
      evidence: 'API_CloseAccount: AccountNotFoundException',
      steps: [refuses('CloseAccount', { AccountId: '{{noAccount}}' }, 'AccountNotFoundException')],
    },
    {
      name: 'a child that is not there has no parents',
      evidence: 'API_ListParents: ChildNotFoundException',
      steps: [
        refuses('ListParents', { ChildId: '{{noAccount}}' }, 'ChildNotFoundException'),
        refuses('ListParents', { ChildId: '{{noUnit}}' }, 'ChildNotFoundException'),
      ],
    },
    {
      name: 'the root is no child',
      evidence: 'API_ListParents: pattern of ChildId',
      steps: [refuses('ListParents', { ChildId: '{{root}}' }, 'InvalidInputException')],
    },
  ],
};
