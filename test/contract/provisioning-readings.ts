import { startOf } from '../sandbox/organization/call-codebuild';
import type { Ground, Reading } from './reading';
import { stackReadings } from './stack-readings';

const PRODUCT = 'prod-abcd1234';
const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/) as unknown;
const text = expect.any(String) as unknown;

/** Reads from the services that provision an account: Service Catalog, CloudFormation, Lambda, CodeBuild. */
export function provisioningReadings(ground: Ground): readonly Reading[] {
  return [
    ...catalogReadings(ground),
    ...stackSetReadings(ground),
    ...stackReadings(),
    ...lambdaReadings(),
    ...buildReadings(ground),
  ];
}

/** `ground.recordId` is the record of the provisioned product that is there from the start. */
function catalogReadings({ member, provisionedProductId, recordId }: Ground): readonly Reading[] {
  const unknown = { error: 'ResourceNotFoundException', status: 400 };
  const invalid = { error: 'InvalidParametersException', status: 400 };
  const reading = (name: string, input: object, answer: object, refused: Reading['refused']): Reading => ({
    operation: `servicecatalog:${name}`,
    input,
    answer,
    refused,
  });
  return [
    reading(
      'ListProvisioningArtifacts',
      { ProductId: PRODUCT },
      { ProvisioningArtifactDetails: [{ Active: false, CreatedTime: time }, {}, {}, { Guidance: 'DEPRECATED' }] },
      { input: { ProductId: 'prod-unknown' }, ...unknown },
    ),
    reading(
      'ListLaunchPaths',
      { ProductId: PRODUCT },
      { LaunchPathSummaries: [{ Id: 'lpv3-accountfactory' }] },
      { input: { ProductId: 'prod-unknown' }, ...unknown },
    ),
    reading(
      'SearchProvisionedProducts',
      // As the example of the AWS CLI asks: without a key.
      { Filters: { SearchQuery: [PRODUCT] } },
      {
        ProvisionedProducts: [{ Id: provisionedProductId, Status: 'AVAILABLE', PhysicalId: member }, { Name: 'spare' }],
        TotalResultsCount: 2,
      },
      { input: { Filters: { SearchQuery: ['colour:blue'] } }, ...invalid },
    ),
    reading(
      'DescribeProvisionedProduct',
      { Id: provisionedProductId },
      {
        ProvisionedProductDetail: {
          Status: 'AVAILABLE',
          LastSuccessfulProvisioningRecordId: recordId,
          CreatedTime: time,
        },
      },
      { input: { Name: 'unknown' }, ...unknown },
    ),
    reading(
      'DescribeRecord',
      { Id: recordId },
      {
        RecordDetail: { Status: 'SUCCEEDED', RecordType: 'PROVISION_PRODUCT', RecordErrors: [] },
        RecordOutputs: [{ OutputKey: 'AccountId', OutputValue: member }, {}, {}],
      },
      { input: { Id: 'rec-unknown' }, ...unknown },
    ),
    reading(
      'ListRecordHistory',
      { SearchFilter: { Key: 'provisionedproduct', Value: provisionedProductId } },
      { RecordDetails: [{ RecordId: recordId }] },
      { input: { SearchFilter: { Key: 'unknown', Value: 'x' } }, ...invalid },
    ),
    reading(
      'UpdateProvisionedProduct',
      { ProvisionedProductId: provisionedProductId, UpdateToken: 'update-1' },
      { RecordDetail: { Status: 'CREATED', RecordType: 'UPDATE_PROVISIONED_PRODUCT' } },
      { input: { ProvisionedProductName: 'unknown', UpdateToken: 'update-2' }, ...unknown },
    ),
    reading(
      'ProvisionProduct',
      {
        ProductId: PRODUCT,
        ProvisioningArtifactId: 'pa-current00001',
        ProvisionedProductName: 'other',
        ProvisionToken: 'token-2',
        ProvisioningParameters: accountFactoryParameters('aws+other@corp.example'),
      },
      { RecordDetail: { Status: 'CREATED', ProvisionedProductName: 'other', RecordId: text } },
      {
        input: { ProductId: PRODUCT, ProvisionedProductName: 'a b', ProvisionToken: 't' },
        error: 'ValidationException',
        status: 400,
      },
    ),
    reading(
      'TerminateProvisionedProduct',
      { ProvisionedProductName: 'spare', TerminateToken: 'end-1' },
      { RecordDetail: { Status: 'CREATED', RecordType: 'TERMINATE_PROVISIONED_PRODUCT' } },
      { input: { ProvisionedProductName: 'unknown', TerminateToken: 'end-2' }, ...unknown },
    ),
  ];
}

export function accountFactoryParameters(
  email: string,
  ManagedOrganizationalUnit = 'Dev (ou-ab12-cdefgh34)',
): readonly { readonly Key: string; readonly Value: string }[] {
  const values = {
    AccountEmail: email,
    AccountName: 'retail.shop',
    ManagedOrganizationalUnit,
    SSOUserEmail: 'cloud@corp.example',
    SSOUserFirstName: 'Cloud',
    SSOUserLastName: 'Foundation',
  };
  return Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
}

function stackSetReadings({ member }: Ground): readonly Reading[] {
  const StackSetName = 'baseline';
  const unknownSet = { error: 'StackSetNotFoundException', status: 404 };
  const target = { StackSetName, Accounts: [member], Regions: ['eu-central-1'] };
  const place = { StackInstanceAccount: member, StackInstanceRegion: 'eu-central-1' };
  const reading = (name: string, input: object, answer: object, refused: Reading['refused']): Reading => ({
    operation: `cloudformation:${name}`,
    account: 'automation',
    input,
    answer,
    refused,
  });
  return [
    reading(
      'DescribeStackSet',
      { StackSetName },
      {
        StackSet: {
          StackSetName,
          ManagedExecution: { Active: false },
          Parameters: [{}, {}, {}, {}, { ParameterKey: 'Retention' }],
        },
      },
      { input: { StackSetName: 'unknown' }, ...unknownSet },
    ),
    reading(
      'ListStackSets',
      {},
      { Summaries: [{ StackSetName }, { StackSetName: 'network' }] },
      {
        input: { MaxResults: 0 },
        error: 'ValidationError',
        status: 400,
      },
    ),
    reading(
      'CreateStackSet',
      { StackSetName: 'extra', TemplateBody: '{"Resources":{}}' },
      { StackSetId: expect.stringMatching(/^extra:/) as unknown },
      {
        input: { StackSetName: 'extra', TemplateBody: '{"Resources":{}}' },
        error: 'NameAlreadyExistsException',
        status: 409,
      },
    ),
    reading(
      'UpdateStackInstances',
      { ...target, OperationId: 'operation-1' },
      { OperationId: 'operation-1' },
      {
        input: target,
        error: 'OperationInProgressException',
        status: 409,
      },
    ),
    reading(
      'CreateStackInstances',
      { ...target, StackSetName: 'network', OperationId: 'operation-2' },
      { OperationId: 'operation-2' },
      {
        input: { ...target, StackSetName: 'network', OperationId: 'operation-2', Regions: ['eu-west-1'] },
        error: 'OperationIdAlreadyExistsException',
        status: 409,
      },
    ),
    reading(
      'DeleteStackInstances',
      { ...target, StackSetName: 'network', RetainStacks: false, OperationId: 'operation-3' },
      { OperationId: 'operation-3' },
      {
        input: { ...target, RetainStacks: false },
        error: 'OperationInProgressException',
        status: 409,
      },
    ),
    reading(
      'ListStackInstances',
      { StackSetName, StackInstanceAccount: member },
      {
        Summaries: [
          { Account: member, StackInstanceStatus: { DetailedStatus: 'RUNNING' }, LastOperationId: 'operation-1' },
        ],
      },
      { input: { StackSetName: 'unknown' }, ...unknownSet },
    ),
    reading(
      'DescribeStackInstance',
      { StackSetName, ...place },
      {
        StackInstance: {
          Account: member,
          ParameterOverrides: [{ ParameterKey: 'AccountName', ParameterValue: 'retail.shop' }],
        },
      },
      {
        input: { StackSetName: 'network', ...place, StackInstanceRegion: 'eu-west-1' },
        error: 'StackInstanceNotFoundException',
        status: 404,
      },
    ),
    reading(
      'DescribeStackSetOperation',
      { StackSetName, OperationId: 'operation-1' },
      { StackSetOperation: { Status: 'RUNNING', Action: 'UPDATE', CreationTimestamp: time } },
      { input: { StackSetName, OperationId: 'unknown' }, error: 'OperationNotFoundException', status: 404 },
    ),
  ];
}

function lambdaReadings(): readonly Reading[] {
  return [
    {
      operation: 'lambda:Invoke',
      account: 'automation',
      input: { FunctionName: 'landing-zone-broken', Payload: '{}' },
      answer: {
        StatusCode: 200,
        FunctionError: 'Unhandled',
        Payload: expect.stringContaining('always fails') as unknown,
      },
      refused: { input: { FunctionName: 'unknown', Payload: '{}' }, error: 'ResourceNotFoundException', status: 404 },
    },
  ];
}

function buildReadings({ buildId }: Ground): readonly Reading[] {
  const build = {
    projectName: 'network',
    startTime: time,
    environment: { environmentVariables: expect.any(Array) as unknown },
  };
  const account = 'automation';
  const unknown = { error: 'ResourceNotFoundException', status: 400 };
  return [
    {
      operation: 'codebuild:StartBuild',
      account,
      input: startOf({ idempotencyToken: 'token-2' }),
      answer: { build: { ...build, buildStatus: 'IN_PROGRESS', logs: { deepLink: text } } },
      refused: { input: startOf({ projectName: 'unknown' }), ...unknown },
    },
    {
      operation: 'codebuild:BatchGetBuilds',
      account,
      input: { ids: [buildId, 'network:unknown'] },
      answer: { builds: [{ ...build, id: buildId }], buildsNotFound: ['network:unknown'] },
      refused: {
        input: { ids: [buildId] },
        error: 'UnrecognizedClientException',
        status: 400,
        accessKeyId: '000000000001',
      },
    },
    {
      operation: 'codebuild:ListBuildsForProject',
      account,
      input: { projectName: 'network' },
      answer: { ids: expect.arrayContaining([buildId]) as unknown },
      refused: { input: { projectName: 'unknown' }, ...unknown },
    },
    {
      operation: 'codebuild:StopBuild',
      account,
      input: { id: buildId },
      answer: { build: { ...build, buildStatus: 'STOPPED', buildComplete: true } },
      refused: { input: { id: 'network:unknown' }, ...unknown },
    },
  ];
}
