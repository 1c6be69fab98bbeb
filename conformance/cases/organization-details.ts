import { answers, asRole, by, type CaseGroup, refuses, requestsAreOver, type Step } from '../case';
import { absent, count, excludes, type Pattern, text } from '../pattern';
import { refusedByOrganizations, UNIT } from './limited-rights/organizations';
import { limited, may } from './limited-rights/role';

const DAY = 24 * 3600;
const NAME = { AccountName: '{{unique}}' };
/** Requests are few a minute. */
const asked = (input: object, save: string): Step =>
  answers(
    'CreateAccount',
    { ...NAME, ...input },
    { CreateAccountStatus: { State: 'IN_PROGRESS' } },
    { save, within: 60 },
  );
const failed = (save: string, FailureReason: string): Step =>
  answers(
    'DescribeCreateAccountStatus',
    { CreateAccountRequestId: `{{${save}.CreateAccountStatus.Id}}` },
    { CreateAccountStatus: { State: 'FAILED', FailureReason, AccountId: absent } },
    { within: 900 },
  );
const invalid = (call: string, input: Step['input'], Reason: string): Step =>
  refuses(call, input, 'InvalidInputException', { members: { Reason }, within: 10 });
const tags = (length: number) => Array.from({ length }, (_, index) => ({ Key: `key${index}`, Value: 'v' }));
const moved = (SourceParentId: string, DestinationParentId: string): Step =>
  answers('MoveAccount', { AccountId: '{{member}}', SourceParentId, DestinationParentId });
const unitMade = (Name: string, ParentId: string, save: string): Step =>
  answers('CreateOrganizationalUnit', { ParentId, Name }, {}, { save, within: 30 });
const unitGone = (save: string): Step =>
  answers(
    'DeleteOrganizationalUnit',
    { OrganizationalUnitId: `{{${save}.OrganizationalUnit.Id}}` },
    {},
    { within: 30 },
  );
const listed = (call: string, ParentId: string, output: Pattern, more = {}, save?: string): Step =>
  answers(call, { ParentId, ...more }, output, { within: 60, ...(save === undefined ? {} : { save }) });
const MIDDLE = '{{middle.OrganizationalUnit.Id}}';
const INNER = '{{inner.OrganizationalUnit.Id}}';
const TWENTY_ONE = Array.from({ length: 21 }, (_, index) => `u${index}`);
const EMAILS = ['we(ird', 'we%ird', 'we"ird', 'we,ird'].map((name) => `${name}@{{domain}}`);

const account = (id: string): string =>
  `arn:{{partition}}:organizations::{{management}}:account/{{organization}}/${id}`;
const policy = (id: string): string =>
  `arn:{{partition}}:organizations::{{management}}:policy/{{organization}}/service_control_policy/${id}`;
const OUTSIDER = { Target: { Id: '{{outsider}}', Type: 'ACCOUNT' } };
const JOINER = { Target: { Id: '{{joiner}}', Type: 'ACCOUNT' } };
const tagged = (Value: string) => ({ Tags: [{ Key: 'project', Value }] });
const INVITE = 'InviteAccountToOrganization';

export const organizationDetails: CaseGroup = {
  service: 'organizations',
  cases: [
    {
      name: 'a second request for an address fails while the first one is carried out, in whatever case it is written',
      evidence: 'API_CreateAccountStatus: CONCURRENT_ACCOUNT_MODIFICATION, a request with the same information',
      steps: [
        asked({ Email: '{{managementEmail}}' }, 'one'),
        answers(
          'CreateAccount',
          { ...NAME, Email: '{{managementEmailInCapitals}}' },
          { CreateAccountStatus: { State: 'IN_PROGRESS' } },
          { save: 'two' },
        ),
        failed('two', 'CONCURRENT_ACCOUNT_MODIFICATION'),
        failed('one', 'EMAIL_ALREADY_EXISTS'),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'an address of an account elsewhere is taken, too',
      evidence: 'API_CreateAccount: the address must not already be associated with another AWS account',
      steps: [
        asked({ Email: '{{foreignEmail}}' }, 'one'),
        failed('one', 'EMAIL_ALREADY_EXISTS'),
        asked({ Email: '{{outsiderEmail}}', IamUserAccessToBilling: 'DENY' }, 'two'),
        failed('two', 'EMAIL_ALREADY_EXISTS'),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'an account is asked for in as many characters as there may be, and with fifty tags',
      evidence: 'API_CreateAccount: AccountName, Email, RoleName, Tags; INVALID_EMAIL; MAX_TAG_LIMIT_EXCEEDED',
      steps: [
        answers(
          'CreateAccount',
          {
            AccountName: 'n'.repeat(50),
            Email: `.${'e'.repeat(51)}@example.com`,
            RoleName: 'r'.repeat(64),
            IamUserAccessToBilling: 'ALLOW',
            Tags: tags(50),
          },
          { CreateAccountStatus: { State: 'IN_PROGRESS', AccountName: 'n'.repeat(50) } },
          { save: 'longest', within: 60 },
        ),
        failed('longest', 'INVALID_EMAIL'),
        refuses(
          'CreateAccount',
          { ...NAME, Email: '{{managementEmail}}', Tags: tags(51) },
          'ConstraintViolationException',
          { members: { Reason: 'MAX_TAG_LIMIT_EXCEEDED' }, within: 60 },
        ),
        answers(
          'ListCreateAccountStatus',
          { States: ['IN_PROGRESS'] },
          { CreateAccountStatuses: excludes({ AccountName: '{{unique}}' }) },
        ),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'signs that an address cannot have make no account, and the request says so later',
      evidence: 'API_CreateAccount: Email, its rules; API_CreateAccountStatus: INVALID_EMAIL',
      steps: [
        ...EMAILS.map((Email, index) => asked({ Email }, `bad${index}`)),
        ...EMAILS.map((_, index) => failed(`bad${index}`, 'INVALID_EMAIL')),
      ],
      cleanup: requestsAreOver,
    },
    {
      name: 'what is wrong with a value is told by its reason',
      evidence: 'botocore organizations.InvalidInputException: INPUT_REQUIRED, MIN_LENGTH_EXCEEDED, INVALID_ENUM, …',
      steps: [
        invalid('CreateOrganizationalUnit', { ParentId: '{{root}}', Name: '' }, 'MIN_LENGTH_EXCEEDED'),
        invalid('CreateOrganizationalUnit', { ParentId: '{{root}}', Name: 'n'.repeat(129) }, 'MAX_LENGTH_EXCEEDED'),
        invalid('CreateOrganizationalUnit', { Name: '{{unique}}' }, 'INPUT_REQUIRED'),
        invalid('CreateOrganizationalUnit', { ParentId: 'nothing', Name: '{{unique}}' }, 'INVALID_PATTERN'),
        invalid('ListChildren', { ParentId: '{{root}}', ChildType: 'ROOT' }, 'INVALID_ENUM'),
        invalid('ListChildren', { ParentId: '{{root}}', ChildType: 'ACCOUNT', MaxResults: 0 }, 'MIN_VALUE_EXCEEDED'),
        invalid('ListAccounts', { MaxResults: 21 }, 'MAX_VALUE_EXCEEDED'),
        invalid('ListAccountsForParent', { ParentId: '{{root}}', NextToken: 'nothing' }, 'INVALID_NEXT_TOKEN'),
        invalid(
          'CreateAccount',
          { ...NAME, Email: '{{managementEmail}}', RoleName: 'AWSServiceRoleForMe' },
          'INVALID_ROLE_NAME',
        ),
        invalid(
          'TagResource',
          { ResourceId: '{{unit}}', Tags: [{ Key: 'AWS:a', Value: '' }] },
          'INVALID_SYSTEM_TAGS_PARAMETER',
        ),
        invalid('TagResource', { ResourceId: '{{unit}}', Tags: [...tags(1), ...tags(1)] }, 'DUPLICATE_TAG_KEY'),
        invalid(
          'TagResource',
          { ResourceId: '{{unit}}', Tags: [{ Key: 'a', Value: 'v'.repeat(257) }] },
          'MAX_LENGTH_EXCEEDED',
        ),
        invalid('TagResource', { ResourceId: '{{unit}}', Tags: [{ Key: 'a', Value: 'two;words' }] }, 'INVALID_PATTERN'),
        invalid('TagResource', { ResourceId: '{{unit}}' }, 'INPUT_REQUIRED'),
        answers('ListTagsForResource', { ResourceId: '{{unit}}' }, { Tags: count(0) }),
      ],
    },
    {
      name: 'twenty are listed where nobody says how many',
      evidence: 'API_ListOrganizationalUnitsForParent: MaxResults, 20 by default and at most',
      steps: [
        unitMade('{{unique}}', '{{unit}}', 'parent'),
        ...TWENTY_ONE.map((name) => unitMade(name, '{{parent.OrganizationalUnit.Id}}', name)),
        ...['ListOrganizationalUnitsForParent', 'ListChildren'].flatMap((call) => {
          const list = call === 'ListChildren' ? 'Children' : 'OrganizationalUnits';
          const more = call === 'ListChildren' ? { ChildType: 'ORGANIZATIONAL_UNIT' } : {};
          const parent = '{{parent.OrganizationalUnit.Id}}';
          return [
            listed(call, parent, { [list]: count(20), NextToken: text }, more, 'page'),
            listed(
              call,
              parent,
              { [list]: count(1), NextToken: absent },
              { ...more, MaxResults: 1, NextToken: '{{page.NextToken}}' },
            ),
            listed(call, parent, { [list]: count(20), NextToken: text }, { ...more, MaxResults: 20 }),
          ];
        }),
      ],
      cleanup: [...TWENTY_ONE, 'parent'].map(unitGone),
    },
    {
      name: 'a parent has the children right below it, and no others',
      evidence:
        'API_ListAccountsForParent, API_ListChildren: contained only by the parent; API_OrganizationalUnit: Path',
      steps: [
        unitMade('{{unique}}', '{{unit}}', 'outer'),
        unitMade('{{unique}}-b', '{{outer.OrganizationalUnit.Id}}', 'middle'),
        unitMade('{{unique}}-c', MIDDLE, 'inner'),
        moved('{{root}}', INNER),
        listed('ListAccountsForParent', INNER, { Accounts: [{ Id: '{{member}}' }] }),
        ...[MIDDLE, '{{unit}}', '{{root}}'].map((parent) =>
          listed('ListAccountsForParent', parent, { Accounts: excludes({ Id: '{{member}}' }) }),
        ),
        listed(
          'ListChildren',
          '{{outer.OrganizationalUnit.Id}}',
          { Children: [{ Id: MIDDLE }] },
          {
            ChildType: 'ORGANIZATIONAL_UNIT',
          },
        ),
        listed('ListChildren', MIDDLE, { Children: count(0) }, { ChildType: 'ACCOUNT' }),
        answers(
          'DescribeOrganizationalUnit',
          { OrganizationalUnitId: INNER },
          {
            OrganizationalUnit: {
              Path: `{{organization}}/{{root}}/{{unit}}/{{outer.OrganizationalUnit.Id}}/${MIDDLE}/${INNER}/`,
            },
          },
        ),
        answers(
          'DescribeAccount',
          { AccountId: '{{member}}' },
          {
            Account: {
              Paths: [
                `{{organization}}/{{root}}/{{unit}}/{{outer.OrganizationalUnit.Id}}/${MIDDLE}/${INNER}/{{member}}/`,
              ],
            },
          },
        ),
        answers('ListParents', { ChildId: INNER }, { Parents: [{ Id: MIDDLE, Type: 'ORGANIZATIONAL_UNIT' }] }),
      ],
      cleanup: [moved(INNER, '{{root}}'), ...['inner', 'middle', 'outer'].map(unitGone)],
    },
    limited(
      'a right to one policy of the organization is none to another',
      'ServiceAuthorization list_awsorganizations: DescribePolicy, ListTargetsForPolicy, policy*',
      [
        {
          Action: ['organizations:DescribePolicy', 'organizations:ListTargetsForPolicy'],
          Resource: policy('{{policy}}'),
        },
      ],
      {
        steps: [
          may('DescribePolicy', { PolicyId: '{{policy}}' }),
          may('ListTargetsForPolicy', { PolicyId: '{{policy}}' }, { Targets: [{ TargetId: '{{policyTarget}}' }] }),
          refusedByOrganizations('DescribePolicy', { PolicyId: '{{resourcePolicy}}' }),
          refusedByOrganizations('ListTargetsForPolicy', { PolicyId: '{{resourcePolicy}}' }),
          refusedByOrganizations('ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' }),
        ],
      },
    ),
    limited(
      'a right can be one to make units without tags alone',
      'IAM UserGuide reference_policies_condition-keys: aws:TagKeys, absent where a request has no tags',
      [
        {
          Action: ['organizations:CreateOrganizationalUnit', 'organizations:TagResource'],
          Condition: { Null: { 'aws:TagKeys': 'true' } },
        },
      ],
      {
        steps: [
          may('CreateOrganizationalUnit', { ParentId: '{{unit}}', Name: '{{unique}}' }, {}, 'one'),
          refusedByOrganizations('TagResource', { ResourceId: '{{unit}}', ...tagged('shop') }),
          refusedByOrganizations('CreateOrganizationalUnit', {
            ParentId: '{{unit}}',
            Name: '{{unique}}-b',
            ...tagged('shop'),
          }),
        ],
        cleanup: [unitGone('one')],
      },
    ),
    limited(
      'a unit is made with tags only with the right to these tags',
      'ServiceAuthorization list_awsorganizations: CreateOrganizationalUnit, TagResource, aws:RequestTag',
      [
        { Action: 'organizations:CreateOrganizationalUnit', Resource: UNIT },
        { Action: 'organizations:TagResource', Condition: { StringEquals: { 'aws:RequestTag/project': 'shop' } } },
      ],
      {
        steps: [
          may('CreateOrganizationalUnit', { ParentId: '{{unit}}', Name: '{{unique}}', ...tagged('shop') }, {}, 'one'),
          refusedByOrganizations('CreateOrganizationalUnit', {
            ParentId: '{{unit}}',
            Name: '{{unique}}-b',
            ...tagged('bakery'),
          }),
        ],
        cleanup: [unitGone('one')],
      },
    ),
  ],
};

/** After the invitations of others have ended. */
export const rightsToInvite: CaseGroup = {
  service: 'organizations',
  organization: 'weeks',
  cases: [
    limited(
      'a right to invite can be one to one account, by its id and without tags',
      'ServiceAuthorization list_awsorganizations: InviteAccountToOrganization, account; TagResource for tags',
      [{ Action: `organizations:${INVITE}`, Resource: account('{{outsider}}') }],
      {
        before: [answers('ListRoots', {}, {}, { after: 16 * DAY })],
        steps: [
          // First: a refusal before the right has reached the role would say nothing.
          may(INVITE, OUTSIDER, {}, 'invited'),
          refusedByOrganizations(INVITE, { ...OUTSIDER, ...tagged('shop') }),
          refusedByOrganizations(INVITE, JOINER),
        ],
        cleanup: [answers('CancelHandshake', { HandshakeId: '{{invited.Handshake.Id}}' })],
      },
    ),
    limited(
      'a right to invite can be one with certain tags alone',
      'ServiceAuthorization list_awsorganizations: InviteAccountToOrganization, aws:RequestTag, aws:TagKeys',
      [
        {
          Action: [`organizations:${INVITE}`, 'organizations:TagResource'],
          Condition: { StringEquals: { 'aws:RequestTag/project': 'shop' } },
        },
      ],
      {
        before: [answers('ListRoots', {}, {}, { after: 16 * DAY })],
        steps: [
          may(INVITE, { ...OUTSIDER, ...tagged('shop') }, {}, 'invited'),
          refusedByOrganizations(INVITE, OUTSIDER),
          refusedByOrganizations(INVITE, { ...OUTSIDER, ...tagged('bakery') }),
          refusedByOrganizations('AcceptHandshake', { HandshakeId: 'h-00000000' }),
        ],
        after: [
          ...asRole([refusedByOrganizations('AcceptHandshake', { HandshakeId: '{{invited.Handshake.Id}}' })]),
          ...by(
            'joiner',
            refuses('AcceptHandshake', { HandshakeId: '{{invited.Handshake.Id}}' }, [
              'AccessDeniedException',
              'HandshakeNotFoundException',
            ]),
          ),
        ],
        cleanup: [answers('CancelHandshake', { HandshakeId: '{{invited.Handshake.Id}}' })],
      },
    ),
  ],
};
