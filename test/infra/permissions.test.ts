import { Template } from 'aws-cdk-lib/assertions';
import { functions } from '../../infra/functions';
import { type FunctionName, physicalName } from '../../infra/names';
import {
  configurationWithScim,
  expectProperties,
  inWords,
  resourcesOf,
  SCIM_TOKEN_SECRET,
  type Statement,
  statementsOfRole,
  vendingStack,
  withMeshStack,
} from './synthesized-stack';

const template = Template.fromStack(vendingStack({ configuration: withMeshStack() }));
const names = Object.keys(functions) as FunctionName[];

/** Statements in one line each: `action, action on resource, resource`. */
const inLines = (statements: readonly Statement[]): string[] =>
  statements.map(({ Action, Resource, Condition }) => {
    const line = `${[Action].flat().join(', ')} on ${[inWords(Resource)].flat().join(', ')}`;
    return Condition === undefined ? line : `${line} if ${JSON.stringify(Condition)}`;
  });

const itemsIn = (actions: string, ...leadingKeys: readonly string[]): string =>
  `${actions} on <LedgerTable.Arn> if ${JSON.stringify({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': leadingKeys },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  })}`;
const READS = 'dynamodb:GetItem';
const WRITES = 'dynamodb:GetItem, dynamodb:PutItem, dynamodb:DeleteItem';
const ledger = itemsIn(
  WRITES,
  ...['TENANT#*', 'EMAIL#*', 'ALIAS#*', 'GROUP#*', 'ACCOUNT#*', 'LANE#*', 'BUDGET#*', 'HISTORY#*', 'SEARCH#*'],
  'RECONCILIATION*',
);
const meshStackLedger = [itemsIn(WRITES, 'MESHSTACK#*'), itemsIn(READS, 'TENANT#*')];
const ledgerIndexes = 'dynamodb:Query on <LedgerTable.Arn>/index/byLabel, <LedgerTable.Arn>/index/ofAll';
const laneQueues = itemsIn('dynamodb:Query', 'LANE#*');
const inLane = [laneQueues, 'states:SendTaskSuccess, states:SendTaskFailure on *'];
const driftReports = itemsIn('dynamodb:Query', 'RECONCILIATION#*');
const externalId = 'secretsmanager:GetSecretValue on <ExternalIdSecret>';
/** By roles of the management account that end so. */
const byManagement = (...classes: readonly string[]): readonly string[] => [
  `sts:AssumeRole on ${classes.map((one) => `arn:aws:iam::222222222222:role/MeshfedServiceRole-${one}`).join(', ')}`,
  externalId,
];
const byAutomation = (ofClass: string): readonly string[] => [
  `sts:AssumeRole on arn:aws:iam::333333333333:role/MeshfedAutomationRole-${ofClass}`,
  externalId,
];
const runs =
  'states:StartExecution on arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:vend-account, arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:close-account';
const executions =
  'states:DescribeExecution, states:GetExecutionHistory on arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:vend-account:*, arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:close-account:*';
const redrives =
  'states:RedriveExecution, states:DescribeExecution on arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:vend-account:*, arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:close-account:*';
const stops =
  'states:StopExecution on arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:vend-account:*, arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:close-account:*';
const runWatch = 'sqs:SendMessage on <RunWatchQueue.Arn>';
const outcomes = 'events:PutEvents on <EventBus.Arn> if {"StringEquals":{"events:source":"account-vending"}}';
const meshStackKey = 'secretsmanager:GetSecretValue on <MeshStackKeySecret>';
const previewFunction =
  'lambda:InvokeFunction on arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:vending-PreviewChanges';
const consume = (queue: string): string =>
  `sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes on <${queue}.Arn>`;

/** CDK leaves out a part of an id that the one before ends with. */
const roleIdOf = (name: FunctionName): string => (name.endsWith('Role') ? name : `${name}Role`);

const expected: Readonly<Record<FunctionName, readonly string[]>> = {
  PlanVending: [ledger, runWatch],
  AwaitApproval: [ledger, runWatch, outcomes, 'states:SendTaskSuccess, states:SendTaskFailure on *'],
  AwaitReconciliationTurn: [ledger, runWatch, ...inLane],
  AwaitCreationTurn: [ledger, runWatch, ...byManagement('Read'), ...inLane],
  AwaitEnrollmentTurn: [ledger, runWatch, ...byManagement('Read'), ...inLane],
  AwaitStackSetTurn: [ledger, runWatch, ...byAutomation('Read'), ...inLane],
  CreateAccount: [ledger, runWatch, ...byManagement('Create'), ...inLane],
  CheckAccount: [ledger, runWatch, ...byManagement('Read'), ...inLane],
  RevokeAccess: [ledger, runWatch, ...byManagement('IdentityCenter', 'Enter')],
  CheckAccess: [ledger, runWatch, ...byManagement('Read', 'Enter')],
  OpenAccount: [ledger, runWatch, ...byManagement('Arrange', 'Enter')],
  MoveAccount: [ledger, runWatch, ...byManagement('Arrange')],
  ImportAccount: [ledger, runWatch, ...byManagement('Create', 'Enter')],
  TagAccount: [ledger, runWatch, ...byManagement('Arrange')],
  SetAccountAlias: [ledger, runWatch, ...byManagement('Enter')],
  EnrollAccount: [ledger, runWatch, ...byManagement('ControlTower')],
  CheckEnrollment: [ledger, runWatch, ...byManagement('Read'), ...inLane],
  AwaitWithdrawalTurn: [ledger, runWatch, ...byAutomation('Read'), ...inLane],
  RemoveStackInstances: [ledger, runWatch, ...byAutomation('StackSets'), ...inLane],
  CheckRemoval: [ledger, runWatch, ...byAutomation('Read'), ...inLane],
  DeployStackInstances: [ledger, runWatch, ...byAutomation('StackSets'), ...inLane],
  CheckStackInstances: [ledger, runWatch, ...byAutomation('Read'), ...inLane],
  InvokeLandingZoneFunction: [ledger, runWatch, ...byAutomation('Functions')],
  CheckExternalAvm: [ledger, runWatch, ...byManagement('Read')],
  GrantAccess: [ledger, runWatch, ...byManagement('IdentityCenter', 'Enter')],
  CheckGrants: [ledger, runWatch, ...byManagement('IdentityCenter')],
  DowngradeAccessRole: [ledger, runWatch, ...byManagement('Enter')],
  ConfirmDowngrade: [ledger, runWatch, ...byManagement('Enter')],
  CompleteVending: [ledger, runWatch, runs, outcomes, ...inLane],
  PlanClosing: [ledger, runWatch],
  GuardAccount: [ledger, runWatch, ...byManagement('Read')],
  UnenrollAccount: [ledger, runWatch, ...byManagement('ControlTower'), ...inLane],
  AwaitClosingTurn: [ledger, runWatch, ...byManagement('Read'), ...inLane],
  CloseAccount: [ledger, runWatch, ...byManagement('Create'), ...inLane],
  CheckClosure: [ledger, runWatch, ...byManagement('Read'), ...inLane],
  CompleteClosing: [ledger, runWatch, runs, outcomes, ...inLane],
  Intake: [
    consume('DesiredStatesQueue'),
    'sqs:SendMessage on <DesiredStatesDeadLetters.Arn>',
    ledger,
    runs,
    runWatch,
    ...inLane,
  ],
  Api: [
    ledger,
    itemsIn(WRITES, 'PREFLIGHT#*'),
    itemsIn(READS, 'USAGE#*'),
    ledgerIndexes,
    runs,
    redrives,
    stops,
    runWatch,
    ...inLane,
    'sqs:SendMessage on <PreflightsQueue.Arn>',
    previewFunction,
    driftReports,
  ],
  PollMeshStack: [
    ...meshStackLedger,
    meshStackKey,
    'events:PutEvents on <EventBus.Arn> if {"StringEquals":{"events:source":"meshstack.replicator"}}',
  ],
  ReportToMeshStack: [...meshStackLedger, meshStackKey],
  PreviewChanges: [
    'dynamodb:GetItem on <LedgerTable.Arn>',
    ...byManagement('Read', 'Enter'),
    ...byAutomation('Read').slice(0, 1),
  ],
  ReconcileTenants: [
    'sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:SendMessage on <ReconciliationsQueue.Arn>',
    ledger,
    ledgerIndexes,
    laneQueues,
    driftReports,
    runs,
    runWatch,
    outcomes,
  ],
  RecordFailure: [consume('FailedExecutionsQueue'), executions, ledger, runs, outcomes, ...inLane],
  WatchRuns: [consume('RunWatchQueue'), executions, ledger, runs, redrives, outcomes, runWatch, ...inLane],
  CollectCosts: [
    itemsIn(WRITES, 'USAGE#*'),
    itemsIn(READS, 'ACCOUNT#*', 'TENANT#*'),
    itemsIn('dynamodb:Query', 'TENANT#*'),
    'sts:AssumeRole on arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole',
    'secretsmanager:GetSecretValue on <ExternalIdSecret>',
    outcomes,
  ],
  RunPreflight: [
    consume('PreflightsQueue'),
    itemsIn(WRITES, 'PREFLIGHT#*', 'BUDGET#*'),
    itemsIn(READS, 'LANE#*'),
    ...byManagement('Read'),
    // Statements that are equal are one.
    ...byAutomation('Read').slice(0, 1),
    'sts:AssumeRole on arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole',
    'lambda:GetAccountSettings on *',
  ],
};

describe('the role of a function', () => {
  it.each(names)('lets %s do exactly what its row says, and be seen', (name) => {
    expect(inLines(statementsOfRole(template, roleIdOf(name)))).toEqual([
      ...expected[name],
      `logs:CreateLogStream, logs:PutLogEvents on <${name}Log.Arn>`,
      'xray:PutTraceSegments, xray:PutTelemetryRecords on *',
    ]);
  });

  it('is named after its function, as the trust of the service roles expects', () => {
    const named = Object.values(resourcesOf(template, 'AWS::IAM::Role')).flatMap(({ Properties }) =>
      Properties['RoleName'] === undefined ? [] : [Properties['RoleName']],
    );

    expect(named).toHaveLength(names.length);
    expect(new Set(named)).toEqual(new Set(names.map(physicalName)));
  });
});

describe('functions that look at groups', () => {
  const bySso = Template.fromStack(vendingStack({ configuration: withMeshStack(configurationWithScim()) }));

  it.each(names)('read the access token of SCIM where that is configured, and nobody else does: %s', (name) => {
    const reads = inLines(statementsOfRole(bySso, roleIdOf(name))).includes(
      `secretsmanager:GetSecretValue on ${SCIM_TOKEN_SECRET}`,
    );

    expect(reads).toBe(['RevokeAccess', 'GrantAccess', 'PreviewChanges', 'RunPreflight'].includes(name));
  });
});

describe('all roles', () => {
  const roles = Object.entries(resourcesOf(template, 'AWS::IAM::Role'));

  it('carry no managed policy but the one that API Gateway insists on', () => {
    const managed = roles.flatMap(([, { Properties }]) => inWords(Properties['ManagedPolicyArns'] ?? []));

    expect(managed).toEqual(['arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs']);
  });

  it('allow on * only what AWS grants on nothing smaller', () => {
    const actions = roles
      .flatMap(([id]) => (id.includes('CloudWatchRole') ? [] : statementsOfRole(template, id)))
      .filter(({ Resource }) => [Resource].flat().includes('*'))
      .flatMap(({ Action }) => Action);

    expect([...new Set(actions)].filter((action) => !/^(?:xray:|logs:\w+LogDeliver(?:y|ies)$)/u.test(action))).toEqual([
      'states:SendTaskSuccess',
      'states:SendTaskFailure',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
      'lambda:GetAccountSettings',
    ]);
  });

  it('allow no action by wildcard', () => {
    const actions = roles.flatMap(([id]) =>
      id.includes('CloudWatchRole') ? [] : statementsOfRole(template, id).flatMap(({ Action }) => Action),
    );

    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('have their policies inside, so that nothing runs before its permission is there', () => {
    expect(resourcesOf(template, 'AWS::IAM::Policy')).toEqual({});
  });
});

describe('with a customer’s key', () => {
  const kmsKeyArn = 'arn:aws:kms:eu-central-1:111111111111:key/00000000-1111-4222-8333-444444444444';
  const encrypted = Template.fromStack(vendingStack({ kmsKeyArn, configuration: withMeshStack() }));

  const uses = 'kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey, kms:ReEncryptFrom, kms:ReEncryptTo';
  const keyUsesOf = (roleId: string): readonly (readonly [string, unknown])[] =>
    statementsOfRole(encrypted, roleId).flatMap((statement) => {
      const [line = ''] = inLines([{ ...statement, Condition: undefined }]);
      return line.startsWith('kms:') ? [[line, inWords(statement.Condition)] as const] : [];
    });
  const via = (...services: readonly string[]): object => ({
    StringEquals: { 'kms:ViaService': services.map((service) => `${service}.<AWS::Region>.amazonaws.com`) },
  });

  it.each(names)('lets %s use that key and no other, and only through the services that keep its data', (name) => {
    expect(keyUsesOf(roleIdOf(name))).toEqual([[`${uses} on ${kmsKeyArn}`, via('dynamodb', 'secretsmanager', 'sqs')]]);
  });

  it('lets the rules that write to the encrypted topic use it through that topic alone', () => {
    expect(keyUsesOf('NoticesRole')).toEqual([[`${uses} on ${kmsKeyArn}`, via('sns')]]);
  });

  it('encrypts every queue with it but the dead letters, which are the last resort when the key fails', () => {
    const keys = Object.entries(resourcesOf(encrypted, 'AWS::SQS::Queue')).map(([id, { Properties }]) => ({
      deadLetters: id.includes('DeadLetters'),
      key: inWords(Properties['KmsMasterKeyId']),
    }));

    expect(keys).toHaveLength(7);
    for (const { deadLetters, key } of keys) expect(key).toBe(deadLetters ? undefined : kmsKeyArn);
  });

  it.each([
    ['AWS::Logs::LogGroup', names.length + 3, 'KmsKeyId'],
    ['AWS::SecretsManager::Secret', 2, 'KmsKeyId'],
    ['AWS::Events::EventBus', 1, 'KmsKeyIdentifier'],
  ])('encrypts every %s with it', (type, count, property) => {
    const keys = Object.values(resourcesOf(encrypted, type)).map(({ Properties }) => inWords(Properties[property]));

    expect(keys).toEqual(Array.from({ length: count }, () => kmsKeyArn));
  });

  it('encrypts the ledger with it', () => {
    expectProperties(encrypted, 'AWS::DynamoDB::GlobalTable', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [{ SSESpecification: { KMSMasterKeyId: kmsKeyArn } }],
    });
  });
});
