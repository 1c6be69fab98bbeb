import { answers, asMember, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text, time, type Pattern } from '../pattern';

const NAMES = ['AccountEmail', 'AccountName', 'ManagedOrganizationalUnit', 'SSOUserEmail', 'SSOUserFirstName'];

const parameters = (more: Readonly<Record<string, string>> = {}) =>
  Object.entries({
    AccountEmail: '{{own.Account.Email}}',
    AccountName: '{{own.Account.Name}}',
    ManagedOrganizationalUnit: '{{registeredUnit}}',
    SSOUserEmail: '{{mailbox}}@{{domain}}',
    SSOUserFirstName: 'Conformance',
    SSOUserLastName: 'Suite',
    ...more,
  }).map(([Key, Value]) => ({ Key, Value }));

const own = answers('organizations:DescribeAccount', { AccountId: '{{member}}' }, {}, { save: 'own' });
const open = answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { within: 60, save: 'paths' });

const REQUEST = {
  ProductId: '{{product}}',
  ProvisioningArtifactId: '{{artifact}}',
  ProvisionedProductName: '{{unique}}',
  ProvisionToken: '{{unique}}',
};
/** Refused while another account is enrolled. */
const provisioned = (more: object = {}): Step =>
  answers(
    'ProvisionProduct',
    { ...REQUEST, ProvisioningParameters: parameters(), ...more },
    { RecordDetail: { RecordType: 'PROVISION_PRODUCT', ProvisionedProductName: '{{unique}}' } },
    { save: 'accepted' },
  );
const NAMED = { ProvisionedProductName: '{{unique}}' };
const terminated = answers(
  'TerminateProvisionedProduct',
  { ...NAMED, TerminateToken: '{{unique}}-end' },
  { RecordDetail: { RecordType: 'TERMINATE_PROVISIONED_PRODUCT' } },
  { save: 'termination', within: 900 },
);
const ended = (save: string, Status: string, more: object = {}): Step =>
  answers(
    'DescribeRecord',
    { Id: `{{${save}.RecordDetail.RecordId}}` },
    { RecordDetail: { Status, ...more } },
    { within: 3600, save: `${save}End` },
  );
const detail = (more: Pattern): Step =>
  answers('DescribeProvisionedProduct', { Name: '{{unique}}' }, { ProvisionedProductDetail: more }, { save: 'ours' });
const isIn = (Id: string): Step =>
  answers('organizations:ListParents', { ChildId: '{{member}}' }, { Parents: [{ Id }] });
const search = (query: string, ProvisionedProducts: Pattern): Step =>
  answers('SearchProvisionedProducts', { Filters: { SearchQuery: [query] } }, { ProvisionedProducts });
const OURS = includes({ Name: '{{unique}}' });

const EXECUTION = { RoleName: 'AWSControlTowerExecution' };
const ADMINISTRATOR = { ...EXECUTION, PolicyArn: 'arn:{{partition}}:iam::aws:policy/AdministratorAccess' };
const trust = (AWS: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
  });
const MANAGEMENT = 'arn:{{partition}}:iam::{{management}}:root';
const roleMade = (principal = MANAGEMENT): readonly Step[] =>
  asMember([
    answers('iam:CreateRole', { ...EXECUTION, AssumeRolePolicyDocument: trust(principal) }, {}, { within: 60 }),
    answers('iam:AttachRolePolicy', ADMINISTRATOR),
  ]);
const ROLE_GONE: readonly Step[] = asMember([
  answers('iam:DetachRolePolicy', ADMINISTRATOR),
  answers('iam:DeleteRole', EXECUTION),
]);
const BACK = answers('organizations:MoveAccount', {
  AccountId: '{{member}}',
  SourceParentId: '{{registeredId}}',
  DestinationParentId: '{{root}}',
});
const SECOND_TERMINATED = answers(
  'TerminateProvisionedProduct',
  { ProvisionedProductName: '{{unique}}-b', TerminateToken: '{{unique}}-b-end' },
  {},
  { save: 'secondEnd', within: 900 },
);
const ALL_GONE: readonly Step[] = [terminated, ended('termination', 'SUCCEEDED'), BACK, ...ROLE_GONE];

const updated = (token: string, more: object = {}): Step =>
  answers(
    'UpdateProvisionedProduct',
    { ...NAMED, UpdateToken: `{{unique}}-${token}`, ...more },
    { RecordDetail: { RecordId: matches(/^rec-/u), RecordType: 'UPDATE_PROVISIONED_PRODUCT' } },
    { save: 'update' },
  );
const refusesUpdate = (token: string, more: object, error: string): Step =>
  refuses('UpdateProvisionedProduct', { ...NAMED, UpdateToken: `{{unique}}-${token}`, ...more }, error);
const keeping = NAMES.map((Key) => ({ Key, UsePreviousValue: true }));

/** AWS says that no write call takes what an account has from its unit, and not with which error it is refused. */
const CHILD = { enabledBaselineIdentifier: '{{child.enabledBaselines.0.arn}}' };
const REFUSED_CHILD = ['ValidationException', 'ConflictException', 'ResourceNotFoundException'];
const childIsRefused: readonly Step[] = [
  answers(
    'controltower:ListEnabledBaselines',
    { filter: { targetIdentifiers: ['{{own.Account.Arn}}'] }, includeChildren: true },
    { enabledBaselines: includes({ targetIdentifier: '{{own.Account.Arn}}', parentIdentifier: text }) },
    { save: 'child' },
  ),
  refuses('controltower:ResetEnabledBaseline', CHILD, REFUSED_CHILD),
  refuses(
    'controltower:UpdateEnabledBaseline',
    { ...CHILD, baselineVersion: '{{child.enabledBaselines.0.baselineVersion}}' },
    REFUSED_CHILD,
  ),
];

export const enrolledAccounts: CaseGroup = {
  service: 'servicecatalog',
  cases: [
    {
      name: 'an account with the role of Control Tower is enrolled, updated, and unenrolled again',
      evidence:
        'controltower userguide enroll-account, enroll-manually, baseline-api-examples; ' +
        'ServiceCatalog API_UpdateProvisionedProduct',
      steps: [
        own,
        open,
        isIn('{{root}}'),
        ...roleMade(),
        { ...provisioned(), after: 60 },
        detail({
          Status: 'UNDER_CHANGE',
          LastRecordId: '{{accepted.RecordDetail.RecordId}}',
          LastProvisioningRecordId: '{{accepted.RecordDetail.RecordId}}',
          ProvisioningArtifactId: '{{artifact}}',
          ProductId: '{{product}}',
          CreatedTime: time,
        }),
        refusesUpdate('early', { ProvisioningParameters: keeping }, 'InvalidParametersException'),
        answers(
          'DescribeRecord',
          { Id: '{{accepted.RecordDetail.RecordId}}' },
          {
            RecordDetail: {
              RecordType: 'PROVISION_PRODUCT',
              ProductId: '{{product}}',
              ProvisioningArtifactId: '{{artifact}}',
              ProvisionedProductType: 'CONTROL_TOWER_ACCOUNT',
              CreatedTime: time,
              UpdatedTime: time,
              RecordErrors: count(0),
            },
          },
        ),
        ended('accepted', 'SUCCEEDED', { RecordErrors: count(0) }),
        isIn('{{registeredId}}'),
        answers(
          'DescribeRecord',
          { Id: '{{accepted.RecordDetail.RecordId}}' },
          {
            RecordOutputs: includes({ OutputKey: 'AccountId', OutputValue: '{{member}}' }),
          },
        ),
        detail({
          Status: 'AVAILABLE',
          StatusMessage: absent,
          LastSuccessfulProvisioningRecordId: '{{accepted.RecordDetail.RecordId}}',
        }),
        answers(
          'controltower:ListEnabledBaselines',
          { includeChildren: true },
          {
            enabledBaselines: includes({
              targetIdentifier: matches(/:account\//u),
              parentIdentifier: text,
              statusSummary: { status: 'SUCCEEDED' },
            }),
          },
        ),
        ...childIsRefused,
        refusesUpdate(
          'email',
          { ProvisioningParameters: [{ Key: 'AccountEmail', Value: '{{mailbox}}+other@{{domain}}' }] },
          'InvalidParametersException',
        ),
        refusesUpdate(
          'unknown',
          { ProvisioningParameters: [{ Key: 'Nothing', Value: 'x' }] },
          'InvalidParametersException',
        ),
        refusesUpdate('version', { ProvisioningArtifactId: 'pa-0000000000000' }, 'ResourceNotFoundException'),
        refusesUpdate('path', { PathId: 'lpv3-0000000000000' }, 'ResourceNotFoundException'),
        updated('one', {
          ProvisioningParameters: [...keeping, { Key: 'SSOUserLastName', Value: 'Suites' }],
          ProvisioningArtifactId: '{{artifact}}',
          PathId: '{{paths.LaunchPathSummaries.0.Id}}',
        }),
        answers(
          'UpdateProvisionedProduct',
          {
            ...NAMED,
            UpdateToken: '{{unique}}-one',
            ProvisioningParameters: [...keeping, { Key: 'SSOUserLastName', Value: 'Suites' }],
            ProvisioningArtifactId: '{{artifact}}',
            PathId: '{{paths.LaunchPathSummaries.0.Id}}',
          },
          { RecordDetail: { RecordId: '{{update.RecordDetail.RecordId}}' } },
        ),
        refusesUpdate('one', { ProvisioningParameters: keeping }, 'InvalidParametersException'),
        detail({
          Status: 'UNDER_CHANGE',
          LastRecordId: '{{update.RecordDetail.RecordId}}',
          LastSuccessfulProvisioningRecordId: '{{accepted.RecordDetail.RecordId}}',
        }),
        ended('update', 'SUCCEEDED', { RecordErrors: count(0) }),
        detail({ Status: 'AVAILABLE', LastSuccessfulProvisioningRecordId: '{{update.RecordDetail.RecordId}}' }),
        isIn('{{registeredId}}'),
        search('physicalId:{{member}}', [{ Name: '{{unique}}', PhysicalId: '{{member}}', Status: 'AVAILABLE' }]),
        search('productId:{{product}}', OURS),
        search('provisioningArtifactId:{{artifact}}', OURS),
        search('type:CONTROL_TOWER_ACCOUNT', OURS),
        search('id:{{ours.ProvisionedProductDetail.Id}}', [{ Name: '{{unique}}' }]),
        search('lastRecordId:{{update.RecordDetail.RecordId}}', [{ Name: '{{unique}}' }]),
        search('status:TAINTED', excludes({ Name: '{{unique}}' })),
        search('physicalId:{{noAccount}}', count(0)),
        answers(
          'ListRecordHistory',
          {
            SearchFilter: { Key: 'provisionedproduct', Value: '{{ours.ProvisionedProductDetail.Id}}' },
            PageSize: 1,
          },
          { RecordDetails: [{ RecordId: '{{update.RecordDetail.RecordId}}' }], NextPageToken: text },
          { save: 'page' },
        ),
        answers(
          'ListRecordHistory',
          {
            SearchFilter: { Key: 'provisionedproduct', Value: '{{ours.ProvisionedProductDetail.Id}}' },
            PageSize: 1,
            PageToken: '{{page.NextPageToken}}',
          },
          { RecordDetails: [{ RecordId: '{{accepted.RecordDetail.RecordId}}' }] },
        ),
        terminated,
        answers(
          'TerminateProvisionedProduct',
          { ...NAMED, TerminateToken: '{{unique}}-end' },
          { RecordDetail: { RecordId: '{{termination.RecordDetail.RecordId}}' } },
        ),
        ended('termination', 'SUCCEEDED', { RecordErrors: count(0) }),
        isIn('{{root}}'),
        refuses('DescribeProvisionedProduct', { Name: '{{unique}}' }, 'ResourceNotFoundException'),
        ...asMember([refuses('iam:GetRole', EXECUTION, 'NoSuchEntityException')]),
        answers('organizations:DescribeAccount', { AccountId: '{{member}}' }, { Account: { State: 'ACTIVE' } }),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'an account that is enrolled is not enrolled by another product',
      evidence: 'controltower userguide provision-as-end-user: AccountEmail must not be associated with an account',
      steps: [
        own,
        open,
        ...roleMade(),
        { ...provisioned(), after: 60 },
        ended('accepted', 'SUCCEEDED'),
        answers(
          'ProvisionProduct',
          {
            ...REQUEST,
            ProvisionedProductName: '{{unique}}-b',
            ProvisionToken: '{{unique}}-b',
            ProvisioningParameters: parameters(),
          },
          {},
          { save: 'second' },
        ),
        ended('second', 'FAILED', { RecordErrors: includes({ Description: text }) }),
        detail({ Status: 'AVAILABLE' }),
        isIn('{{registeredId}}'),
      ],
      cleanup: [
        SECOND_TERMINATED,
        ended('secondEnd', 'SUCCEEDED'),
        terminated,
        ended('termination', 'SUCCEEDED'),
        BACK,
        ...ROLE_GONE,
      ],
    },
    {
      name: 'a product is provisioned by names instead of ids',
      evidence: 'ServiceCatalog API_ProvisionProduct: ProductName, ProvisioningArtifactName, PathName',
      steps: [
        own,
        open,
        answers('ListProvisioningArtifacts', { ProductId: '{{product}}' }, {}, { save: 'versions' }),
        refuses(
          'ProvisionProduct',
          {
            ProvisioningArtifactId: '{{artifact}}',
            ...NAMED,
            ProvisionToken: '{{unique}}-none',
            ProvisioningParameters: parameters(),
          },
          ['InvalidParametersException', 'ValidationException'],
        ),
        answers(
          'ProvisionProduct',
          {
            ...NAMED,
            ProductName: 'AWS Control Tower Account Factory',
            ProvisioningArtifactId: '{{artifact}}',
            PathName: '{{paths.LaunchPathSummaries.0.Name}}',
            ProvisionToken: '{{unique}}',
            ProvisioningParameters: parameters({ ManagedOrganizationalUnit: 'Nowhere' }),
          },
          { RecordDetail: { ProductId: '{{product}}', ProvisioningArtifactId: '{{artifact}}' } },
          { save: 'accepted' },
        ),
        ended('accepted', 'FAILED'),
        terminated,
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: [terminated],
    },
    {
      name: 'products and provisioned products come page by page',
      evidence: 'ServiceCatalog API_SearchProvisionedProducts: PageSize, PageToken',
      steps: [
        own,
        open,
        provisioned({ ProvisioningParameters: parameters({ ManagedOrganizationalUnit: 'Nowhere' }) }),
        ended('accepted', 'FAILED'),
        answers(
          'ProvisionProduct',
          {
            ...REQUEST,
            ProvisionedProductName: '{{unique}}-b',
            ProvisionToken: '{{unique}}-b',
            ProvisioningParameters: parameters({ ManagedOrganizationalUnit: 'Nowhere' }),
          },
          {},
          { save: 'second' },
        ),
        ended('second', 'FAILED'),
        answers(
          'SearchProvisionedProducts',
          { PageSize: 1 },
          { ProvisionedProducts: count(1), NextPageToken: text },
          { save: 'page' },
        ),
        answers(
          'SearchProvisionedProducts',
          { PageSize: 1, PageToken: '{{page.NextPageToken}}' },
          { ProvisionedProducts: excludes({ Name: '{{page.ProvisionedProducts.0.Name}}' }) },
        ),
        refuses('SearchProvisionedProducts', { PageSize: 101 }, ['InvalidParametersException', 'ValidationException']),
        refuses('ListRecordHistory', { PageSize: 21 }, ['InvalidParametersException', 'ValidationException']),
        terminated,
        ended('termination', 'SUCCEEDED'),
        SECOND_TERMINATED,
        ended('secondEnd', 'SUCCEEDED'),
      ],
      cleanup: [terminated, SECOND_TERMINATED],
    },
    {
      name: 'an account whose role trusts another account is not enrolled',
      evidence: 'controltower userguide enroll-manually: the trust of AWSControlTowerExecution',
      steps: [
        own,
        open,
        ...roleMade('arn:{{partition}}:iam::{{member}}:root'),
        { ...provisioned(), after: 60 },
        ended('accepted', 'FAILED', { RecordErrors: includes({ Description: text }) }),
        detail({ Status: matches(/^(?:TAINTED|ERROR)$/u), StatusMessage: text }),
        isIn('{{root}}'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'an account without the role of Control Tower is not enrolled',
      evidence: 'controltower userguide enroll-account: prerequisites; common-eg-failures',
      steps: [
        own,
        open,
        ...asMember([refuses('iam:GetRole', EXECUTION, 'NoSuchEntityException')]),
        provisioned(),
        ended('accepted', 'FAILED', { RecordErrors: includes({ Description: text }) }),
        isIn('{{root}}'),
        detail({ Status: matches(/^(?:TAINTED|ERROR)$/u), LastSuccessfulProvisioningRecordId: absent }),
      ],
      cleanup: ALL_GONE,
    },
  ],
};
