import { Match } from 'aws-cdk-lib/assertions';
import { configurationHash } from '../../functions/domain/configuration/configuration-hash';
import { EVERY_LABEL } from '../../functions/ports/ledger-store';
import { codeIn, rowsOf } from '../docs/pages';
import { functions } from '../../infra/functions';
import type { FunctionName } from '../../infra/names';
import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { completeDefinition } from '../../statemachines/complete-definition';
import { statesOf } from '../statemachines/states';
import {
  CONFIGURATION,
  expectProperties,
  expectResource,
  forwarding,
  inWords,
  resourceOf,
  resourcesOf,
  vendingTemplate,
  withMeshStack,
} from './synthesized-stack';
import { templateDigest } from './template-digest';

const template = vendingTemplate();
const names = Object.keys(functions) as FunctionName[];

/** Each queue of letters, and the queues that its letters go back to. */
const LETTER_QUEUES = [
  {
    name: 'desired-states',
    url: '<DesiredStatesDeadLetters>',
    sources: [{ url: '<DesiredStatesQueue>', reader: 'vending-Intake', mostReceives: 5 }],
  },
  {
    name: 'work',
    url: '<WorkDeadLetters>',
    sources: [
      { url: '<FailedExecutionsQueue>', reader: 'vending-RecordFailure', mostReceives: 10 },
      { url: '<RunWatchQueue>', reader: 'vending-WatchRuns', mostReceives: 10 },
      { url: '<ReconciliationsQueue>', reader: 'vending-ReconcileTenants', mostReceives: 10 },
      { url: '<PreflightsQueue>', reader: 'vending-RunPreflight', mostReceives: 3 },
      { url: '<AdoptionsQueue>', reader: 'vending-AdoptAccounts', mostReceives: 10 },
      { url: '<RolloutsQueue>', reader: 'vending-RollOut', mostReceives: 10 },
    ],
  },
];

describe('VendingStack', () => {
  it('has the digest that was reviewed', () => {
    expect(templateDigest(template.toJSON())).toMatchSnapshot();
  });

  it.each([['ApiUrl'], ['ApiId'], ['EventBusName'], ['StateMachineArn'], ['LedgerTableName'], ['AlarmTopicArn']])(
    'tells its %s',
    (output) => {
      expect(template.findOutputs(output)).toHaveProperty([output, 'Value']);
    },
  );

  it('has its outputs explained in docs/deployment.md, and no other', () => {
    const explained = rowsOf('docs/deployment.md', 'output').flatMap(([names = '']) => codeIn(names));
    // The CDK's RestApi adds one of its own, with a hash behind its name.
    const ours = Object.keys(template.findOutputs('*')).filter((name) => !/[0-9A-F]{8}$/u.test(name));

    expect(explained.toSorted()).toEqual(ours.toSorted());
  });
});

describe('the functions', () => {
  const withAll = vendingTemplate({ configuration: withMeshStack(), eventForwarding: forwarding() });

  it.each(names)('run %s as its row says', (name) => {
    expectProperties(withAll, 'AWS::Lambda::Function', {
      FunctionName: `vending-${name}`,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: functions[name].timeoutSeconds,
      MemorySize: functions[name].memoryMegabytes,
      TracingConfig: { Mode: 'Active' },
      ReservedConcurrentExecutions: Match.absent(),
    });
    expectResource(withAll, 'AWS::Logs::LogGroup', {
      Properties: { LogGroupName: `/aws/lambda/vending-${name}`, RetentionInDays: 90 },
      DeletionPolicy: 'Delete',
    });
  });

  const ledger = { LEDGER_TABLE_NAME: '<LedgerTable>' };
  const managementAccount = {
    MANAGEMENT_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Read',
    EXTERNAL_ID_SECRET_ARN: '<ExternalIdSecret>',
  };
  const runs = {
    STATE_MACHINE_ARN: 'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:vend-account',
    CLOSING_STATE_MACHINE_ARN: 'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:close-account',
  };
  const rolesInMembers = {
    CUSTOMIZATION_ROLES: '[]',
    STACK_SET_EXECUTION_ROLE: JSON.stringify({
      name: 'AWSCloudFormationStackSetExecutionRole',
      managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      trustedAccountId: '333333333333',
      trustedRoleArns: ['arn:aws:iam::333333333333:role/AWSCloudFormationStackSetAdministrationRole'],
    }),
  };
  const outcomes = { EVENT_BUS_NAME: '<EventBus>' };
  const runWatch = { RUN_WATCH_QUEUE_URL: '<RunWatchQueue>' };
  const preview = {
    PREVIEW_FUNCTION_ARN: 'arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:vending-PreviewChanges',
  };

  it.each<[FunctionName, object]>([
    ['PlanVending', { ...ledger, ...runWatch }],
    [
      'CreateAccount',
      {
        ...ledger,
        ...runWatch,
        ...managementAccount,
        MANAGEMENT_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Create',
      },
    ],
    [
      'SetAccountAlias',
      {
        ...ledger,
        ...runWatch,
        MEMBER_ENTRY_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Enter',
        EXTERNAL_ID_SECRET_ARN: '<ExternalIdSecret>',
      },
    ],
    [
      'OpenAccount',
      {
        ...ledger,
        ...runWatch,
        ...managementAccount,
        ...rolesInMembers,
        MANAGEMENT_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Arrange',
        MEMBER_ENTRY_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Enter',
      },
    ],
    ['CompleteVending', { ...ledger, ...runWatch, ...runs, ...outcomes }],
    ['CompleteShadow', { ...ledger, ...runWatch, ...runs, ...outcomes, ...preview }],
    ['CompleteClosing', { ...ledger, ...runWatch, ...runs, ...outcomes }],
    [
      'Api',
      {
        ...ledger,
        ...runs,
        ...runWatch,
        PREFLIGHT_QUEUE_URL: '<PreflightsQueue>',
        ADOPTION_QUEUE_URL: '<AdoptionsQueue>',
        ROLLOUT_QUEUE_URL: '<RolloutsQueue>',
        LONGEST_FUNCTION_SECONDS: '300',
        DEAD_LETTER_QUEUES: JSON.stringify(LETTER_QUEUES),
        ...preview,
        ...outcomes,
      },
    ],
    [
      'AdoptAccounts',
      {
        ...ledger,
        ...runs,
        ...runWatch,
        ...managementAccount,
        ADOPTION_QUEUE_URL: '<AdoptionsQueue>',
        PREVIEW_FUNCTION_ARN:
          'arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:vending-PreviewChanges',
      },
    ],
    [
      'RollOut',
      {
        ...ledger,
        ...runs,
        ...runWatch,
        ...preview,
        ...outcomes,
        ...managementAccount,
        ROLLOUT_QUEUE_URL: '<RolloutsQueue>',
        MANAGEMENT_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshfedServiceRole-ControlTower',
      },
    ],
    [
      'PreviewChanges',
      {
        ...ledger,
        ...managementAccount,
        MEMBER_ENTRY_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Enter',
        AUTOMATION_ROLE_ARN: 'arn:aws:iam::333333333333:role/MeshfedAutomationRole-Read',
        ...rolesInMembers,
      },
    ],
    [
      'Intake',
      {
        ...ledger,
        ...runs,
        ...runWatch,
        UNREADABLE_EVENTS_QUEUE_URL: '<DesiredStatesDeadLetters>',
        MOST_RECEIVES: '5',
      },
    ],
    [
      'ReconcileTenants',
      {
        ...ledger,
        ...runs,
        ...outcomes,
        ...runWatch,
        ...preview,
        RECONCILIATION_QUEUE_URL: '<ReconciliationsQueue>',
      },
    ],
    ['RecordFailure', { ...ledger, ...runs, ...outcomes, ...runWatch, LONGEST_FUNCTION_SECONDS: '300' }],
    ['WatchRuns', { ...ledger, ...runs, ...outcomes, ...runWatch, LONGEST_FUNCTION_SECONDS: '300' }],
    [
      'RunPreflight',
      {
        ...ledger,
        ...managementAccount,
        AUTOMATION_ROLE_ARN: 'arn:aws:iam::333333333333:role/MeshfedAutomationRole-Read',
        COST_EXPLORER_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole',
      },
    ],
  ])('tell %s where everything is', (name, expected) => {
    const { Environment } = resourceOf(template, 'AWS::Lambda::Function', `${name}Function`).Properties;

    const stored = {
      CONFIGURATION_BUCKET: '<ConfigurationsBucket>',
      CONFIGURATION_HASH: configurationHash(CONFIGURATION),
    };
    const more = functions[name].readsConfiguration ? stored : {};
    expect(inWords(Environment)).toEqual({ Variables: { ...expected, ...more } });
  });

  it('that work by the configuration are made after it has been stored, in a bucket that stays', () => {
    const made = resourcesOf(withAll, 'AWS::Lambda::Function') as Record<string, { DependsOn?: string[] }>;
    const after = Object.entries(made).flatMap(([id, { DependsOn = [] }]) =>
      DependsOn.some((one) => one.startsWith('ConfigurationsStored')) ? [id] : [],
    );
    const readers = names.filter((name) => functions[name].readsConfiguration);

    expect(readers.filter((name) => !after.some((id) => id.startsWith(`${name}Function`)))).toEqual([]);
    expectResource(withAll, 'AWS::S3::Bucket', {
      Properties: { VersioningConfiguration: { Status: 'Enabled' } },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('outlast no state: a state that gave up first would be tried again beside them', () => {
    const states = new Map([vendAccount, closeAccount].flatMap(statesOf));
    const late = names.filter(
      (name) => functions[name].timeoutSeconds >= (states.get(name)?.TimeoutSeconds ?? Infinity),
    );

    expect(late).toEqual([]);
  });

  it('hold no secret in their environment', () => {
    const environments = Object.values(resourcesOf(template, 'AWS::Lambda::Function')).map(({ Properties }) =>
      JSON.stringify(Properties['Environment']),
    );

    expect(environments.filter((environment) => environment.includes('{"Ref":"ExternalId"}'))).toEqual([]);
  });
});

describe.each([
  { name: 'vend-account', id: 'Workflow', definition: vendAccount },
  { name: 'close-account', id: 'Closing', definition: closeAccount },
])('the workflow $name', ({ name, id, definition }) => {
  const machine = resourceOf(template, 'AWS::StepFunctions::StateMachine', id).Properties;

  it('is a Standard one of a fixed name, traced, which logs errors without data', () => {
    expect(inWords(machine)).toMatchObject({
      StateMachineName: name,
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: {
        Level: 'ERROR',
        IncludeExecutionData: false,
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: `<${id}Log.Arn>` } }],
      },
    });
  });

  it('is the definition of the ASL file, completed', () => {
    expect(JSON.parse(machine['DefinitionString'] as string)).toEqual(completeDefinition(definition));
  });

  it('calls for each placeholder the function of that name', () => {
    const substitutions = machine['DefinitionSubstitutions'] as Record<string, unknown>;
    const placeholders = [...JSON.stringify(completeDefinition(definition)).matchAll(/\$\{(\w+)\}/gu)].map(
      ([, name]) => name,
    );

    expect(Object.keys(substitutions).toSorted()).toEqual([...new Set(placeholders)].toSorted());
    const { InvokeWithTaskToken, ...functionArns } = substitutions;
    expect(inWords(InvokeWithTaskToken)).toBe('arn:<AWS::Partition>:states:::lambda:invoke.waitForTaskToken');
    for (const [name, arn] of Object.entries(functionArns)) {
      // The CDK leaves out a word of an id that comes twice running.
      expect(inWords(arn)).toBe(`<${name.replace(/Function$/u, '')}Function.Arn>`);
    }
  });
});

describe('the ledger', () => {
  it('is a table with three lists, newest first by their sort key', () => {
    expect(EVERY_LABEL).toBe('ALL');
    expectProperties(template, 'AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'partition', KeyType: 'HASH' },
        { AttributeName: 'sort', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byLabel',
          KeySchema: [
            { AttributeName: 'label', KeyType: 'HASH' },
            { AttributeName: 'listedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
        {
          IndexName: 'ofAll',
          KeySchema: [
            { AttributeName: 'everyLabel', KeyType: 'HASH' },
            { AttributeName: 'listedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
        {
          IndexName: 'byFilter',
          KeySchema: [
            { AttributeName: 'filter', KeyType: 'HASH' },
            { AttributeName: 'filteredAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
  });

  it('is not lost: by mistake, with the stack, or by a wrong write', () => {
    expectResource(template, 'AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    });
  });
});

describe('the ExternalId', () => {
  it('comes as a parameter that is never shown, long enough not to be guessed', () => {
    const parameter = template.findParameters('ExternalId')['ExternalId'];

    expect(parameter).toMatchObject({ NoEcho: true, MinLength: 20, MaxLength: 128 });
    expect(parameter).not.toHaveProperty('Default');
  });

  it.each([
    ['a random UUID', '0b0e8d1c-8f0d-4a3e-9d51-6a5a3e1d2c4b', true],
    ['a space', 'twenty characters or more', false],
  ])('may be %s: %p', (_, value, fits) => {
    const { AllowedPattern } = template.findParameters('ExternalId')['ExternalId'] as { AllowedPattern: string };

    expect(new RegExp(`^(?:${AllowedPattern})$`, 'u').test(value)).toBe(fits);
  });

  it('is kept in the secret alone', () => {
    expectProperties(template, 'AWS::SecretsManager::Secret', { SecretString: { Ref: 'ExternalId' } });

    expect(JSON.stringify(template.toJSON()).split('{"Ref":"ExternalId"}')).toHaveLength(2);
  });
});
