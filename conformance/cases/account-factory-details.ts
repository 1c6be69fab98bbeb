import { answers, asMember, asRole, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, type Pattern, text, time } from '../pattern';
import {
  ALL_GONE,
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
  search,
  terminated,
  updated,
} from './enrollment-steps';

const INVALID = 'InvalidParametersException';
const MISSING = 'ResourceNotFoundException';
/** Pages name the one error for each call; what does not have its form has the other, as in all services. */
const FORM = ['ValidationException', INVALID];
const RECORD = '{{accepted.RecordDetail.RecordId}}';
const record = (save: string, RecordDetail: Pattern, details = {}): Step =>
  answers('DescribeRecord', { Id: `{{${save}.RecordDetail.RecordId}}` }, { RecordDetail }, details);
const outputs = (more: object, output: Pattern, details = {}): Step =>
  answers('DescribeRecord', { Id: RECORD, ...more }, output, details);
const KEPT = keeping.filter(({ Key }) => Key !== 'ManagedOrganizationalUnit');
const toNowhere = { ProvisioningParameters: [...KEPT, { Key: 'ManagedOrganizationalUnit', Value: 'Nowhere' }] };
const toUnit = {
  ProvisioningParameters: [...KEPT, { Key: 'ManagedOrganizationalUnit', Value: '{{registeredUnit}}' }],
};
const refusesProduct = (more: object): Step =>
  refuses('ProvisionProduct', { ...REQUEST, ProvisioningParameters: newAccount(), ...more }, FORM);
const PRODUCT = { ProductId: '{{product}}' };
const againGone: readonly Step[] = [
  answers(
    'TerminateProvisionedProduct',
    { ...NAMED, TerminateToken: '{{unique}}-again-end' },
    {},
    { save: 'againEnd', within: 900 },
  ),
  ended('againEnd', 'SUCCEEDED'),
];
const ROLE = { PortfolioId: '{{portfolio}}', PrincipalARN: 'arn:{{partition}}:iam::{{management}}:role/{{unique}}' };
const document = (more: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
const TRUST = document({
  Principal: { AWS: 'arn:{{partition}}:iam::{{management}}:root' },
  Action: 'sts:AssumeRole',
});
const EVERYTHING = document({ Action: '*', Resource: '*' });

export const accountFactoryDetails: CaseGroup = {
  service: 'servicecatalog',
  cases: [
    {
      name: 'a product and its records tell how each operation on it begins, goes on and ends',
      evidence:
        'ServiceCatalog API_RecordDetail, API_ProvisionedProductDetail, API_ProvisionedProductAttribute: Status, ' +
        'LastRecordId, LastProvisioningRecordId, LastSuccessfulProvisioningRecordId, IdempotencyToken',
      steps: [
        ...READY,
        { ...provisioned(), after: 60 },
        record('accepted', {
          RecordId: RECORD,
          Status: 'CREATED',
          RecordType: 'PROVISION_PRODUCT',
          CreatedTime: time,
          ProvisionedProductName: '{{unique}}',
          ProvisionedProductType: 'CONTROL_TOWER_ACCOUNT',
          ProductId: '{{product}}',
          ProvisioningArtifactId: '{{artifact}}',
          UpdatedTime: time,
          PathId: '{{paths.LaunchPathSummaries.0.Id}}',
          RecordErrors: count(0),
          RecordTags: count(0),
        }),
        detail({
          Status: 'UNDER_CHANGE',
          StatusMessage: absent,
          LastSuccessfulProvisioningRecordId: absent,
          LastRecordId: RECORD,
          LastProvisioningRecordId: RECORD,
          IdempotencyToken: '{{unique}}',
          ProductId: '{{product}}',
          ProvisioningArtifactId: '{{artifact}}',
          CreatedTime: time,
          Arn: matches(/:stack\/.+\/pp-/u),
        }),
        refusesUpdate('early', {}, INVALID),
        refuses('TerminateProvisionedProduct', { ...NAMED, TerminateToken: '{{unique}}-early' }, INVALID),
        record('accepted', { Status: 'IN_PROGRESS', RecordErrors: count(0) }, { within: 60 }),
        outputs({}, { RecordOutputs: count(0) }),
        ended('accepted', 'SUCCEEDED', {
          RecordErrors: count(0),
          UpdatedTime: { $after: '{{own.Account.JoinedTimestamp}}' },
        }),
        outputs(
          {},
          {
            RecordOutputs: [{ OutputKey: 'AccountId' }, { OutputKey: 'AccountEmail' }, { OutputKey: 'SSOUserEmail' }],
            NextPageToken: absent,
          },
        ),
        outputs({ PageSize: 3 }, { RecordOutputs: count(3), NextPageToken: absent }),
        outputs({ PageSize: 2 }, { RecordOutputs: count(2), NextPageToken: text }, { save: 'page' }),
        outputs(
          { PageSize: 2, PageToken: '{{page.NextPageToken}}' },
          { RecordOutputs: [{ OutputKey: 'SSOUserEmail' }], NextPageToken: absent },
        ),
        outputs({ PageSize: 0 }, { RecordOutputs: count(3) }),
        refuses('DescribeRecord', { Id: RECORD, PageToken: 'nothing' }, FORM),
        detail({
          Status: 'AVAILABLE',
          StatusMessage: absent,
          LastSuccessfulProvisioningRecordId: RECORD,
          LastRecordId: RECORD,
          LastProvisioningRecordId: RECORD,
        }),
        answers(
          'SearchProvisionedProducts',
          { Filters: { SearchQuery: ['name:{{unique}}'] } },
          {
            ProvisionedProducts: [
              {
                Name: '{{unique}}',
                PhysicalId: '{{member}}',
                ProductName: text,
                ProductId: '{{product}}',
                ProvisioningArtifactName: '{{artifactName}}',
                UserArn: text,
                UserArnSession: text,
                Tags: count(0),
              },
            ],
            TotalResultsCount: 1,
          },
        ),
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{registeredArn}}'] } },
          { enabledBaselines: count(1) },
          { save: 'unitHas' },
        ),
        ...[
          { parentIdentifiers: ['{{unitHas.enabledBaselines.0.arn}}'] },
          { targetIdentifiers: ['{{own.Account.Arn}}', '{{registeredArn}}'] },
          { baselineIdentifiers: ['{{unitHas.enabledBaselines.0.baselineIdentifier}}'] },
        ].map((filter) =>
          answers(
            'controltower:ListEnabledBaselines',
            { filter, includeChildren: true },
            {
              enabledBaselines: includes({
                targetIdentifier: '{{own.Account.Arn}}',
                parentIdentifier: '{{unitHas.enabledBaselines.0.arn}}',
                statusSummary: { status: 'SUCCEEDED', lastOperationIdentifier: text },
                driftStatusSummary: { types: { inheritance: { status: 'IN_SYNC' } } },
              }),
            },
          ),
        ),
        refusesUpdate(
          'email',
          { ProvisioningParameters: [{ Key: 'AccountEmail', Value: 'other@{{domain}}' }] },
          INVALID,
        ),
        refusesUpdate('none', { ProvisioningParameters: [{ Key: 'Nothing', Value: 'x' }] }, INVALID),
        detail({ Status: 'AVAILABLE', LastRecordId: RECORD }),
        updated('version', { ProvisioningArtifactId: '{{deprecatedArtifact}}' }),
        ended('update', 'SUCCEEDED', { ProvisioningArtifactId: '{{deprecatedArtifact}}' }),
        detail({ ProvisioningArtifactId: '{{deprecatedArtifact}}' }),
        refusesUpdate('inactive', { ProvisioningArtifactId: '{{inactiveArtifact}}' }, INVALID),
        refusesUpdate('nowhere', { ProvisioningArtifactId: 'pa-0000000000000' }, MISSING),
        refusesUpdate('path', { PathId: 'lpv2-0000000000000' }, MISSING),
        updated('back', { ProvisioningArtifactName: '{{artifactName}}' }),
        ended('update', 'SUCCEEDED', { ProvisioningArtifactId: '{{artifact}}' }),
        answers('DescribeProvisionedProduct', { Name: '{{unique}}' }, {}, { save: 'settled' }),
        updated('lost', toNowhere),
        failed('update'),
        detail({
          Status: 'TAINTED',
          StatusMessage: text,
          LastSuccessfulProvisioningRecordId: '{{settled.ProvisionedProductDetail.LastSuccessfulProvisioningRecordId}}',
          LastRecordId: '{{update.RecordDetail.RecordId}}',
          IdempotencyToken: '{{unique}}-lost',
          LastProvisioningRecordId: '{{update.RecordDetail.RecordId}}',
        }),
        isIn('{{registeredId}}'),
        updated('found', toUnit),
        ended('update', 'SUCCEEDED'),
        detail({
          Status: 'AVAILABLE',
          StatusMessage: absent,
          LastSuccessfulProvisioningRecordId: '{{update.RecordDetail.RecordId}}',
        }),
        // The same request again is the same record.
        answers(
          'UpdateProvisionedProduct',
          { ...NAMED, UpdateToken: '{{unique}}-found', ...toUnit },
          { RecordDetail: { RecordId: '{{update.RecordDetail.RecordId}}', Status: 'SUCCEEDED' } },
        ),
        refusesUpdate('found', toNowhere, INVALID),
        terminated,
        refusesUpdate('late', {}, INVALID),
        ended('termination', 'SUCCEEDED', { RecordType: 'TERMINATE_PROVISIONED_PRODUCT', RecordErrors: count(0) }),
        refuses('DescribeProvisionedProduct', { Name: '{{unique}}' }, MISSING),
        refuses('TerminateProvisionedProduct', { ...NAMED, TerminateToken: '{{unique}}-end' }, MISSING),
        refusesUpdate('later', {}, MISSING),
        record('accepted', { Status: 'SUCCEEDED', ProvisionedProductName: '{{unique}}' }),
        isIn('{{root}}'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'a portfolio is open to a role of the management account from its association on, and nowhere else',
      evidence: 'aws/aws-cdk#8404: No launch paths found; ServiceCatalog API_AssociatePrincipalWithPortfolio',
      steps: [
        answers('iam:CreateRole', { RoleName: '{{unique}}', AssumeRolePolicyDocument: TRUST }),
        answers('iam:PutRolePolicy', { RoleName: '{{unique}}', PolicyName: 'conformance', PolicyDocument: EVERYTHING }),
        ...asRole([
          refuses('ListLaunchPaths', PRODUCT, MISSING, { after: 60 }),
          refuses('ProvisionProduct', { ...REQUEST, ProvisioningParameters: newAccount() }, MISSING),
        ]),
        answers('AssociatePrincipalWithPortfolio', { ...ROLE, PrincipalType: 'IAM' }),
        ...asRole([answers('ListLaunchPaths', PRODUCT, { LaunchPathSummaries: count(1) }, { within: 60 })]),
        refuses('ListLaunchPaths', PRODUCT, MISSING, { region: '{{otherRegion}}' }),
        answers('SearchProductsAsAdmin', {}, { ProductViewDetails: count(0) }, { region: '{{otherRegion}}' }),
        answers(
          'SearchProvisionedProducts',
          {},
          { ProvisionedProducts: count(0), TotalResultsCount: 0 },
          { region: '{{otherRegion}}' },
        ),
        ...asMember([
          answers('SearchProvisionedProducts', {}, { ProvisionedProducts: count(0), TotalResultsCount: 0 }),
          answers('SearchProductsAsAdmin', {}, { ProductViewDetails: count(0) }),
        ]),
      ],
      cleanup: [
        answers('DisassociatePrincipalFromPortfolio', ROLE),
        answers('iam:DeleteRolePolicy', { RoleName: '{{unique}}', PolicyName: 'conformance' }),
        answers('iam:DeleteRole', { RoleName: '{{unique}}' }),
      ],
    },
    {
      name: 'the name of a product that is terminated is free again, and what was done to it is told still',
      evidence: 'controltower userguide troubleshooting: delete the product first; ServiceCatalog API_DescribeRecord',
      steps: [
        own,
        open,
        provisioned({ ProvisioningParameters: newAccount({ ManagedOrganizationalUnit: 'Nowhere' }) }),
        failed(),
        ...PRODUCT_GONE,
        answers(
          'ProvisionProduct',
          {
            ...REQUEST,
            ProvisionToken: '{{unique}}-again',
            ProvisioningParameters: newAccount({ ManagedOrganizationalUnit: 'Nowhere' }),
          },
          { RecordDetail: { ProvisionedProductName: '{{unique}}' } },
          { save: 'again' },
        ),
        failed('again'),
        record('accepted', {
          Status: 'FAILED',
          ProvisionedProductId: '{{accepted.RecordDetail.ProvisionedProductId}}',
        }),
        record('termination', { Status: 'SUCCEEDED' }),
        search('{{accepted.RecordDetail.ProvisionedProductId}}', count(0)),
        search('name:{{unique}}', [{ Id: '{{again.RecordDetail.ProvisionedProductId}}' }]),
        ...againGone,
      ],
      cleanup: [...PRODUCT_GONE, ...againGone],
    },
    {
      name: 'the history of a product is told from its last record to its first, page by page',
      evidence: 'ServiceCatalog API_ListRecordHistory: SearchFilter, PageSize, PageToken',
      steps: [
        own,
        open,
        provisioned({ ProvisioningParameters: newAccount({ ManagedOrganizationalUnit: 'Nowhere' }) }),
        failed(),
        updated('again'),
        failed('update'),
        ...[{ Key: 'provisionedproduct', Value: '{{accepted.RecordDetail.ProvisionedProductId}}' }].flatMap(
          (SearchFilter) => [
            answers(
              'ListRecordHistory',
              { SearchFilter },
              {
                RecordDetails: [
                  { RecordType: 'UPDATE_PROVISIONED_PRODUCT', Status: 'FAILED', RecordErrors: count(1) },
                  { RecordId: RECORD, RecordType: 'PROVISION_PRODUCT' },
                ],
                NextPageToken: absent,
              },
            ),
            answers(
              'ListRecordHistory',
              { SearchFilter, PageSize: 1 },
              { RecordDetails: [{ RecordType: 'UPDATE_PROVISIONED_PRODUCT' }], NextPageToken: text },
              { save: 'page' },
            ),
            answers(
              'ListRecordHistory',
              { SearchFilter, PageSize: 1, PageToken: '{{page.NextPageToken}}' },
              { RecordDetails: [{ RecordId: RECORD }], NextPageToken: absent },
            ),
          ],
        ),
        answers(
          'ListRecordHistory',
          { SearchFilter: { Key: 'provisionedproduct', Value: 'pp-0000000000000' } },
          { RecordDetails: count(0) },
        ),
        refuses('ListRecordHistory', { SearchFilter: { Key: 'nothing', Value: 'x' } }, INVALID),
        ...asMember([answers('ListRecordHistory', {}, { RecordDetails: excludes({ RecordId: RECORD }) })]),
        terminated,
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: [terminated],
    },
    {
      name: 'ids, names, tokens, parameters and pages have their forms',
      evidence: 'ServiceCatalog API_ProvisionProduct, API_SearchProvisionedProducts: length constraints and patterns',
      steps: [
        own,
        open,
        ...[{ ProvisionedProductName: 'x'.repeat(129) }, { ProvisionedProductName: '' }].map(refusesProduct),
        ...[{ ProvisionToken: 'x'.repeat(129) }, { ProvisionToken: 'a b' }, { ProvisionToken: '' }].map(refusesProduct),
        ...[{ ProductId: 'x'.repeat(101) }, { PathId: 'a b' }, { ProvisioningArtifactId: '' }].map(refusesProduct),
        refusesProduct({ ProvisioningParameters: [...newAccount(), { Key: '', Value: 'x' }] }),
        refusesProduct({ ProvisioningParameters: newAccount({ AccountName: 'x'.repeat(4097) }) }),
        refusesProduct({ ProvisioningParameters: newAccount({ AccountName: '' }) }),
        refusesProduct({ ProvisioningParameters: parameters().slice(1) }),
        refusesProduct({ ProvisioningParameters: [] }),
        refuses(
          'ProvisionProduct',
          { ProvisionedProductName: '{{unique}}', ProvisionToken: '{{unique}}', ProvisioningParameters: newAccount() },
          INVALID,
        ),
        refuses(
          'ProvisionProduct',
          {
            ProductName: '{{unique}}',
            ProvisioningArtifactId: '{{artifact}}',
            ProvisionedProductName: '{{unique}}',
            ProvisionToken: '{{unique}}',
            ProvisioningParameters: newAccount(),
          },
          MISSING,
        ),
        answers('SearchProvisionedProducts', { PageSize: 100 }),
        refuses('SearchProvisionedProducts', { PageSize: 101 }, FORM),
        answers('ListRecordHistory', { PageSize: 20 }),
        refuses('ListRecordHistory', { PageSize: 21 }, FORM),
        refuses('ListLaunchPaths', { ...PRODUCT, PageSize: 21 }, FORM),
        refuses('SearchProvisionedProducts', { PageToken: 'nothing' }, FORM),
        refuses('SearchProvisionedProducts', { Filters: { SearchQuery: ['nothing:x'] } }, INVALID),
        refuses('SearchProvisionedProducts', { AccessLevelFilter: { Key: 'Nobody', Value: 'self' } }, FORM),
        refuses('DescribeProvisionedProduct', {}, INVALID),
        answers(
          'SearchProvisionedProducts',
          { Filters: { SearchQuery: ['name:{{unique}}'] } },
          { ProvisionedProducts: count(0), TotalResultsCount: 0 },
        ),
        answers('ListProvisioningArtifacts', PRODUCT, {
          ProvisioningArtifactDetails: includes(
            { Id: '{{artifact}}', Active: true, Guidance: 'DEFAULT', Type: 'CLOUD_FORMATION_TEMPLATE' },
            { Id: '{{deprecatedArtifact}}', Active: true, Guidance: 'DEPRECATED' },
            { Id: '{{inactiveArtifact}}', Active: false },
          ),
        }),
      ],
      cleanup: [terminated],
    },
  ],
};
