import { Match, type Template } from 'aws-cdk-lib/assertions';
import { shownPreflight } from '../../functions/domain/fleet/preflight';
import { ownRuntimeChecks } from '../../functions/preflight/checks/own-runtime';
import { functions, longestFunctionSeconds } from '../../infra/functions';
import {
  CONFIGURATION,
  expectProperties,
  inWords,
  resourceOf,
  resourcesOf,
  vendingTemplate,
} from './synthesized-stack';

const template = vendingTemplate();

describe('the way in', () => {
  it('takes desired states of the replicator from the bus meshstack', () => {
    expectProperties(template, 'AWS::Events::EventBus', { Name: 'meshstack' });
    const rule = resourceOf(template, 'AWS::Events::Rule', 'DesiredStatesRule').Properties;

    expect(inWords(rule)).toEqual({
      EventBusName: '<EventBus>',
      EventPattern: { source: ['meshstack.replicator'], 'detail-type': ['meshTenant Desired State'] },
      State: 'ENABLED',
      Targets: [
        {
          Id: 'Target0',
          Arn: '<DesiredStatesQueue.Arn>',
          DeadLetterConfig: { Arn: '<DesiredStatesDeadLetters.Arn>' },
        },
      ],
    });
  });

  it('has no policy for the bus, unless senders are named: then nobody else may put them there', () => {
    const policyOf = (given: Template): unknown =>
      inWords(resourceOf(given, 'AWS::Events::EventBus', 'EventBus').Properties['Policy']);
    const sent = {
      'ForAllValues:StringEquals': {
        'events:source': 'meshstack.replicator',
        'events:detail-type': 'meshTenant Desired State',
      },
      Null: { 'events:source': 'false', 'events:detail-type': 'false' },
    };
    const common = {
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: 'arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/meshstack',
    };

    expect(policyOf(template)).toBeUndefined();
    expect(policyOf(vendingTemplate({ eventSenders: ['444444444444', 'o-ab12cd34ef'] }))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          ...common,
          Sid: 'DesiredStatesOf444444444444',
          Principal: { AWS: 'arn:<AWS::Partition>:iam::444444444444:root' },
          Condition: { ...sent },
        },
        {
          ...common,
          Sid: 'DesiredStatesOfoab12cd34ef',
          Principal: { AWS: '*' },
          Condition: { ...sent, StringEquals: { 'aws:PrincipalOrgID': 'o-ab12cd34ef' } },
        },
        {
          ...common,
          Sid: 'NoDesiredStatesOfOthers',
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Condition: {
            'ForAnyValue:StringEquals': { 'events:source': 'meshstack.replicator' },
            StringNotEquals: { 'aws:PrincipalAccount': ['444444444444'], 'aws:PrincipalOrgID': ['o-ab12cd34ef'] },
          },
        },
      ],
    });
  });

  it('keeps them in a queue with dead letters of its own', () => {
    expect(inWords(resourceOf(template, 'AWS::SQS::Queue', 'DesiredStatesQueue').Properties)).toEqual({
      RedrivePolicy: { deadLetterTargetArn: '<DesiredStatesDeadLetters.Arn>', maxReceiveCount: 5 },
      MessageRetentionPeriod: 14 * 24 * 3600,
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 180,
    });
  });

  it.each(Object.entries(resourcesOf(template, 'AWS::SQS::Queue')))(
    'keeps messages for the 14 days that SQS allows: %s',
    (_, { Properties }) => {
      expect(Properties['MessageRetentionPeriod']).toBe(14 * 24 * 3600);
    },
  );

  it.each([
    ['IntakeFunction', 'DesiredStatesQueue'],
    ['RecordFailureFunction', 'FailedExecutionsQueue'],
    ['WatchRunsFunction', 'RunWatchQueue'],
  ])('feeds %s from %s, which brings back only what was not taken', (target, queue) => {
    expectProperties(template, 'AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: Match.stringLikeRegexp(`^${target}`) },
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${queue}`), 'Arn'] },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });

  it('lets only its own rule write into a queue, and the bus what it cannot handle', () => {
    const policies = Object.values(resourcesOf(template, 'AWS::SQS::QueuePolicy')).map(
      ({ Properties }) =>
        Properties['PolicyDocument'] as { Statement: { Effect: string; Principal: unknown; Condition: unknown }[] },
    );
    const allowed = policies.flatMap(({ Statement }) => Statement.filter(({ Effect }) => Effect === 'Allow'));

    expect(allowed.map(({ Principal }) => Principal)).toEqual(
      Array.from({ length: 7 }, () => ({ Service: 'events.amazonaws.com' })),
    );
    for (const { Condition } of allowed) {
      expect(inWords(Condition)).toEqual({
        ArnEquals: {
          'aws:SourceArn': expect.stringMatching(
            /^<(?:EventBus|DesiredStatesRule|FailedExecutionsRule|ReconciliationsDaily)\.Arn>$/u,
          ) as string,
        },
      });
    }
  });
});

describe.each([
  ['a key of AWS', template],
  [
    'a key of the customer',
    vendingTemplate({ kmsKeyArn: 'arn:aws:kms:eu-central-1:111111111111:key/0f0f0f0f-0000-4000-8000-000000000001' }),
  ],
])('what the bus cannot read or write any more, with %s,', (_, given) => {
  it('ends at the dead letters of the way in', () => {
    const { DeadLetterConfig } = inWords(resourceOf(given, 'AWS::Events::EventBus', 'EventBus').Properties) as {
      readonly DeadLetterConfig?: unknown;
    };

    expect(DeadLetterConfig).toEqual({ Arn: '<DesiredStatesDeadLetters.Arn>' });
  });

  it.each(['DesiredStatesDeadLetters', 'WorkDeadLetters'])('is kept without that key: %s', (queue) => {
    const { SqsManagedSseEnabled, KmsMasterKeyId } = resourceOf(given, 'AWS::SQS::Queue', queue).Properties;

    expect({ SqsManagedSseEnabled, KmsMasterKeyId }).toEqual({ SqsManagedSseEnabled: true });
  });

  it('may be put there by the bus alone, beside the rules', () => {
    const policy = inWords(resourceOf(given, 'AWS::SQS::QueuePolicy', 'DesiredStatesDeadLettersPolicy').Properties);

    expect(policy).toMatchObject({
      PolicyDocument: {
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Action: 'sqs:SendMessage',
            Condition: { ArnEquals: { 'aws:SourceArn': '<EventBus.Arn>' } },
            Principal: { Service: 'events.amazonaws.com' },
            Resource: '<DesiredStatesDeadLetters.Arn>',
          }) as unknown,
        ]) as unknown,
      },
    });
  });
});

describe('the watch over failed executions', () => {
  it('sees every end of these state machines that is not a success', () => {
    expect(
      inWords(resourceOf(template, 'AWS::Events::Rule', 'FailedExecutionsRule').Properties['EventPattern']),
    ).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: ['vend-account', 'close-account'].map(
          (name) => `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:${name}`,
        ),
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    });
  });

  it('comes back until no function of a stopped execution can be at work', () => {
    const { VisibilityTimeout, RedrivePolicy } = resourceOf(template, 'AWS::SQS::Queue', 'FailedExecutionsQueue')
      .Properties as { VisibilityTimeout: number; RedrivePolicy: { maxReceiveCount: number } };

    expect(VisibilityTimeout * (RedrivePolicy.maxReceiveCount - 1)).toBeGreaterThan(longestFunctionSeconds);
    expect(RedrivePolicy.maxReceiveCount).toBe(10);
  });
});

/** By their function, queues whose messages are hidden for less than AWS advises, and why. */
const HIDDEN_FOR_LESS = {
  RunPreflight: 'a person waits for it, and three tries have to end before it is shown as failed, after twenty minutes',
  ReconcileTenants: 'a night that was killed goes on in the same night, and one part of it is at work at a time',
};

describe('a message in a queue that a function reads', () => {
  const functionsByRef = Object.entries(functions).map(([name, row]) => ({ ref: `<${name}Function>`, name, ...row }));
  const mappings = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping')).map(({ Properties }) => {
    const {
      FunctionName,
      EventSourceArn,
      MaximumBatchingWindowInSeconds = 0,
    } = inWords(Properties) as {
      readonly FunctionName: string;
      readonly EventSourceArn: string;
      readonly MaximumBatchingWindowInSeconds?: number;
    };
    const { name = '', timeoutSeconds = 0 } = functionsByRef.find(({ ref }) => ref === FunctionName) ?? {};
    const queue = resourceOf(template, 'AWS::SQS::Queue', EventSourceArn.slice(1, -5)).Properties;
    const advisedSeconds = 6 * timeoutSeconds + MaximumBatchingWindowInSeconds;
    return { name, timeoutSeconds, advisedSeconds, hiddenSeconds: Number(queue['VisibilityTimeout']) };
  });

  it('is known of every mapping, with a function that has a time-out', () => {
    expect(mappings).toHaveLength(7);
    expect(mappings.filter(({ timeoutSeconds }) => timeoutSeconds === 0)).toEqual([]);
  });

  // @evidence documented lambda/dg/services-sqs-configure: at least six times the function's time-out, plus the
  //   batching window
  it('is hidden for six times as long as the function may run, for throttled batches, or says why not', () => {
    const hiddenForLess = mappings.filter(({ hiddenSeconds, advisedSeconds }) => hiddenSeconds < advisedSeconds);

    expect(hiddenForLess.map(({ name }) => name)).toEqual(Object.keys(HIDDEN_FOR_LESS));
  });
});

describe('the queues together', () => {
  it('take as many functions at once as preflight says', async () => {
    const mappings = Object.values(template.findResources('AWS::Lambda::EventSourceMapping')) as {
      Properties: { ScalingConfig: { MaximumConcurrency: number } };
    }[];
    const all = mappings.map(({ Properties }) => Properties.ScalingConfig.MaximumConcurrency);

    const [concurrency] = ownRuntimeChecks(
      {
        region: () => Promise.resolve('eu-central-1'),
        roleArn: () => Promise.resolve('arn:aws:iam::111111111111:role/vending-RunPreflight'),
        concurrency: () => Promise.resolve({ unreserved: 1, reserved: 0 }),
      },
      'arn:aws:iam::222222222222:role/MeshfedServiceRole',
      'vending-RunPreflight',
    );
    const sum = all.reduce((total, one) => total + one, 0);

    expect((await concurrency?.judge())?.detail).toContain(`The queues alone take up to ${sum},`);
  });
});

describe('the queue of preflights', () => {
  it('brings one back that was killed, twice, and then puts it aside', () => {
    const { VisibilityTimeout, RedrivePolicy } = resourceOf(template, 'AWS::SQS::Queue', 'PreflightsQueue')
      .Properties as { VisibilityTimeout: number; RedrivePolicy: { maxReceiveCount: number } };

    expect(VisibilityTimeout).toBeGreaterThan(functions.RunPreflight.timeoutSeconds);
    expect(RedrivePolicy.maxReceiveCount).toBe(3);
  });

  it('has given up by the time that a preflight is shown as failed', () => {
    const { VisibilityTimeout, RedrivePolicy } = resourceOf(template, 'AWS::SQS::Queue', 'PreflightsQueue')
      .Properties as { VisibilityTimeout: number; RedrivePolicy: { maxReceiveCount: number } };
    const startedAt = new Date('2026-11-24T12:00:00.000Z');
    const record = {
      id: '',
      status: 'RUNNING' as const,
      startedAt: startedAt.toISOString(),
      finishedAt: null,
      checks: [],
    };
    const at = new Date(startedAt.getTime() + VisibilityTimeout * RedrivePolicy.maxReceiveCount * 1000);

    expect(shownPreflight(record, at).status).toBe('RUNNING');
  });

  it('is worked off piece by piece', () => {
    expectProperties(template, 'AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PreflightsQueue'), 'Arn'] },
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

describe('the queue of nightly passes', () => {
  const daily = (enabled: boolean): number => {
    const { platform, ...others } = CONFIGURATION;
    const configuration = { ...others, platform: { ...platform, nightlyReconciliation: { enabled, hour: 1 } } };
    const rules = resourcesOf(vendingTemplate({ configuration }), 'AWS::Events::Rule');
    return Object.values(rules).filter(({ Properties }) => Properties['ScheduleExpression'] !== undefined).length;
  };

  it('is fed once a day at one o clock UTC, and what cannot be put there is a dead letter', () => {
    expectProperties(template, 'AWS::Events::Rule', {
      ScheduleExpression: 'cron(0 1 * * ? *)',
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ReconciliationsQueue'), 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WorkDeadLetters'), 'Arn'] } },
        }),
      ],
    });
  });

  it('hides a message for longer than the function may run', () => {
    const { VisibilityTimeout } = resourceOf(template, 'AWS::SQS::Queue', 'ReconciliationsQueue').Properties;

    expect(VisibilityTimeout).toBeGreaterThan(functions.ReconcileTenants.timeoutSeconds);
  });

  it('is fed by nothing where the configuration says so', () => {
    expect([daily(true), daily(false)]).toEqual([1, 0]);
  });
});
