import type { Ground, Reading } from './reading';

const PRODUCT = 'prod-abcd1234';
const LANDING_ZONE = /^arn:aws:controltower:eu-central-1:\d{12}:landingzone\//;
const BASELINE = 'arn:aws:controltower:eu-central-1::baseline/17BSJV3IGJ2QSGA2';

/** Of what preflight reads beyond what vendings do. */
export function prerequisiteReadings(ground: Ground): readonly Reading[] {
  return [
    ...policyReadings(ground),
    ...portfolioReadings(ground),
    ...controlTowerReadings(ground),
    simulation(ground),
    {
      operation: 'servicequotas:GetServiceQuota',
      region: 'us-east-1',
      input: { ServiceCode: 'organizations', QuotaCode: 'L-E619E033' },
      answer: { Quota: { Value: 5000, QuotaCode: 'L-E619E033', Adjustable: true } },
      refused: {
        input: { ServiceCode: 'unknown', QuotaCode: 'L-E619E033' },
        error: 'NoSuchResourceException',
        status: 400,
      },
    },
    {
      operation: 'servicequotas:GetAWSDefaultServiceQuota',
      region: 'us-east-1',
      input: { ServiceCode: 'organizations', QuotaCode: 'L-E619E033' },
      answer: { Quota: { Value: 10, QuotaCode: 'L-E619E033', Adjustable: true } },
      refused: {
        input: { ServiceCode: 'unknown', QuotaCode: 'L-E619E033' },
        error: 'NoSuchResourceException',
        status: 400,
      },
    },
    {
      operation: 'config:DescribeConfigurationRecorders',
      account: 'member',
      input: {},
      answer: { ConfigurationRecorders: [] },
      refused: {
        input: { ConfigurationRecorderNames: ['unknown'] },
        error: 'NoSuchConfigurationRecorderException',
        status: 400,
      },
    },
    {
      operation: 'config:DescribeDeliveryChannels',
      account: 'member',
      input: {},
      answer: { DeliveryChannels: [] },
      refused: { input: { DeliveryChannelNames: ['unknown'] }, error: 'NoSuchDeliveryChannelException', status: 400 },
    },
    {
      operation: 'lambda:GetAccountSettings',
      input: {},
      answer: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 } },
      refused: { input: {}, error: 'UnrecognizedClientException', status: 403, accessKeyId: '000000000001' },
    },
    {
      operation: 'lambda:GetFunctionConfiguration',
      account: 'automation',
      input: { FunctionName: 'landing-zone' },
      answer: { FunctionName: 'landing-zone', State: 'Active' },
      refused: { input: { FunctionName: 'unknown' }, error: 'ResourceNotFoundException', status: 404 },
    },
  ];
}

function policyReadings({ unit }: Ground): readonly Reading[] {
  return [
    {
      operation: 'organizations:ListPoliciesForTarget',
      input: { TargetId: unit, Filter: 'SERVICE_CONTROL_POLICY' },
      answer: {
        Policies: [
          { Id: 'p-FullAWSAccess', AwsManaged: true },
          { Name: 'AWS-GR_IAM_ROLE_CHANGE_PROHIBITED', AwsManaged: false },
        ],
      },
      refused: {
        input: { TargetId: 'ou-0000-00000000', Filter: 'SERVICE_CONTROL_POLICY' },
        error: 'TargetNotFoundException',
        status: 400,
      },
    },
    {
      operation: 'organizations:ListPolicies',
      input: { Filter: 'SERVICE_CONTROL_POLICY' },
      answer: {
        Policies: [
          { Id: 'p-FullAWSAccess', AwsManaged: true },
          { Name: 'AWS-GR_IAM_ROLE_CHANGE_PROHIBITED', AwsManaged: false },
        ],
      },
      refused: { input: { Filter: 'NO_POLICY' }, error: 'InvalidInputException', status: 400 },
    },
    {
      operation: 'organizations:ListTargetsForPolicy',
      input: { PolicyId: 'p-FullAWSAccess', MaxResults: 2 },
      answer: {
        Targets: [
          { Name: 'Root', Type: 'ROOT' },
          { TargetId: unit, Type: 'ORGANIZATIONAL_UNIT' },
        ],
      },
      refused: { input: { PolicyId: 'p-00000000' }, error: 'PolicyNotFoundException', status: 400 },
    },
    {
      operation: 'organizations:DescribePolicy',
      input: { PolicyId: 'p-FullAWSAccess' },
      answer: {
        Policy: {
          PolicySummary: { Name: 'FullAWSAccess', Type: 'SERVICE_CONTROL_POLICY' },
          Content: expect.stringContaining('"Allow"') as unknown,
        },
      },
      refused: { input: { PolicyId: 'p-00000000' }, error: 'PolicyNotFoundException', status: 400 },
    },
    {
      operation: 'organizations:ListAWSServiceAccessForOrganization',
      input: {},
      answer: {
        EnabledServicePrincipals: [
          { ServicePrincipal: 'controltower.amazonaws.com', DateEnabled: expect.any(String) as unknown },
          { ServicePrincipal: 'sso.amazonaws.com' },
        ],
      },
      refused: { input: { MaxResults: 21 }, error: 'InvalidInputException', status: 400 },
    },
  ];
}

function portfolioReadings({ management }: Ground): readonly Reading[] {
  const somebody = `arn:aws:iam::${management}:role/Somebody`;
  const unknown = { error: 'ResourceNotFoundException', status: 400 };
  return [
    {
      operation: 'servicecatalog:ListPortfoliosForProduct',
      input: { ProductId: PRODUCT },
      answer: { PortfolioDetails: [{ Id: 'port-accountfactory', ProviderName: 'AWS Control Tower' }] },
      refused: { input: { ProductId: 'prod-unknown' }, ...unknown },
    },
    {
      operation: 'servicecatalog:ListPrincipalsForPortfolio',
      input: { PortfolioId: 'port-accountfactory' },
      answer: {
        Principals: ['ControlTower', 'Read'].map((one) => ({
          PrincipalARN: `arn:aws:iam::${management}:role/MeshfedServiceRole-${one}`,
          PrincipalType: 'IAM',
        })),
      },
      refused: { input: { PortfolioId: 'port-unknown' }, ...unknown },
    },
    {
      operation: 'servicecatalog:AssociatePrincipalWithPortfolio',
      input: { PortfolioId: 'port-accountfactory', PrincipalARN: somebody, PrincipalType: 'IAM' },
      answer: {},
      refused: { input: { PortfolioId: 'port-unknown', PrincipalARN: somebody, PrincipalType: 'IAM' }, ...unknown },
    },
    {
      operation: 'servicecatalog:SearchProductsAsAdmin',
      input: { Filters: { Owner: ['AWS Control Tower'] } },
      answer: {
        ProductViewDetails: [
          {
            ProductViewSummary: { Name: 'AWS Control Tower Account Factory', ProductId: PRODUCT },
            Status: 'AVAILABLE',
          },
        ],
      },
      refused: { input: { PageToken: 'none' }, error: 'InvalidParametersException', status: 400 },
    },
  ];
}

function controlTowerReadings({ management, unit }: Ground): readonly Reading[] {
  const landingZoneIdentifier = `arn:aws:controltower:eu-central-1:${management}:landingzone/1A2B3C4D5E6F7G8H`;
  const targetIdentifiers = [`arn:aws:organizations::${management}:ou/o-exampleorg1/${unit}`];
  const invalid = { error: 'ValidationException', status: 400 };
  return [
    {
      operation: 'controltower:ListLandingZones',
      input: {},
      answer: { landingZones: [{ arn: expect.stringMatching(LANDING_ZONE) as unknown }] },
      refused: { input: { maxResults: 2 }, ...invalid },
    },
    {
      operation: 'controltower:GetLandingZone',
      input: { landingZoneIdentifier },
      answer: { landingZone: { status: 'ACTIVE', version: '4.0' } },
      refused: { input: { landingZoneIdentifier: 'unknown' }, error: 'ResourceNotFoundException', status: 404 },
    },
    {
      operation: 'controltower:ListEnabledBaselines',
      input: { filter: { targetIdentifiers, baselineIdentifiers: [BASELINE] } },
      answer: {
        enabledBaselines: [{ targetIdentifier: targetIdentifiers[0], statusSummary: { status: 'SUCCEEDED' } }],
      },
      refused: { input: { filter: { targetIdentifiers: [] } }, ...invalid },
    },
    {
      operation: 'controltower:ListBaselines',
      input: {},
      answer: { baselines: expect.arrayContaining([expect.objectContaining({ arn: BASELINE })]) as unknown },
      refused: { input: { maxResults: 101 }, ...invalid },
    },
    {
      operation: 'controltower:ListEnabledControls',
      input: { targetIdentifier: targetIdentifiers[0] },
      answer: { enabledControls: [{ targetIdentifier: targetIdentifiers[0] }] },
      refused: { input: { maxResults: 201 }, ...invalid },
    },
  ];
}

/** Before any operation of the Account Factory, beside which no other one of Control Tower runs. */
export function fleetReadings({ management }: Ground): readonly Reading[] {
  const enabledBaselineIdentifier = `arn:aws:controltower:eu-central-1:${management}:enabledbaseline/DEVTEAM1`;
  const unknown = { error: 'ResourceNotFoundException', status: 404 };
  const none = { enabledBaselineIdentifier: enabledBaselineIdentifier.replace('DEVTEAM1', 'UNKNOWN1') };
  const operationIdentifier = expect.stringMatching(/^[0-9a-f-]{36}$/u) as unknown;
  return [
    {
      operation: 'controltower:ListLandingZoneOperations',
      input: {},
      answer: { landingZoneOperations: [{ operationType: 'UPDATE', status: 'SUCCEEDED' }] },
      refused: { input: { maxResults: 101 }, error: 'ValidationException', status: 400 },
    },
    {
      operation: 'controltower:GetLandingZoneOperation',
      input: { operationIdentifier: 'ba5e0000-0000-4000-9000-000000000000' },
      answer: { operationDetails: { operationType: 'UPDATE', status: 'SUCCEEDED' } },
      refused: { input: { operationIdentifier: 'ba5e0000-0000-4000-9000-000000000001' }, ...unknown },
    },
    {
      operation: 'controltower:GetBaselineOperation',
      input: { operationIdentifier: 'ba5e0000-0000-4000-8000-000000000000' },
      answer: { baselineOperation: { status: 'SUCCEEDED' } },
      refused: { input: { operationIdentifier: 'ba5e0000-0000-4000-9000-000000000001' }, ...unknown },
    },
    {
      operation: 'controltower:UpdateEnabledBaseline',
      input: { enabledBaselineIdentifier, baselineVersion: '5.0' },
      answer: { operationIdentifier },
      refused: { input: { ...none, baselineVersion: '5.0' }, ...unknown },
    },
    {
      operation: 'controltower:ResetEnabledBaseline',
      input: { enabledBaselineIdentifier },
      answer: { operationIdentifier },
      refused: { input: none, ...unknown },
    },
  ];
}

const simulation = ({ management }: Ground): Reading => ({
  operation: 'iam:SimulatePrincipalPolicy',
  input: {
    PolicySourceArn: `arn:aws:iam::${management}:role/MeshfedServiceRole`,
    ActionNames: ['servicecatalog:ProvisionProduct'],
    ContextEntries: [
      { ContextKeyName: 'servicecatalog:userLevel', ContextKeyType: 'string', ContextKeyValues: ['self'] },
    ],
  },
  answer: {
    EvaluationResults: [{ EvalActionName: 'servicecatalog:ProvisionProduct', EvalDecision: 'allowed' }],
    IsTruncated: false,
  },
  refused: {
    input: { PolicySourceArn: `arn:aws:iam::${management}:role/Nobody`, ActionNames: ['iam:GetRole'] },
    error: 'NoSuchEntity',
    status: 404,
  },
});
