import { answers, asMember, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, type Pattern, text, time } from '../pattern';
import {
  ALL_GONE,
  BACK,
  detail,
  ended,
  EXECUTION,
  isIn,
  keeping,
  NAMED,
  open,
  OURS,
  own,
  parameters,
  provisioned,
  refusesUpdate,
  REQUEST,
  ROLE_GONE,
  roleMade,
  search,
  SECOND_TERMINATED,
  terminated,
  updated,
} from './enrollment-steps';

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

const GROUP_CALLED = (AttributeValue: string) => ({
  IdentityStoreId: '{{store}}',
  AlternateIdentifier: { UniqueAttribute: { AttributePath: 'displayName', AttributeValue } },
});
const groupIsIn = (group: string, AccountAssignments: Pattern, account = 'member'): Step =>
  answers(
    'sso-admin:ListAccountAssignmentsForPrincipal',
    {
      InstanceArn: '{{instance}}',
      PrincipalType: 'GROUP',
      PrincipalId: `{{${group}.GroupId}}`,
      Filter: { AccountId: `{{${account}}}` },
    },
    { AccountAssignments },
  );

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
        search('name:{{unique}}', [
          { ProvisioningArtifactId: '{{artifact}}', ProvisioningArtifactName: '{{artifactName}}' },
        ]),
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
      name: 'groups of Control Tower get into each account that is enrolled, and into no other',
      evidence: 'controltower userguide sso-groups; SSO API_ListAccountAssignmentsForPrincipal',
      steps: [
        own,
        open,
        answers('identitystore:GetGroupId', GROUP_CALLED('AWSControlTowerAdmins'), {}, { save: 'admins' }),
        answers('identitystore:GetGroupId', GROUP_CALLED('AWSSecurityAuditors'), {}, { save: 'auditors' }),
        ...roleMade(),
        { ...provisioned(), after: 60 },
        ended('accepted', 'SUCCEEDED'),
        groupIsIn('admins', includes({ PermissionSetArn: text, PrincipalType: 'GROUP' })),
        groupIsIn('auditors', includes({ PermissionSetArn: text, PrincipalType: 'GROUP' })),
        groupIsIn('admins', count(0), 'spareFour'),
        groupIsIn('auditors', count(0), 'spareFour'),
        terminated,
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'without automatic enrollment an enrolled account that is moved out stays enrolled, and has drifted',
      evidence:
        'controltower userguide governance-drift: a moved account; account-auto-enrollment, unmanage-account: an ' +
        'option; API_EnabledBaselineDriftTypes',
      steps: [
        own,
        open,
        ...roleMade(),
        { ...provisioned(), after: 60 },
        ended('accepted', 'SUCCEEDED'),
        isIn('{{registeredId}}'),
        BACK,
        isIn('{{root}}'),
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
          { within: 3600 },
        ),
        ...asMember([answers('iam:GetRole', EXECUTION)]),
        detail({ Status: 'AVAILABLE' }),
        terminated,
        ended('termination', 'SUCCEEDED'),
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
      name: 'a deprecated version is kept by an update and not provisioned, and one that is not active is neither',
      evidence: 'ServiceCatalog API_UpdateProvisioningArtifact: Active, Guidance',
      steps: [
        own,
        open,
        refuses(
          'ProvisionProduct',
          { ...REQUEST, ProvisioningArtifactId: '{{deprecatedArtifact}}', ProvisioningParameters: parameters() },
          'InvalidParametersException',
        ),
        refuses(
          'ProvisionProduct',
          { ...REQUEST, ProvisioningArtifactId: '{{inactiveArtifact}}', ProvisioningParameters: parameters() },
          'InvalidParametersException',
        ),
        provisioned({ ProvisioningParameters: parameters({ ManagedOrganizationalUnit: 'Nowhere' }) }),
        ended('accepted', 'FAILED'),
        refusesUpdate('inactive', { ProvisioningArtifactId: '{{inactiveArtifact}}' }, 'InvalidParametersException'),
        updated('deprecated', { ProvisioningArtifactId: '{{deprecatedArtifact}}', ProvisioningParameters: keeping }),
        answers(
          'DescribeRecord',
          { Id: '{{update.RecordDetail.RecordId}}' },
          { RecordDetail: { ProvisioningArtifactId: '{{deprecatedArtifact}}' } },
        ),
        ended('update', 'FAILED'),
        detail({ Status: matches(/^(?:TAINTED|ERROR)$/u) }),
        terminated,
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: [terminated],
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
