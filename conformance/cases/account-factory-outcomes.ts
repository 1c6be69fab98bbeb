import { answers, by, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text } from '../pattern';
import {
  ALL_GONE,
  BACK,
  backFrom,
  detail,
  ended,
  failed,
  isIn,
  keeping,
  NAMED,
  newAccount,
  open,
  own,
  parameters,
  PRODUCT_GONE,
  provisioned,
  READY,
  refusesUpdate,
  REQUEST,
  ROLE_GONE,
  roleMade,
  search,
  terminated,
  updated,
} from './enrollment-steps';

const BY_FIRST_PATH = { PathId: '{{paths.LaunchPathSummaries.0.Id}}' };
const intoUnit = (id: string) =>
  parameters({ ManagedOrganizationalUnit: `{{${id}Is.OrganizationalUnit.Name}} ({{${id}}})` });

/** AWS tells of a unit, too, whether what its accounts have from it is as it should be. */
const unitIs = (arn: string, status: string): Step =>
  answers(
    'controltower:ListEnabledBaselines',
    { filter: { targetIdentifiers: [arn] } },
    { enabledBaselines: [{ driftStatusSummary: { types: { inheritance: { status } } } }] },
  );

export const accountFactoryOutcomes: CaseGroup = {
  service: 'servicecatalog',
  cases: [
    {
      name: 'a new account comes into its unit, enrolled',
      evidence:
        'controltower userguide provision-as-end-user; baseline-api-examples; troubleshooting: a closed account',
      accounts: 1,
      steps: [
        open,
        answers(
          'ProvisionProduct',
          {
            ...REQUEST,
            ProvisioningParameters: newAccount(),
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
          'organizations:DescribeAccount',
          { AccountId: '{{new.Account.Id}}' },
          { Account: { State: 'CLOSED' } },
          { within: 1800 },
        ),
        updated('closed'),
        failed('update'),
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
      name: 'a unit below the root is named by its name alone',
      evidence: 'controltower userguide provision-as-end-user: ManagedOrganizationalUnit',
      steps: [
        ...READY,
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
        ...PRODUCT_GONE,
        isIn('{{root}}'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'a nested unit is named with its id, and not by its name alone',
      evidence: 'controltower userguide provision-as-end-user: ManagedOrganizationalUnit, nested OUs',
      steps: [
        ...READY,
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
        ...PRODUCT_GONE,
      ],
      cleanup: [terminated, ended('termination', 'SUCCEEDED'), backFrom('member', 'nestedId'), BACK, ...ROLE_GONE],
    },
    {
      name: 'the product of an account that was moved by hand brings it back into its unit',
      evidence: 'controltower userguide governance-drift: moved member account',
      steps: [
        ...READY,
        { ...provisioned(), after: 60 },
        ended('accepted', 'SUCCEEDED'),
        unitIs('{{registeredArn}}', 'IN_SYNC'),
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{registeredId}}',
          DestinationParentId: '{{otherRegisteredId}}',
        }),
        answers(
          'organizations:DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{otherRegisteredId}}' },
          {},
          { save: 'other' },
        ),
        unitIs('{{other.OrganizationalUnit.Arn}}', 'DRIFTED'),
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
        unitIs('{{registeredArn}}', 'IN_SYNC'),
        unitIs('{{other.OrganizationalUnit.Arn}}', 'IN_SYNC'),
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
        ...PRODUCT_GONE,
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
        search('{{product}}', includes({ Name: '{{unique}}' })),
        search('{{found.ProvisionedProducts.0.Id}}', [{ Name: '{{unique}}' }]),
        search('nothing-at-all', count(0)),
        ...[
          'arn:nothing',
          'idempotencyToken:nothing',
          'productName:Nothing',
          'userArn:arn',
          'type:CFN_STACK',
          'id:{{unique}}',
        ].map((query) => search(query, count(0))),
        answers(
          'SearchProvisionedProducts',
          { Filters: { SearchQuery: ['name:{{unique}}', 'status:AVAILABLE'] } },
          { TotalResultsCount: 0, ProvisionedProducts: count(0) },
        ),
        ...PRODUCT_GONE,
        search('name:{{unique}}', excludes({ Name: '{{unique}}' })),
      ],
      cleanup: PRODUCT_GONE,
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
            ProvisionedProductId: '{{ours.ProvisionedProductDetail.Id}}',
            ProvisionedProductName: '{{unique}}',
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
      cleanup: PRODUCT_GONE,
    },
  ],
};

export const productsOfMovedAccounts: CaseGroup = {
  service: 'servicecatalog',
  organization: 'auto-enrollment',
  cases: [
    {
      name: 'an account that is enrolled by a move has no product, and gets none',
      evidence: 'controltower userguide account-auto-enrollment: products are not created; provision-as-end-user',
      steps: [
        ...READY,
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{root}}',
          DestinationParentId: '{{registeredId}}',
        }),
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{own.Account.Arn}}'] }, includeChildren: true },
          { enabledBaselines: [{ statusSummary: { status: 'SUCCEEDED' } }] },
          { within: 7200 },
        ),
        search('physicalId:{{member}}', count(0)),
        provisioned(),
        failed(),
        ...PRODUCT_GONE,
      ],
      cleanup: [...ALL_GONE, answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { after: 7200 })],
    },
    {
      name: 'an account that is let go by a move keeps its product, until that is terminated',
      evidence: 'controltower userguide account-auto-enrollment: the product remains after the account is unenrolled',
      steps: [
        ...READY,
        { ...provisioned(), after: 60 },
        ended('accepted', 'SUCCEEDED'),
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{registeredId}}',
          DestinationParentId: '{{root}}',
        }),
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{own.Account.Arn}}'] }, includeChildren: true },
          { enabledBaselines: count(0) },
          { within: 7200 },
        ),
        detail({ Status: 'AVAILABLE', LastSuccessfulProvisioningRecordId: '{{accepted.RecordDetail.RecordId}}' }),
        search('name:{{unique}}', [{ PhysicalId: '{{member}}', Status: 'AVAILABLE' }]),
        ...PRODUCT_GONE,
        search('name:{{unique}}', count(0)),
      ],
      cleanup: ALL_GONE,
    },
  ],
};

export const severalLaunchPaths: CaseGroup = {
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
        refusesUpdate('several', { ProvisioningParameters: keeping }, 'InvalidParametersException'),
        refusesUpdate('nothing', { PathName: 'Nothing' }, 'ResourceNotFoundException'),
        updated('named', { PathName: '{{paths.LaunchPathSummaries.1.Name}}' }),
        answers(
          'DescribeRecord',
          { Id: '{{update.RecordDetail.RecordId}}' },
          { RecordDetail: { PathId: '{{paths.LaunchPathSummaries.1.Id}}' } },
        ),
        ended('update', 'FAILED'),
        ...PRODUCT_GONE,
        answers(
          'ListPortfoliosForProduct',
          { ProductId: '{{product}}' },
          { PortfolioDetails: includes({ DisplayName: '{{paths.LaunchPathSummaries.1.Name}}' }) },
        ),
      ],
      cleanup: PRODUCT_GONE,
    },
    {
      name: 'an account is enrolled with the baseline that its unit has, and not where a unit has another one or none',
      evidence: 'controltower userguide account-factory, table-of-baselines: new accounts get the existing version',
      steps: [
        own,
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { save: 'paths' }),
        ...roleMade(),
        ...['otherNestedId', 'configuredId', 'controlledId'].map((id) =>
          answers(
            'organizations:DescribeOrganizationalUnit',
            { OrganizationalUnitId: `{{${id}}}` },
            {},
            { save: `${id}Is` },
          ),
        ),
        { ...provisioned({ ...BY_FIRST_PATH, ProvisioningParameters: intoUnit('configuredId') }), after: 60 },
        failed(),
        updated('controlled', { ...BY_FIRST_PATH, ProvisioningParameters: intoUnit('controlledId') }),
        failed('update'),
        isIn('{{root}}'),
        updated('registered', { ...BY_FIRST_PATH, ProvisioningParameters: intoUnit('otherNestedId') }),
        ended('update', 'SUCCEEDED'),
        isIn('{{otherNestedId}}'),
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{otherNestedIdIs.OrganizationalUnit.Arn}}'] } },
          { enabledBaselines: [{ baselineVersion: '3.0' }] },
          { save: 'unitHas' },
        ),
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{own.Account.Arn}}'] }, includeChildren: true },
          {
            enabledBaselines: [
              {
                baselineVersion: '3.0',
                parentIdentifier: '{{unitHas.enabledBaselines.0.arn}}',
              },
            ],
          },
        ),
        ...PRODUCT_GONE,
      ],
      cleanup: [...ALL_GONE, backFrom('member', 'otherNestedId')],
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
        answers('SearchProductsAsAdmin', {}, { ProductViewDetails: count(0) }),
        answers('SearchProvisionedProducts', {}, { ProvisionedProducts: count(0), TotalResultsCount: 0 }),
        answers('ListRecordHistory', {}, { RecordDetails: count(0) }),
        answers('controltower:ListLandingZones', {}, { landingZones: count(0) }),
        answers('controltower:ListEnabledBaselines', {}, { enabledBaselines: count(0) }),
        refuses('controltower:ListEnabledControls', {}, 'ResourceNotFoundException'),
        answers('sso-admin:ListInstances', {}, { Instances: count(0) }),
        refuses('DescribeRecord', { Id: 'rec-0000000000000' }, 'ResourceNotFoundException'),
        refuses('DescribeProvisionedProduct', { Name: '{{unique}}' }, 'ResourceNotFoundException'),
        refuses('UpdateProvisionedProduct', { ...NAMED, UpdateToken: '{{unique}}' }, 'ResourceNotFoundException'),
        refuses('TerminateProvisionedProduct', { ...NAMED, TerminateToken: '{{unique}}' }, 'ResourceNotFoundException'),
        ...by('member', answers('SearchProvisionedProducts', {}, { ProvisionedProducts: count(0) })),
      ],
    },
  ],
};
