import { answers, answersOrRefuses, by, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text } from '../pattern';
import {
  ALL_GONE,
  BACK,
  detail,
  ended,
  isIn,
  NAMED,
  open,
  own,
  parameters,
  provisioned,
  REQUEST,
  ROLE_GONE,
  roleGone,
  roleMade,
  search,
  terminated,
  updated,
} from './enrollment-steps';

const STORE = { IdentityStoreId: '{{store}}' };
const PERSON = '{{mailbox}}+{{unique}}@{{domain}}';
const userOf = (AttributeValue: string, AttributePath = 'emails.value') => ({
  ...STORE,
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});
const FACTORY_SET = { InstanceArn: '{{instance}}', PermissionSetArn: '{{factorySet}}', AccountId: '{{member}}' };
const enrolled: readonly Step[] = [own, open, ...roleMade()];
const GONE: readonly Step[] = [terminated, ended('termination', 'SUCCEEDED')];

/** Refused, or accepted and failed soon: AWS's users have met both. */
const failed = (save = 'accepted'): Step =>
  ended(save, 'FAILED', { RecordErrors: includes({ Code: text, Description: text }) });

type Account = 'recorded' | 'delivered' | 'silent' | 'kept';

const describedAs = (account: string): Step =>
  answers('organizations:DescribeAccount', { AccountId: `{{${account}}}` }, {}, { save: 'own' });
const backFrom = (account: string, from = 'registeredId'): Step =>
  answers('organizations:MoveAccount', {
    AccountId: `{{${account}}}`,
    SourceParentId: `{{${from}}}`,
    DestinationParentId: '{{root}}',
  });

const hindered = (account: Account, what: string, outcome: 'FAILED' | 'SUCCEEDED'): ConformanceCase => ({
  name: `an account ${what} is ${outcome === 'FAILED' ? 'not enrolled' : 'enrolled'}`,
  evidence: 'controltower userguide common-eg-failures, existing-config-resources',
  steps: [
    describedAs(account),
    open,
    ...roleMade(undefined, account),
    { ...provisioned(), after: 60 },
    ended('accepted', outcome, outcome === 'FAILED' ? { RecordErrors: includes({ Description: text }) } : {}),
    answers(
      'organizations:ListParents',
      { ChildId: `{{${account}}}` },
      { Parents: [{ Id: outcome === 'FAILED' ? '{{root}}' : '{{registeredId}}' }] },
    ),
    ...GONE,
  ],
  cleanup: [...GONE, backFrom(account), ...roleGone(account)],
});

const notEnrolled = (account: string, what: string, evidence: string, end = 'SUCCEEDED'): ConformanceCase => ({
  name: `${what} is not enrolled by the Account Factory`,
  evidence,
  steps: [
    describedAs(account),
    open,
    provisioned(),
    failed(),
    detail({ Status: 'TAINTED', StatusMessage: text }),
    terminated,
    ended('termination', end),
  ],
  cleanup: [terminated, ended('termination', end)],
});

const FIVE = ['a', 'b', 'c', 'd', 'e'];
const CONFLICTS = ['ResourceInUseException', 'InvalidParametersException'];
const BASELINE = { enabledBaselineIdentifier: '{{found.enabledBaselines.0.arn}}' };
const nowhereRequest = (name: string) => ({
  ...REQUEST,
  ...{ ProvisionedProductName: `{{unique}}-${name}`, ProvisionToken: `{{unique}}-${name}` },
  ProvisioningParameters: parameters({ ManagedOrganizationalUnit: 'Nowhere' }),
});
/** Fails after a minute or more, and does nothing until then. */
const nowhere = (name: string): Step =>
  answers(
    'ProvisionProduct',
    nowhereRequest(name),
    { RecordDetail: { Status: matches(/^(?:CREATED|IN_PROGRESS)$/u) } },
    { save: name },
  );
const terminationOf = (name: string) => ({
  ProvisionedProductName: `{{unique}}-${name}`,
  TerminateToken: `{{unique}}-${name}-end`,
});
const given = (name: string): Step =>
  answers('TerminateProvisionedProduct', terminationOf(name), {}, { save: `${name}End`, within: 900 });
/** What cannot begin ends within a minute, if it was taken at all. */
const soonOver = (name: string): Step =>
  answers(
    'SearchProvisionedProducts',
    { Filters: { SearchQuery: [`name:{{unique}}-${name}`, 'status:UNDER_CHANGE'] } },
    { ProvisionedProducts: excludes({ Name: `{{unique}}-${name}` }) },
    { within: 60 },
  );

export const accountFactoryOutcomes: CaseGroup = {
  service: 'servicecatalog',
  cases: [
    {
      name: 'the person of an account gets into it, and keeps that when the account is given back',
      evidence: 'controltower userguide provision-as-end-user, unmanage-account, sso',
      steps: [
        ...enrolled,
        refuses('identitystore:GetUserId', userOf(PERSON), 'ResourceNotFoundException'),
        { ...provisioned({ ProvisioningParameters: parameters({ SSOUserEmail: PERSON }) }), after: 60 },
        ended('accepted', 'SUCCEEDED'),
        answers('identitystore:GetUserId', userOf(PERSON), {}, { save: 'user' }),
        answers('identitystore:GetUserId', userOf(PERSON, 'userName'), { UserId: '{{user.UserId}}' }),
        answers(
          'identitystore:DescribeUser',
          { ...STORE, UserId: '{{user.UserId}}' },
          {
            UserName: PERSON,
            DisplayName: 'Conformance Suite',
            Name: { GivenName: 'Conformance', FamilyName: 'Suite' },
            Emails: [{ Value: PERSON }],
          },
        ),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: includes({ PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' }),
        }),
        answers(
          'DescribeRecord',
          { Id: '{{accepted.RecordDetail.RecordId}}' },
          {
            RecordOutputs: includes(
              { OutputKey: 'AccountId', OutputValue: '{{member}}' },
              { OutputKey: 'AccountEmail', OutputValue: '{{own.Account.Email}}' },
              { OutputKey: 'SSOUserEmail', OutputValue: PERSON },
            ),
          },
        ),
        updated('person', { ProvisioningParameters: [{ Key: 'SSOUserEmail', Value: `b${PERSON}` }] }),
        ended('update', 'SUCCEEDED'),
        answers('identitystore:GetUserId', userOf(`b${PERSON}`), {}, { save: 'second' }),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: includes({ PrincipalId: '{{user.UserId}}' }, { PrincipalId: '{{second.UserId}}' }),
        }),
        ...GONE,
        isIn('{{root}}'),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: includes({ PrincipalId: '{{user.UserId}}' }, { PrincipalId: '{{second.UserId}}' }),
        }),
      ],
      cleanup: [
        ...ALL_GONE,
        answers('identitystore:DeleteUser', { ...STORE, UserId: '{{user.UserId}}' }),
        answers('identitystore:DeleteUser', { ...STORE, UserId: '{{second.UserId}}' }),
      ],
    },
    {
      name: 'a new account comes into its unit, enrolled',
      evidence: 'controltower userguide provision-as-end-user; baseline-api-examples',
      accounts: 1,
      steps: [
        open,
        answers(
          'ProvisionProduct',
          {
            ...REQUEST,
            ProvisioningParameters: parameters({
              AccountEmail: '{{mailbox}}+{{unique}}@{{domain}}',
              AccountName: '{{unique}}',
            }),
          },
          {},
          { save: 'accepted' },
        ),
        ended('accepted', 'SUCCEEDED', { RecordErrors: count(0) }),
        search('name:{{unique}}', [{ Name: '{{unique}}', PhysicalId: matches(/^\d{12}$/u) }]),
        answers('SearchProvisionedProducts', { Filters: { SearchQuery: ['name:{{unique}}'] } }, {}, { save: 'found' }),
        answers(
          'organizations:DescribeAccount',
          { AccountId: '{{found.ProvisionedProducts.0.PhysicalId}}' },
          {
            Account: {
              Name: '{{unique}}',
              Email: '{{mailbox}}+{{unique}}@{{domain}}',
              State: 'ACTIVE',
              JoinedMethod: 'CREATED',
              Paths: [matches(/\/$/u)],
            },
          },
          { save: 'new' },
        ),
        answers(
          'organizations:ListParents',
          { ChildId: '{{found.ProvisionedProducts.0.PhysicalId}}' },
          { Parents: [{ Id: '{{registeredId}}' }] },
        ),
        answers(
          'organizations:ListTagsForResource',
          { ResourceId: '{{found.ProvisionedProducts.0.PhysicalId}}' },
          { Tags: count(0) },
        ),
        answers(
          'organizations:ListAccountsForParent',
          { ParentId: '{{registeredId}}' },
          { Accounts: includes({ Id: '{{found.ProvisionedProducts.0.PhysicalId}}' }) },
        ),
        answers('sts:AssumeRole', {
          RoleArn: 'arn:{{partition}}:iam::{{found.ProvisionedProducts.0.PhysicalId}}:role/AWSControlTowerExecution',
          RoleSessionName: 'conformance',
        }),
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{new.Account.Arn}}'] }, includeChildren: true },
          { enabledBaselines: [{ statusSummary: { status: 'SUCCEEDED', lastOperationIdentifier: text } }] },
          { save: 'child' },
        ),
        answers(
          'controltower:GetBaselineOperation',
          { operationIdentifier: '{{child.enabledBaselines.0.statusSummary.lastOperationIdentifier}}' },
          { baselineOperation: { operationType: 'ENABLE_BASELINE', status: 'SUCCEEDED', endTime: text } },
        ),
        answers(
          'controltower:ListEnabledControls',
          { targetIdentifier: '{{new.Account.Arn}}', includeChildren: true },
          { enabledControls: count(1) },
        ),
        answers('organizations:CloseAccount', { AccountId: '{{found.ProvisionedProducts.0.PhysicalId}}' }),
        answers(
          'TerminateProvisionedProduct',
          { ...NAMED, TerminateToken: '{{unique}}-closed' },
          {},
          { save: 'refused', within: 900 },
        ),
        ended('refused', 'FAILED', { RecordErrors: includes({ Description: text }) }),
        detail({ Status: matches(/^(?:TAINTED|ERROR)$/u) }),
      ],
      cleanup: [
        terminated,
        ended('termination', 'FAILED'),
        answers('organizations:CloseAccount', { AccountId: '{{new.Account.Id}}' }),
      ],
    },
    {
      name: 'an address that somebody else in AWS has makes no account',
      evidence: 'controltower userguide provision-as-end-user: AccountEmail; common-eg-failures',
      steps: [
        describedAs('member'),
        open,
        provisioned({ ProvisioningParameters: parameters({ AccountEmail: '{{foreignEmail}}' }) }),
        failed(),
        search('name:{{unique}}', [{ Name: '{{unique}}', PhysicalId: absent, Status: 'TAINTED' }]),
        ...GONE,
      ],
      cleanup: GONE,
    },
    {
      name: 'an address with a sign that Control Tower does not take makes no account',
      evidence: 'controltower userguide common-eg-failures: the regular expression of an address',
      steps: [
        describedAs('member'),
        open,
        provisioned({ ProvisioningParameters: parameters({ AccountEmail: "o'neill+{{unique}}@{{domain}}" }) }),
        failed(),
        ...GONE,
      ],
      cleanup: GONE,
    },
    {
      name: 'a unit below the root is named by its name alone',
      evidence: 'controltower userguide provision-as-end-user: ManagedOrganizationalUnit',
      steps: [
        ...enrolled,
        answers(
          'organizations:DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{registeredId}}' },
          {},
          { save: 'registered' },
        ),
        {
          ...provisioned({
            ProvisioningParameters: parameters({
              ManagedOrganizationalUnit: '{{registered.OrganizationalUnit.Name}}',
            }),
          }),
          after: 60,
        },
        ended('accepted', 'SUCCEEDED'),
        isIn('{{registeredId}}'),
        ...GONE,
        isIn('{{root}}'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'a nested unit is named with its id, and not by its name alone',
      evidence: 'controltower userguide provision-as-end-user: ManagedOrganizationalUnit, nested OUs',
      steps: [
        ...enrolled,
        answers(
          'organizations:DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{nestedId}}' },
          {},
          { save: 'nested' },
        ),
        {
          ...provisioned({
            ProvisioningParameters: parameters({ ManagedOrganizationalUnit: '{{nested.OrganizationalUnit.Name}}' }),
          }),
          after: 60,
        },
        failed(),
        updated('id', {
          ProvisioningParameters: [
            { Key: 'ManagedOrganizationalUnit', Value: '{{nested.OrganizationalUnit.Name}} ({{nestedId}})' },
          ],
        }),
        ended('update', 'SUCCEEDED'),
        isIn('{{nestedId}}'),
        detail({ Status: 'AVAILABLE', StatusMessage: absent }),
        ...GONE,
      ],
      cleanup: [terminated, ended('termination', 'SUCCEEDED'), backFrom('member', 'nestedId'), BACK, ...ROLE_GONE],
    },
    {
      name: 'a role of Control Tower without AdministratorAccess does not do',
      evidence: 'controltower userguide enroll-manually: AdministratorAccess',
      steps: [
        own,
        open,
        ...roleMade().slice(0, 1),
        { ...provisioned(), after: 60 },
        failed(),
        isIn('{{root}}'),
        ...GONE,
      ],
      cleanup: ALL_GONE,
    },
    hindered('recorded', 'with a configuration recorder of its own', 'FAILED'),
    hindered('delivered', 'with a delivery channel in another governed region', 'FAILED'),
    hindered('silent', 'without STS in a governed region', 'FAILED'),
    hindered('kept', 'with a recorder that Control Tower has set up', 'SUCCEEDED'),
    notEnrolled(
      'suspended',
      'an account that AWS has suspended',
      'controltower userguide enroll-account: prerequisites; troubleshooting: the role cannot be assumed',
      // As with a closed account.
      'FAILED',
    ),
    notEnrolled(
      'logArchive',
      'an account that the landing zone shares',
      'controltower userguide key-changes-lz-v4: service integration accounts',
    ),
    {
      name: 'a product that has failed can be tried again, with other parameters',
      evidence: 'ServiceCatalog API_ProvisionedProductDetail: TAINTED, ready for any operation',
      steps: [
        own,
        open,
        { ...provisioned(), after: 60 },
        failed(),
        detail({ Status: 'TAINTED', LastSuccessfulProvisioningRecordId: absent }),
        search('status:TAINTED', includes({ Name: '{{unique}}' })),
        ...roleMade(),
        { ...updated('again'), after: 60 },
        ended('update', 'SUCCEEDED', { RecordErrors: count(0) }),
        detail({ Status: 'AVAILABLE', LastSuccessfulProvisioningRecordId: '{{update.RecordDetail.RecordId}}' }),
        search('status:AVAILABLE', includes({ Name: '{{unique}}' })),
        isIn('{{registeredId}}'),
        ...GONE,
        isIn('{{root}}'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'the product of an account that was moved by hand brings it back into its unit',
      evidence: 'controltower userguide governance-drift: moved member account',
      steps: [
        ...enrolled,
        { ...provisioned(), after: 60 },
        ended('accepted', 'SUCCEEDED'),
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{registeredId}}',
          DestinationParentId: '{{otherRegisteredId}}',
        }),
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{own.Account.Arn}}'] }, includeChildren: true },
          {
            enabledBaselines: [
              {
                statusSummary: { status: 'SUCCEEDED' },
                driftStatusSummary: { types: { inheritance: { status: 'DRIFTED' } } },
              },
            ],
          },
        ),
        updated('back'),
        ended('update', 'SUCCEEDED'),
        isIn('{{registeredId}}'),
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{own.Account.Arn}}'] }, includeChildren: true },
          {
            enabledBaselines: [
              {
                parentIdentifier: text,
                driftStatusSummary: { types: { inheritance: { status: 'IN_SYNC' } } },
              },
            ],
          },
        ),
        ...GONE,
      ],
      cleanup: [...ALL_GONE, backFrom('member', 'otherRegisteredId')],
    },
    {
      name: 'a search compares each field that there is',
      evidence: 'ServiceCatalog API_SearchProvisionedProducts: Filters, SearchQuery',
      steps: [
        own,
        open,
        provisioned({ ProvisioningParameters: parameters({ ManagedOrganizationalUnit: 'Nowhere' }) }),
        failed(),
        answers(
          'SearchProvisionedProducts',
          { Filters: { SearchQuery: ['name:{{unique}}'] } },
          { TotalResultsCount: 1, ProvisionedProducts: count(1) },
          { save: 'found' },
        ),
        ...[
          'arn:{{found.ProvisionedProducts.0.Arn}}',
          'idempotencyToken:{{unique}}',
          'productName:"{{found.ProvisionedProducts.0.ProductName}}"',
          'userArn:{{found.ProvisionedProducts.0.UserArn}}',
          'userArnSession:{{found.ProvisionedProducts.0.UserArnSession}}',
          'type:CONTROL_TOWER_ACCOUNT',
        ].map((query) => search(query, includes({ Name: '{{unique}}' }))),
        ...['arn:nothing', 'idempotencyToken:nothing', 'productName:Nothing', 'userArn:arn', 'type:CFN_STACK'].map(
          (query) => search(query, count(0)),
        ),
        answers(
          'SearchProvisionedProducts',
          { Filters: { SearchQuery: ['name:{{unique}}', 'status:AVAILABLE'] } },
          { TotalResultsCount: 0, ProvisionedProducts: count(0) },
        ),
        ...GONE,
        search('name:{{unique}}', excludes({ Name: '{{unique}}' })),
      ],
      cleanup: GONE,
    },
    {
      name: 'a provisioned product is named by its id or its name, and not by both',
      evidence: 'ServiceCatalog API_DescribeProvisionedProduct: InvalidParametersException',
      steps: [
        own,
        open,
        provisioned({ ProvisioningParameters: parameters({ ManagedOrganizationalUnit: 'Nowhere' }) }),
        failed(),
        detail({ Status: 'TAINTED' }),
        answers(
          'DescribeProvisionedProduct',
          { Id: '{{ours.ProvisionedProductDetail.Id}}' },
          { ProvisionedProductDetail: { Name: '{{unique}}' }, CloudWatchDashboards: count(0) },
        ),
        refuses('DescribeProvisionedProduct', {}, ['InvalidParametersException', 'ValidationException']),
        refuses('DescribeProvisionedProduct', { Id: '{{ours.ProvisionedProductDetail.Id}}', Name: '{{unique}}' }, [
          'InvalidParametersException',
          'ValidationException',
        ]),
        refuses(
          'TerminateProvisionedProduct',
          {
            ...{ ProvisionedProductId: '{{ours.ProvisionedProductDetail.Id}}', ProvisionedProductName: '{{unique}}' },
            TerminateToken: '{{unique}}-both',
          },
          ['InvalidParametersException', 'ValidationException'],
        ),
        answers(
          'TerminateProvisionedProduct',
          { ProvisionedProductId: '{{ours.ProvisionedProductDetail.Id}}', TerminateToken: '{{unique}}-end' },
          {},
          { save: 'termination', within: 900 },
        ),
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: GONE,
    },
    {
      name: 'five accounts are enrolled at a time, and a sixth is not begun',
      evidence:
        'controltower userguide limits: concurrent account operations; ' +
        'aws-samples/aws-control-tower-automate-account-creation#9: ResourceInUseException',
      steps: [
        own,
        open,
        ...FIVE.map((name) => nowhere(name)),
        answersOrRefuses('ProvisionProduct', nowhereRequest('f'), CONFLICTS),
        soonOver('f'),
        search('name:{{unique}}-a', [{ Status: 'UNDER_CHANGE' }]),
        ...FIVE.map((name) => failed(name)),
        answers('ListRecordHistory', { PageSize: 5 }, { RecordDetails: count(5), NextPageToken: text }),
        ...FIVE.flatMap((name) => [given(name), ended(`${name}End`, 'SUCCEEDED')]),
        answersOrRefuses('TerminateProvisionedProduct', terminationOf('f'), ['ResourceNotFoundException'], {
          save: 'sixth',
        }),
      ],
      cleanup: [...FIVE, 'f'].map((name) => given(name)),
    },
    {
      name: 'one account is given back at a time',
      evidence: 'controltower userguide limits: unmanage one account at a time',
      steps: [
        own,
        open,
        nowhere('a'),
        nowhere('b'),
        failed('a'),
        failed('b'),
        given('a'),
        search('name:{{unique}}-a', [{ Status: 'UNDER_CHANGE' }]),
        answersOrRefuses(
          'TerminateProvisionedProduct',
          { ...terminationOf('b'), TerminateToken: '{{unique}}-b-early' },
          CONFLICTS,
        ),
        soonOver('b'),
        ended('aEnd', 'SUCCEEDED'),
        given('b'),
        ended('bEnd', 'SUCCEEDED'),
        search('name:{{unique}}', count(0)),
      ],
      cleanup: [given('a'), given('b')],
    },
    {
      name: 'nothing is enrolled while the baseline of a unit is reset, and no baseline while something is enrolled',
      evidence: 'controltower userguide limits, troubleshooting: other changes in progress; API_ResetEnabledBaseline',
      steps: [
        own,
        open,
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{registeredArn}}'] } },
          { enabledBaselines: count(1) },
          { save: 'found' },
        ),
        nowhere('a'),
        refuses('controltower:ResetEnabledBaseline', BASELINE, 'ConflictException'),
        failed('a'),
        answers('controltower:ResetEnabledBaseline', BASELINE, {}, { save: 'reset' }),
        answersOrRefuses('ProvisionProduct', nowhereRequest('b'), CONFLICTS),
        soonOver('b'),
        answersOrRefuses(
          'TerminateProvisionedProduct',
          { ...terminationOf('a'), TerminateToken: '{{unique}}-a-early' },
          CONFLICTS,
        ),
        soonOver('a'),
        answers(
          'controltower:GetBaselineOperation',
          { operationIdentifier: '{{reset.operationIdentifier}}' },
          { baselineOperation: { status: 'SUCCEEDED' } },
          { within: 7200 },
        ),
        given('a'),
        ended('aEnd', 'SUCCEEDED'),
        answersOrRefuses('TerminateProvisionedProduct', terminationOf('b'), ['ResourceNotFoundException']),
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { after: 900 }),
      ],
      cleanup: [given('a'), given('b')],
    },
  ],
};

const withoutPerson: readonly Step[] = [
  // What an earlier case has enrolled by a move is let go after a while.
  { ...own, after: 7200 },
  open,
  ...roleMade(),
  { ...provisioned({ ProvisioningParameters: parameters({ SSOUserEmail: PERSON }) }), after: 60 },
  ended('accepted', 'SUCCEEDED'),
  refuses('identitystore:GetUserId', userOf(PERSON), 'ResourceNotFoundException'),
];
const USER = answers(
  'identitystore:CreateUser',
  {
    ...STORE,
    UserName: PERSON,
    DisplayName: 'Con',
    Name: { GivenName: 'Con', FamilyName: 'Formance' },
  },
  {},
  { save: 'user' },
);
const userGone = answers('identitystore:DeleteUser', { ...STORE, UserId: '{{user.UserId}}' });

export const peopleFromElsewhere: CaseGroup = {
  service: 'servicecatalog',
  organization: 'auto-enrollment',
  cases: [
    {
      name: 'with another identity provider nobody is made, and who is there gets in',
      evidence: 'controltower userguide getting-started-prereqs: external identity providers',
      steps: [
        ...withoutPerson,
        USER,
        updated('known'),
        ended('update', 'SUCCEEDED'),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: includes({ PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' }),
        }),
        ...GONE,
      ],
      cleanup: [...ALL_GONE, userGone],
    },
  ],
};

export const peopleInActiveDirectory: CaseGroup = {
  service: 'servicecatalog',
  organization: 'older-landing-zone',
  cases: [
    {
      name: 'a product with several launch paths is provisioned by one that is named',
      evidence: 'idealo/terraform-provider-controltower#48; ServiceCatalog API_ListLaunchPaths',
      steps: [
        own,
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, { LaunchPathSummaries: count(2) }, { save: 'paths' }),
        answers(
          'ListLaunchPaths',
          { ProductId: '{{product}}', PageSize: 1 },
          { LaunchPathSummaries: count(1), NextPageToken: text },
        ),
        refuses('ProvisionProduct', { ...REQUEST, ProvisioningParameters: parameters() }, 'InvalidParametersException'),
        provisioned({
          PathId: '{{paths.LaunchPathSummaries.1.Id}}',
          ProvisioningParameters: parameters({ ManagedOrganizationalUnit: 'Nowhere' }),
        }),
        answers(
          'DescribeRecord',
          { Id: '{{accepted.RecordDetail.RecordId}}' },
          { RecordDetail: { PathId: '{{paths.LaunchPathSummaries.1.Id}}' } },
        ),
        failed(),
        ...GONE,
        answers(
          'ListPortfoliosForProduct',
          { ProductId: '{{product}}' },
          { PortfolioDetails: includes({ DisplayName: '{{paths.LaunchPathSummaries.1.Name}}' }) },
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'products are found by their owner',
      evidence: 'ServiceCatalog API_SearchProductsAsAdmin: Filters, Owner',
      steps: [
        answers(
          'SearchProductsAsAdmin',
          { Filters: { Owner: ['AWS Control Tower'] } },
          {
            ProductViewDetails: includes({
              ProductViewSummary: { ProductId: '{{product}}', Owner: 'AWS Control Tower', Name: text },
              Status: 'AVAILABLE',
              ProductARN: matches(/:product\/prod-/u),
            }),
          },
        ),
        answers('SearchProductsAsAdmin', {}, { ProductViewDetails: count(3) }),
        answers(
          'SearchProductsAsAdmin',
          { Filters: { Owner: ['Platform'] } },
          {
            ProductViewDetails: [
              { ProductViewSummary: { Owner: 'Platform' } },
              { ProductViewSummary: { Owner: 'Platform' } },
            ],
          },
        ),
        answers(
          'SearchProductsAsAdmin',
          { PageSize: 2 },
          { ProductViewDetails: count(2), NextPageToken: text },
          { save: 'page' },
        ),
        answers(
          'SearchProductsAsAdmin',
          { PageSize: 2, PageToken: '{{page.NextPageToken}}' },
          { ProductViewDetails: count(1), NextPageToken: absent },
        ),
      ],
    },
    {
      name: 'with Active Directory nobody gets into an account by way of the Account Factory',
      evidence: 'controltower userguide getting-started-prereqs: Active Directory',
      steps: [
        own,
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { save: 'paths' }),
        ...roleMade(),
        USER,
        {
          ...provisioned({
            PathId: '{{paths.LaunchPathSummaries.0.Id}}',
            ProvisioningParameters: parameters({ SSOUserEmail: PERSON }),
          }),
          after: 60,
        },
        ended('accepted', 'SUCCEEDED'),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: excludes({ PrincipalId: '{{user.UserId}}' }),
        }),
        ...GONE,
      ],
      cleanup: [...ALL_GONE, userGone],
    },
  ],
};

export const nothingShared: CaseGroup = {
  service: 'servicecatalog',
  organization: 'consolidated-billing',
  cases: [
    {
      name: 'without Control Tower there is no Account Factory',
      evidence: 'controltower userguide account-factory; ServiceCatalog API_SearchProductsAsAdmin',
      steps: [
        answers(
          'SearchProductsAsAdmin',
          { Filters: { Owner: ['AWS Control Tower'] } },
          { ProductViewDetails: count(0) },
        ),
        answers('SearchProvisionedProducts', {}, { ProvisionedProducts: count(0), TotalResultsCount: 0 }),
        answers('ListRecordHistory', {}, { RecordDetails: count(0) }),
        answers('controltower:ListLandingZones', {}, { landingZones: count(0) }),
        answers('controltower:ListEnabledBaselines', {}, { enabledBaselines: count(0) }),
        refuses('controltower:ListEnabledControls', {}, 'ResourceNotFoundException'),
        answers('sso-admin:ListInstances', {}, { Instances: count(0) }),
        refuses('DescribeRecord', { Id: 'rec-0000000000000' }, 'ResourceNotFoundException'),
        ...by('member', answers('SearchProvisionedProducts', {}, { ProvisionedProducts: count(0) })),
      ],
    },
  ],
};
