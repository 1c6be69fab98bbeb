import { answers, asRole, type CaseGroup, type ConformanceCase, refuses, type Step } from '../../case';
import { excludes, includes } from '../../pattern';
import { newAccount, REQUEST } from '../enrollment-steps';
import { limited, may, OWN_ROLE } from './role';

const PORTFOLIO = { PortfolioId: '{{portfolio}}', PrincipalARN: OWN_ROLE };
const NOWHERE = { ...REQUEST, ProvisioningParameters: newAccount({ ManagedOrganizationalUnit: 'Nowhere' }) };
const PRODUCT = { ProvisionedProductName: '{{unique}}', TerminateToken: '{{unique}}-end' };
const OTHER = { ProvisionedProductName: '{{unique}}-b' };
const ended = (saved: string, Status: string): Step =>
  answers(
    'servicecatalog:DescribeRecord',
    { Id: `{{${saved}.RecordDetail.RecordId}}` },
    { RecordDetail: { Status } },
    { within: 3600 },
  );
const SELF = { AccessLevelFilter: { Key: 'User', Value: 'self' } };
const OF_ROLE = { AccessLevelFilter: { Key: 'Role', Value: 'self' } };
const OF_ACCOUNT = { AccessLevelFilter: { Key: 'Account', Value: 'self' } };
const OURS = includes({ RecordId: '{{accepted.RecordDetail.RecordId}}' });

const PRODUCT_ARN = 'arn:{{partition}}:catalog:{{region}}:{{management}}:product/{{product}}';
const PORTFOLIO_ARN = 'arn:{{partition}}:catalog:{{region}}:{{management}}:portfolio/{{portfolio}}';

/** What the Account Factory does with the rights of its caller. */
const ENROLLING = ['sso:*', 'sso-directory:*', 'controltower:*', 's3:GetObject', 'organizations:DescribeOrganization'];

const serviceCatalog: readonly ConformanceCase[] = [
  limited(
    'a right to what is its own is one to all that it has provisioned',
    'servicecatalog adminguide permissions-examples: servicecatalog:userLevel; controltower userguide roles-how',
    [
      {
        Action: [
          'servicecatalog:DescribeRecord',
          'servicecatalog:DescribeProvisionedProduct',
          'servicecatalog:TerminateProvisionedProduct',
        ],
        Condition: { StringEquals: { 'servicecatalog:userLevel': 'self' } },
      },
      { Action: 'servicecatalog:ProvisionProduct', Resource: PRODUCT_ARN },
      { Action: ['servicecatalog:ListLaunchPaths', ...ENROLLING] },
    ],
    {
      before: [
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { within: 60 }),
        answers('AssociatePrincipalWithPortfolio', { ...PORTFOLIO, PrincipalType: 'IAM' }),
      ],
      steps: [
        may('ListLaunchPaths', { ProductId: '{{product}}' }),
        may('ProvisionProduct', NOWHERE, {}, 'accepted'),
        may('DescribeRecord', { Id: '{{accepted.RecordDetail.RecordId}}' }),
        may('DescribeProvisionedProduct', { Name: '{{unique}}' }),
        may('DescribeProvisionedProduct', { Id: '{{accepted.RecordDetail.ProvisionedProductId}}' }),
        refuses('DescribeRecord', { Id: 'rec-0000000000000' }, 'AccessDeniedException'),
        refuses('SearchProvisionedProducts', {}, 'AccessDeniedException'),
      ],
      after: [
        ended('accepted', 'FAILED'),
        ...asRole([answers('TerminateProvisionedProduct', PRODUCT, {}, { save: 'termination' })]),
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: [
        answers('TerminateProvisionedProduct', PRODUCT),
        answers('DisassociatePrincipalFromPortfolio', PORTFOLIO),
      ],
    },
  ),
  limited(
    'a right to what a role has provisioned is none to the rest of its account, and one to the account is',
    'servicecatalog adminguide permissions-examples: servicecatalog:roleLevel, servicecatalog:accountLevel',
    [
      {
        Action: [
          'servicecatalog:DescribeProvisionedProduct',
          'servicecatalog:UpdateProvisionedProduct',
          'servicecatalog:TerminateProvisionedProduct',
        ],
        Condition: { StringEquals: { 'servicecatalog:roleLevel': 'self' } },
      },
      {
        Action: 'servicecatalog:DescribeRecord',
        Condition: { StringEquals: { 'servicecatalog:accountLevel': 'self' } },
      },
      { Action: ['servicecatalog:ProvisionProduct', 'servicecatalog:ListLaunchPaths', ...ENROLLING] },
    ],
    {
      before: [
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { within: 60 }),
        answers('ProvisionProduct', { ...NOWHERE, ...OTHER, ProvisionToken: '{{unique}}-b' }, {}, { save: 'other' }),
        ended('other', 'FAILED'),
        answers('AssociatePrincipalWithPortfolio', { ...PORTFOLIO, PrincipalType: 'IAM' }),
      ],
      steps: [
        may('ListLaunchPaths', { ProductId: '{{product}}' }),
        may('ProvisionProduct', NOWHERE, {}, 'accepted'),
        may('DescribeProvisionedProduct', { Name: '{{unique}}' }),
        may('DescribeRecord', { Id: '{{other.RecordDetail.RecordId}}' }),
        refuses('DescribeProvisionedProduct', { Name: '{{unique}}-b' }, 'AccessDeniedException'),
        refuses('UpdateProvisionedProduct', { ...OTHER, UpdateToken: '{{unique}}-c' }, 'AccessDeniedException'),
        refuses('TerminateProvisionedProduct', { ...OTHER, TerminateToken: '{{unique}}-c' }, 'AccessDeniedException'),
      ],
      after: [
        ended('accepted', 'FAILED'),
        ...asRole([
          answers(
            'UpdateProvisionedProduct',
            { ProvisionedProductName: '{{unique}}', UpdateToken: '{{unique}}-update' },
            {},
            { save: 'update' },
          ),
        ]),
        ended('update', 'FAILED'),
        ...asRole([answers('TerminateProvisionedProduct', PRODUCT, {}, { save: 'termination' })]),
        ended('termination', 'SUCCEEDED'),
        answers('TerminateProvisionedProduct', { ...OTHER, TerminateToken: '{{unique}}-d' }, {}, { save: 'otherEnd' }),
        ended('otherEnd', 'SUCCEEDED'),
      ],
      cleanup: [
        answers('TerminateProvisionedProduct', PRODUCT),
        answers('TerminateProvisionedProduct', { ...OTHER, TerminateToken: '{{unique}}-d' }),
        answers('DisassociatePrincipalFromPortfolio', PORTFOLIO),
      ],
    },
  ),
  limited(
    'what a role has provisioned is shown to it by its role, and to nobody else',
    'ServiceCatalog API_AccessLevelFilter: Role, results based on the federated role of the specified user',
    [{ Action: '*' }],
    {
      before: [
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { within: 60 }),
        answers('AssociatePrincipalWithPortfolio', { ...PORTFOLIO, PrincipalType: 'IAM' }),
      ],
      steps: [
        may('ListLaunchPaths', { ProductId: '{{product}}' }),
        may('SearchProvisionedProducts', OF_ROLE, { ProvisionedProducts: [] }),
        may('ProvisionProduct', NOWHERE, {}, 'accepted'),
        may('SearchProvisionedProducts', OF_ROLE, { ProvisionedProducts: [{ Name: '{{unique}}' }] }),
        may('ListRecordHistory', OF_ROLE, { RecordDetails: [{ RecordId: '{{accepted.RecordDetail.RecordId}}' }] }),
      ],
      after: [
        answers('SearchProvisionedProducts', OF_ROLE, { ProvisionedProducts: excludes({ Name: '{{unique}}' }) }),
        ended('accepted', 'FAILED'),
        answers('TerminateProvisionedProduct', PRODUCT, {}, { save: 'termination' }),
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: [
        answers('TerminateProvisionedProduct', PRODUCT),
        answers('DisassociatePrincipalFromPortfolio', PORTFOLIO),
      ],
    },
  ),
  limited(
    'a right to one portfolio and one product is none to others',
    'ServiceAuthorization list_awsservicecatalog: Portfolio*, Product*',
    [
      {
        Action: ['servicecatalog:ListPrincipalsForPortfolio', 'servicecatalog:ListPortfoliosForProduct'],
        Resource: [PRODUCT_ARN, PORTFOLIO_ARN],
      },
    ],
    {
      steps: [
        may('ListPrincipalsForPortfolio', { PortfolioId: '{{portfolio}}' }),
        may('ListPortfoliosForProduct', { ProductId: '{{product}}' }),
        refuses('ListPrincipalsForPortfolio', { PortfolioId: 'port-0000000000000' }, 'AccessDeniedException'),
        refuses('ListPortfoliosForProduct', { ProductId: 'prod-0000000000000' }, 'AccessDeniedException'),
        refuses('AssociatePrincipalWithPortfolio', { ...PORTFOLIO, PrincipalType: 'IAM' }, 'AccessDeniedException'),
        refuses('SearchProvisionedProducts', {}, 'AccessDeniedException'),
      ],
    },
  ),
  limited(
    'a user is shown its own records and products, an administrator those of the account',
    'ServiceCatalog API_ListRecordHistory: AccessLevelFilter, the default is User; API_SearchProvisionedProducts',
    [{ Action: 'servicecatalog:*' }],
    {
      before: [
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { within: 60 }),
        answers('ProvisionProduct', NOWHERE, {}, { save: 'accepted' }),
        ended('accepted', 'FAILED'),
      ],
      steps: [
        may('ListRecordHistory', {}, { RecordDetails: [] }),
        may('ListRecordHistory', SELF, { RecordDetails: [] }),
        may('ListRecordHistory', OF_ACCOUNT, { RecordDetails: OURS }),
        may('ListRecordHistory', OF_ROLE, { RecordDetails: [] }),
        may('SearchProvisionedProducts', SELF, { ProvisionedProducts: [] }),
        may('SearchProvisionedProducts', OF_ROLE, { ProvisionedProducts: [] }),
        may('SearchProvisionedProducts', OF_ACCOUNT, { ProvisionedProducts: includes({ Name: '{{unique}}' }) }),
      ],
      after: [
        answers('ListRecordHistory', SELF, { RecordDetails: OURS }),
        answers('SearchProvisionedProducts', SELF, { ProvisionedProducts: includes({ Name: '{{unique}}' }) }),
        answers('TerminateProvisionedProduct', PRODUCT, {}, { save: 'termination' }),
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: [answers('TerminateProvisionedProduct', PRODUCT)],
    },
  ),
  limited(
    'a right to what is its own is none to what others have provisioned',
    'servicecatalog adminguide permissions-examples: servicecatalog:userLevel',
    [
      {
        Action: ['servicecatalog:DescribeRecord', 'servicecatalog:DescribeProvisionedProduct'],
        Condition: { StringEquals: { 'servicecatalog:userLevel': 'self' } },
      },
      { Action: 'servicecatalog:ListLaunchPaths' },
    ],
    {
      before: [
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { within: 60 }),
        answers('ProvisionProduct', NOWHERE, {}, { save: 'accepted' }),
        ended('accepted', 'FAILED'),
        answers('AssociatePrincipalWithPortfolio', { ...PORTFOLIO, PrincipalType: 'IAM' }),
      ],
      steps: [
        may('ListLaunchPaths', { ProductId: '{{product}}' }),
        refuses('DescribeRecord', { Id: '{{accepted.RecordDetail.RecordId}}' }, 'AccessDeniedException'),
        refuses('DescribeProvisionedProduct', { Name: '{{unique}}' }, 'AccessDeniedException'),
        // To see the product is none to use it.
        refuses('ProvisionProduct', { ...NOWHERE, ...OTHER, ProvisionToken: '{{unique}}-b' }, 'AccessDeniedException'),
      ],
      after: [
        answers('TerminateProvisionedProduct', PRODUCT, {}, { save: 'termination' }),
        ended('termination', 'SUCCEEDED'),
      ],
      cleanup: [
        answers('TerminateProvisionedProduct', PRODUCT),
        answers('DisassociatePrincipalFromPortfolio', PORTFOLIO),
      ],
    },
  ),
];

export const limitedInServiceCatalog: CaseGroup = { service: 'servicecatalog', cases: serviceCatalog };
