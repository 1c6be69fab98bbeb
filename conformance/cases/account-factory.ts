import { answers, asMember, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, excludes, includes, list, matches, text, time } from '../pattern';
import { newAccount, REQUEST } from './enrollment-steps';

const PRODUCT = { ProductId: '{{product}}' };
const PRINCIPAL = {
  PortfolioId: '{{portfolio}}',
  PrincipalARN: 'arn:{{partition}}:iam::{{management}}:role/{{unique}}',
  PrincipalType: 'IAM',
};

/** Once a caller can use the product at all; nobody can before the portfolio is open to them. */
const OPEN: readonly Step[] = [answers('ListLaunchPaths', PRODUCT, { LaunchPathSummaries: list }, { within: 60 })];

const provisioned = (more: object = {}, save = 'accepted'): Step =>
  answers(
    'ProvisionProduct',
    { ...REQUEST, ProvisioningParameters: newAccount(), ...more },
    {
      RecordDetail: {
        RecordId: matches(/^rec-/u),
        ProvisionedProductName: '{{unique}}',
        RecordType: 'PROVISION_PRODUCT',
        Status: matches(/^(?:CREATED|IN_PROGRESS)$/u),
      },
    },
    { save },
  );

const ended = (Status: string, more = {}, save = 'accepted'): Step =>
  answers(
    'DescribeRecord',
    { Id: `{{${save}.RecordDetail.RecordId}}` },
    { RecordDetail: { Status, ...more } },
    { within: 3600 },
  );

const terminated: Step = answers(
  'TerminateProvisionedProduct',
  { ProvisionedProductName: '{{unique}}', TerminateToken: '{{unique}}-end' },
  { RecordDetail: { RecordType: 'TERMINATE_PROVISIONED_PRODUCT' } },
  { save: 'termination' },
);

const notProvisioned = answers(
  'SearchProvisionedProducts',
  { Filters: { SearchQuery: ['name:{{unique}}'] } },
  {
    ProvisionedProducts: count(0),
  },
);

const refused = (what: string, more: object, error: string | readonly string[]): ConformanceCase => ({
  name: `a product is refused for ${what}, and none is provisioned`,
  evidence: 'ServiceCatalog API_ProvisionProduct',
  steps: [
    ...OPEN,
    refuses('ProvisionProduct', { ...REQUEST, ProvisioningParameters: newAccount(), ...more }, error),
    notProvisioned,
  ],
});

/** Accepted, since its parameters are judged later; the product that is left over goes. */
const fails = (what: string, more: Readonly<Record<string, string>>): ConformanceCase => ({
  name: `an enrollment fails for ${what}, and leaves a tainted product`,
  evidence: 'controltower userguide troubleshooting, common-eg-failures',
  steps: [
    ...OPEN,
    provisioned({ ProvisioningParameters: newAccount(more) }),
    ended('FAILED', { RecordErrors: includes({ Description: text }) }),
    answers(
      'DescribeProvisionedProduct',
      { Name: '{{unique}}' },
      {
        ProvisionedProductDetail: {
          Name: '{{unique}}',
          Status: matches(/^(?:TAINTED|ERROR)$/u),
          LastSuccessfulProvisioningRecordId: absent,
        },
      },
    ),
    terminated,
    ended('SUCCEEDED', {}, 'termination'),
    notProvisioned,
  ],
  cleanup: [terminated],
});

const needsProduct = (call: string): ConformanceCase => ({
  name: `${call} needs a product that is there`,
  evidence: `ServiceCatalog API_${call}: ResourceNotFoundException`,
  steps: [refuses(call, { ProductId: 'prod-0000000000000' }, 'ResourceNotFoundException')],
});

export const accountFactory: CaseGroup = {
  service: 'servicecatalog',
  cases: [
    {
      name: "Control Tower's product is found by its owner",
      evidence: 'ServiceCatalog API_SearchProductsAsAdmin; aws-samples/aws-control-tower-automate-account-creation',
      steps: [
        answers(
          'SearchProductsAsAdmin',
          { Filters: { Owner: ['AWS Control Tower'] } },
          {
            ProductViewDetails: includes({
              ProductViewSummary: {
                ProductId: '{{product}}',
                Name: 'AWS Control Tower Account Factory',
                Owner: 'AWS Control Tower',
              },
              Status: matches(/^(?:AVAILABLE|CREATED)$/u),
            }),
          },
        ),
        answers('SearchProductsAsAdmin', { Filters: { Owner: ['nobody at all'] } }, { ProductViewDetails: count(0) }),
      ],
    },
    {
      name: 'a product has versions, with a time and a guidance',
      evidence: 'ServiceCatalog API_ListProvisioningArtifacts',
      steps: [
        answers('ListProvisioningArtifacts', PRODUCT, {
          ProvisioningArtifactDetails: includes({
            Id: matches(/^pa-/u),
            Active: true,
            Guidance: 'DEFAULT',
            CreatedTime: time,
            Type: text,
          }),
        }),
      ],
    },
    {
      name: 'the portfolio of the product tells whom it is open to',
      evidence: 'ServiceCatalog API_ListPortfoliosForProduct, API_ListPrincipalsForPortfolio',
      steps: [
        answers('ListPortfoliosForProduct', PRODUCT, {
          PortfolioDetails: includes({ Id: '{{portfolio}}', ProviderName: text }),
        }),
        answers('ListPrincipalsForPortfolio', { PortfolioId: '{{portfolio}}' }, { Principals: list }),
        answers(
          'ListPrincipalsForPortfolio',
          { PortfolioId: '{{portfolio}}' },
          { Principals: excludes({ PrincipalARN: matches(/^(?!arn:)/u) }) },
        ),
      ],
    },
    {
      name: 'a portfolio is opened to a role, as often as one likes',
      evidence: 'ServiceCatalog API_AssociatePrincipalWithPortfolio',
      steps: [
        answers(
          'ListPrincipalsForPortfolio',
          { PortfolioId: '{{portfolio}}' },
          {
            Principals: excludes({ PrincipalARN: PRINCIPAL.PrincipalARN }),
          },
        ),
        answers('AssociatePrincipalWithPortfolio', PRINCIPAL),
        answers('AssociatePrincipalWithPortfolio', PRINCIPAL),
        answers(
          'ListPrincipalsForPortfolio',
          { PortfolioId: '{{portfolio}}' },
          {
            Principals: includes({ PrincipalARN: PRINCIPAL.PrincipalARN, PrincipalType: 'IAM' }),
          },
          { within: 60 },
        ),
      ],
      cleanup: [
        answers('DisassociatePrincipalFromPortfolio', {
          PortfolioId: '{{portfolio}}',
          PrincipalARN: PRINCIPAL.PrincipalARN,
        }),
      ],
    },
    {
      name: 'a role to which no portfolio is open has no launch paths',
      evidence: 'aws-ia/terraform-aws-control_tower_account_factory#33',
      steps: asMember([refuses('ListLaunchPaths', PRODUCT, 'ResourceNotFoundException')]),
    },
    {
      name: 'who may use the product has a launch path',
      evidence: 'ServiceCatalog API_ListLaunchPaths',
      steps: [
        answers('ListLaunchPaths', PRODUCT, {
          LaunchPathSummaries: includes({ Id: text, Name: text, ConstraintSummaries: count(0), Tags: count(0) }),
        }),
      ],
    },
    {
      name: 'an account is made and enrolled, found by its product, and unenrolled again',
      evidence: 'controltower userguide automated-provisioning-walkthrough, unmanage-account',
      accounts: 1,
      steps: [
        ...OPEN,
        provisioned(),
        answers(
          'DescribeProvisionedProduct',
          { Name: '{{unique}}' },
          {
            ProvisionedProductDetail: { Status: 'UNDER_CHANGE', Type: 'CONTROL_TOWER_ACCOUNT' },
          },
        ),
        refuses(
          'TerminateProvisionedProduct',
          { ProvisionedProductName: '{{unique}}', TerminateToken: '{{unique}}-early' },
          'InvalidParametersException',
        ),
        ended('SUCCEEDED', { RecordErrors: count(0) }),
        answers(
          'SearchProvisionedProducts',
          { Filters: { SearchQuery: ['name:{{unique}}'] } },
          {
            ProvisionedProducts: [
              {
                Name: '{{unique}}',
                Status: 'AVAILABLE',
                Type: 'CONTROL_TOWER_ACCOUNT',
                PhysicalId: matches(/^\d{12}$/u),
              },
            ],
          },
          { save: 'found' },
        ),
        answers(
          'organizations:DescribeAccount',
          { AccountId: '{{found.ProvisionedProducts.0.PhysicalId}}' },
          {
            Account: { Email: '{{mailbox}}+{{unique}}@{{domain}}', Name: '{{unique}}' },
          },
        ),
        answers(
          'organizations:ListParents',
          { ChildId: '{{found.ProvisionedProducts.0.PhysicalId}}' },
          {
            Parents: [{ Id: '{{registeredId}}' }],
          },
        ),
        answers(
          'controltower:ListEnabledBaselines',
          { includeChildren: true },
          {
            enabledBaselines: includes({
              targetIdentifier: { $matches: ':account/.*{{found.ProvisionedProducts.0.PhysicalId}}$' },
              parentIdentifier: text,
            }),
          },
        ),
        answers(
          'controltower:ListEnabledBaselines',
          {},
          {
            enabledBaselines: excludes({
              targetIdentifier: { $matches: ':account/.*{{found.ProvisionedProducts.0.PhysicalId}}$' },
            }),
          },
        ),
        terminated,
        ended('SUCCEEDED', {}, 'termination'),
        notProvisioned,
        answers(
          'organizations:ListParents',
          { ChildId: '{{found.ProvisionedProducts.0.PhysicalId}}' },
          {
            Parents: [{ Id: '{{root}}', Type: 'ROOT' }],
          },
        ),
      ],
      cleanup: [
        terminated,
        answers('organizations:CloseAccount', { AccountId: '{{found.ProvisionedProducts.0.PhysicalId}}' }),
      ],
    },
    {
      name: 'one token is one request: the same again is the same record, another is refused',
      evidence: 'ServiceCatalog API_ProvisionProduct: ProvisionToken',
      steps: [
        ...OPEN,
        provisioned({ ProvisioningParameters: newAccount({ ManagedOrganizationalUnit: 'Nowhere' }) }),
        answers(
          'ProvisionProduct',
          { ...REQUEST, ProvisioningParameters: newAccount({ ManagedOrganizationalUnit: 'Nowhere' }) },
          {
            RecordDetail: { RecordId: '{{accepted.RecordDetail.RecordId}}' },
          },
        ),
        refuses(
          'ProvisionProduct',
          { ...REQUEST, ProvisioningParameters: newAccount({ ManagedOrganizationalUnit: 'Elsewhere' }) },
          'InvalidParametersException',
        ),
        ended('FAILED'),
        terminated,
        ended('SUCCEEDED', {}, 'termination'),
      ],
      cleanup: [terminated],
    },
    {
      name: 'a product has a name of its own',
      evidence: 'controltower userguide troubleshooting: "A stack named ... already exists."',
      steps: [
        ...OPEN,
        provisioned({ ProvisioningParameters: newAccount({ ManagedOrganizationalUnit: 'Nowhere' }) }),
        refuses(
          'ProvisionProduct',
          { ...REQUEST, ProvisionToken: '{{unique}}-2', ProvisioningParameters: newAccount() },
          'InvalidParametersException',
        ),
        ended('FAILED'),
        terminated,
        ended('SUCCEEDED', {}, 'termination'),
      ],
      cleanup: [terminated],
    },
    {
      name: 'what was done to a product is its history',
      evidence: 'ServiceCatalog API_ListRecordHistory',
      steps: [
        ...OPEN,
        provisioned({ ProvisioningParameters: newAccount({ ManagedOrganizationalUnit: 'Nowhere' }) }),
        ended('FAILED'),
        answers(
          'ListRecordHistory',
          { SearchFilter: { Key: 'provisionedproduct', Value: '{{accepted.RecordDetail.ProvisionedProductId}}' } },
          {
            RecordDetails: [
              { RecordId: '{{accepted.RecordDetail.RecordId}}', RecordType: 'PROVISION_PRODUCT', Status: 'FAILED' },
            ],
          },
        ),
        answers(
          'ListRecordHistory',
          { SearchFilter: { Key: 'product', Value: '{{product}}' } },
          { RecordDetails: includes({ RecordId: '{{accepted.RecordDetail.RecordId}}' }) },
        ),
        answers(
          'ListRecordHistory',
          { SearchFilter: { Key: 'provisionedproduct', Value: 'pp-0000000000000' } },
          { RecordDetails: count(0) },
        ),
        refuses('ListRecordHistory', { SearchFilter: { Key: 'nothing', Value: 'x' } }, [
          'InvalidParametersException',
          'ValidationException',
        ]),
        refuses(
          'TerminateProvisionedProduct',
          { ProvisionedProductName: '{{unique}}-nobody', TerminateToken: '{{unique}}-nobody' },
          'ResourceNotFoundException',
        ),
        terminated,
        ended('SUCCEEDED', {}, 'termination'),
      ],
      cleanup: [terminated],
    },
    fails('a unit that is not there', { ManagedOrganizationalUnit: 'Nowhere' }),
    fails('a unit of another id', { ManagedOrganizationalUnit: 'Other ({{registeredId}})' }),
    fails('a unit that is not registered', { ManagedOrganizationalUnit: 'conformance-{{run}} ({{unit}})' }),
    fails('the e-mail address of an account that is enrolled in no way', { AccountEmail: '{{managementEmail}}' }),
    refused('a version that is not there', { ProvisioningArtifactId: 'pa-0000000000000' }, 'ResourceNotFoundException'),
    refused('a product that is not there', { ProductId: 'prod-0000000000000' }, 'ResourceNotFoundException'),
    refused(
      'a parameter that there is not',
      { ProvisioningParameters: [...newAccount(), { Key: 'Nothing', Value: 'x' }] },
      ['InvalidParametersException', 'ValidationException'],
    ),
    refused('a parameter that is missing', { ProvisioningParameters: newAccount().slice(1) }, [
      'InvalidParametersException',
      'ValidationException',
    ]),
    refused('a parameter without a value', { ProvisioningParameters: newAccount({ SSOUserLastName: '' }) }, [
      'InvalidParametersException',
      'ValidationException',
    ]),
    refused('a name with a blank', { ProvisionedProductName: 'two words' }, [
      'ValidationException',
      'InvalidParametersException',
    ]),
    refused('a launch path that is not there', { PathId: 'lpv2-0000000000000' }, 'ResourceNotFoundException'),
    {
      name: 'a search is by a field that there is',
      evidence: 'ServiceCatalog API_SearchProvisionedProducts: InvalidParametersException',
      steps: [
        notProvisioned,
        refuses(
          'SearchProvisionedProducts',
          { Filters: { SearchQuery: ['colour:blue'] } },
          'InvalidParametersException',
        ),
      ],
    },
    {
      name: 'the history is searched by a product or a provisioned product',
      evidence: 'ServiceCatalog API_ListRecordHistory: SearchFilter',
      steps: [
        refuses('ListRecordHistory', { SearchFilter: { Key: 'colour', Value: 'blue' } }, 'InvalidParametersException'),
      ],
    },
    {
      name: 'a record that is not there is not described',
      evidence: 'ServiceCatalog API_DescribeRecord: ResourceNotFoundException',
      steps: [refuses('DescribeRecord', { Id: 'rec-0000000000000' }, 'ResourceNotFoundException')],
    },
    {
      name: 'a provisioned product that is not there is neither described nor changed nor ended',
      evidence: 'ServiceCatalog API_DescribeProvisionedProduct: ResourceNotFoundException',
      steps: [
        refuses('DescribeProvisionedProduct', { Name: '{{unique}}' }, 'ResourceNotFoundException'),
        refuses(
          'UpdateProvisionedProduct',
          { ProvisionedProductName: '{{unique}}', UpdateToken: '{{unique}}' },
          'ResourceNotFoundException',
        ),
        refuses(
          'TerminateProvisionedProduct',
          { ProvisionedProductName: '{{unique}}', TerminateToken: '{{unique}}' },
          'ResourceNotFoundException',
        ),
      ],
    },
    {
      name: 'a portfolio that is not there is open to nobody',
      evidence: 'ServiceCatalog API_ListPrincipalsForPortfolio: ResourceNotFoundException',
      steps: [
        refuses('ListPrincipalsForPortfolio', { PortfolioId: 'port-0000000000000' }, 'ResourceNotFoundException'),
        refuses(
          'AssociatePrincipalWithPortfolio',
          { ...PRINCIPAL, PortfolioId: 'port-0000000000000' },
          'ResourceNotFoundException',
        ),
      ],
    },
    needsProduct('ListProvisioningArtifacts'),
    needsProduct('ListLaunchPaths'),
    needsProduct('ListPortfoliosForProduct'),
  ],
};

export const controlTower: CaseGroup = {
  service: 'controltower',
  cases: [
    {
      name: 'there is one landing zone, in its home region',
      evidence: 'controltower API_ListLandingZones',
      steps: [answers('ListLandingZones', {}, { landingZones: [{ arn: '{{landingZone}}' }] })],
    },
    {
      name: 'a landing zone has a status, a version and a manifest',
      evidence: 'controltower API_GetLandingZone',
      steps: [
        answers(
          'GetLandingZone',
          { landingZoneIdentifier: '{{landingZone}}' },
          {
            landingZone: {
              arn: '{{landingZone}}',
              status: matches(/^(?:ACTIVE|PROCESSING|FAILED)$/u),
              version: matches(/^\d+\.\d+$/u),
              latestAvailableVersion: text,
              manifest: { $is: 'object' },
            },
          },
        ),
      ],
    },
    {
      name: 'a landing zone that is not there is not told of',
      evidence: 'controltower API_GetLandingZone: ResourceNotFoundException',
      steps: [
        refuses('GetLandingZone', { landingZoneIdentifier: '{{landingZone}}0' }, [
          'ResourceNotFoundException',
          'ValidationException',
        ]),
      ],
    },
    {
      name: 'baselines have names, the one for units among them',
      evidence: 'controltower userguide types-of-baselines, baseline-api-examples',
      steps: [
        answers(
          'ListBaselines',
          {},
          {
            baselines: includes(
              { name: 'AWSControlTowerBaseline', arn: matches(/:baseline\/17BSJV3IGJ2QSGA2$/u) },
              { name: 'IdentityCenterBaseline', arn: matches(/:baseline\/LN25R72TTG6IGPTQ$/u) },
              { name: 'AuditBaseline', arn: matches(/:baseline\/4T4HA1KMO10S6311$/u) },
              { name: 'LogArchiveBaseline', arn: matches(/:baseline\/J8HX46AHS5MIKQPD$/u) },
            ),
          },
        ),
      ],
    },
    {
      name: 'baselines come page by page',
      evidence: 'controltower API_ListBaselines: maxResults, 4 to 100',
      steps: [
        answers('ListBaselines', { maxResults: 4 }, { baselines: count(4), nextToken: text }, { save: 'page' }),
        answers(
          'ListBaselines',
          { maxResults: 4, nextToken: '{{page.nextToken}}' },
          {
            baselines: excludes({ arn: '{{page.baselines.0.arn}}' }),
          },
        ),
        refuses('ListBaselines', { maxResults: 3 }, 'ValidationException'),
      ],
    },
    {
      name: 'a registered unit has a baseline',
      evidence: 'controltower API_ListEnabledBaselines',
      steps: [
        answers(
          'ListEnabledBaselines',
          {},
          {
            enabledBaselines: includes({
              arn: text,
              baselineIdentifier: text,
              targetIdentifier: matches(/\/ou-/u),
              statusSummary: { status: 'SUCCEEDED' },
            }),
          },
        ),
      ],
    },
    {
      name: 'enabled baselines are found by their target',
      evidence: 'controltower API_EnabledBaselineFilter: targetIdentifiers',
      steps: [
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{registeredArn}}'] } },
          {
            enabledBaselines: includes({ targetIdentifier: '{{registeredArn}}' }),
          },
        ),
        answers('organizations:DescribeOrganizationalUnit', { OrganizationalUnitId: '{{unit}}' }, {}, { save: 'own' }),
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{own.OrganizationalUnit.Arn}}'] } },
          { enabledBaselines: count(0) },
        ),
      ],
    },
    {
      name: 'accounts are shown to who asks for children',
      evidence: 'controltower userguide types-of-baselines: includeChildren',
      steps: [
        answers('ListEnabledBaselines', {}, { enabledBaselines: excludes({ parentIdentifier: text }) }),
        answers('ListEnabledBaselines', { includeChildren: true }, { enabledBaselines: list }),
      ],
    },
    {
      name: 'a list of enabled baselines has 5 to 100 items a page',
      evidence: 'controltower API_ListEnabledBaselines: maxResults',
      steps: [
        refuses('ListEnabledBaselines', { maxResults: 4 }, 'ValidationException'),
        refuses('ListEnabledBaselines', { maxResults: 101 }, 'ValidationException'),
        answers('ListEnabledBaselines', { maxResults: 5 }),
      ],
    },
    {
      name: 'a registered unit has controls',
      evidence: 'controltower API_ListEnabledControls',
      steps: [
        answers(
          'ListEnabledControls',
          { targetIdentifier: '{{registeredArn}}' },
          {
            enabledControls: includes({
              targetIdentifier: '{{registeredArn}}',
              controlIdentifier: matches(/:control\//u),
              statusSummary: { status: text },
            }),
          },
        ),
      ],
    },
    {
      name: 'controls come in pages of 200 at most',
      evidence: 'controltower API_ListEnabledControls: maxResults',
      steps: [
        refuses(
          'ListEnabledControls',
          { targetIdentifier: '{{registeredArn}}', maxResults: 201 },
          'ValidationException',
        ),
        answers(
          'ListEnabledControls',
          { targetIdentifier: '{{registeredArn}}', maxResults: 1 },
          { enabledControls: count(1) },
        ),
      ],
    },
    {
      name: 'a member has no landing zone',
      evidence: 'controltower API_ListLandingZones',
      steps: asMember([answers('ListLandingZones', {}, { landingZones: count(0) })]),
    },
    {
      name: 'another region has no landing zone',
      evidence: 'controltower API_ListLandingZones: in the home region',
      steps: [answers('ListLandingZones', {}, { landingZones: count(0) }, { region: '{{otherRegion}}' })],
    },
  ],
};
