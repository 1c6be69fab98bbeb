import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { DEAD_LETTER_QUEUES, QUEUE_READERS } from '../../../infra/dead-letter-queues';
import closeAccount from '../../../statemachines/close-account.asl.json';
import vendAccount from '../../../statemachines/vend-account.asl.json';
import {
  CONFIGURATION,
  expectProperties,
  inWords,
  resourcesOf,
  statementsOfRole,
  vendingStack,
  vendingTemplate,
  withMeshStack,
} from '../synthesized-stack';

const template = vendingTemplate();
const everything = vendingTemplate({ configuration: withMeshStack() });
const page = readFileSync('docs/operation.md', 'utf8');

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: unknown;
  readonly MetricName: string | undefined;
  /** Absent where a metric is that of the whole region. */
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

const alarmsOf = (of: Template): readonly AlarmProperties[] =>
  Object.values(resourcesOf(of, 'AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => inWords(Properties) as AlarmProperties,
  );

const nameOf = ({ AlarmName }: AlarmProperties): string => AlarmName.replace('account-vending-', '');
const alarms = alarmsOf(template);

/** Logical ids without their hash. */
const idsOf = (type: string): readonly string[] =>
  Object.keys(resourcesOf(template, type)).map((id) => id.slice(0, -8));
const watchedBy = (metric: string): readonly (string | undefined)[] =>
  alarms.filter(({ MetricName }) => MetricName === metric).map(({ Dimensions = [] }) => Dimensions[0]?.Value);

describe('the alarms', () => {
  it('are seventeen at most, with everything that can be configured, and each stands on one metric of its own', () => {
    const all = alarmsOf(everything);

    expect(all.map(nameOf).toSorted()).toEqual([
      'api-errors',
      'closings-failed',
      'costs-not-collected',
      'dead-letters-desired-states',
      'dead-letters-work',
      'desired-states-late',
      'events-outdated',
      'failed-executions-late',
      'functions-throttled',
      'lanes-starved',
      'loops-dropped',
      'meshstack-polls-failed',
      'meshstack-unread',
      'rollouts-stopped',
      'rollouts-stuck',
      'runs-overdue',
      'vendings-failed',
    ]);
    expect(all.filter(({ MetricName }) => MetricName === undefined)).toEqual([]);
  });

  it('watch the failures of every workflow that are told, and not its executions: the fence ends some that are no failures', () => {
    expect(idsOf('AWS::StepFunctions::StateMachine')).toHaveLength(2);
    expect(watchedBy('ExecutionsFailed')).toEqual([]);
    expect([watchedBy('FailedVendings'), watchedBy('FailedClosings')]).toEqual([
      ['account-vending'],
      ['account-vending'],
    ]);
    // None ends by a time-out of its own.
    expect([vendAccount, closeAccount].flatMap((definition) => Object.keys(definition))).not.toContain(
      'TimeoutSeconds',
    );
  });

  it('watch every queue: itself, or the queue in which what it cannot get rid of ends', () => {
    const watched = new Set(watchedBy('ApproximateNumberOfMessagesVisible'));
    const queues = Object.entries(resourcesOf(template, 'AWS::SQS::Queue')).map(([id, { Properties }]) => {
      const { RedrivePolicy } = inWords(Properties) as { RedrivePolicy?: { deadLetterTargetArn: string } };
      const end =
        RedrivePolicy?.deadLetterTargetArn.replace('.Arn>', '.QueueName>') ?? `<${id.slice(0, -8)}.QueueName>`;
      return { id, end };
    });

    expect(queues.length).toBeGreaterThanOrEqual(7);
    expect(queues.filter(({ end }) => !watched.has(end))).toEqual([]);
  });

  it('watch every rule’s undelivered events: they end in the same queues', () => {
    const targets = Object.values(resourcesOf(template, 'AWS::Events::Rule')).flatMap(({ Properties }) => {
      const { Targets } = inWords(Properties) as { Targets: { Arn: string; DeadLetterConfig?: { Arn: string } }[] };
      return Targets.filter(({ Arn }) => Arn.includes('Queue.Arn')).map(
        ({ DeadLetterConfig }) => DeadLetterConfig?.Arn,
      );
    });

    expect(new Set(targets)).toEqual(new Set(['<DesiredStatesDeadLetters.Arn>', '<WorkDeadLetters.Arn>']));
  });

  it.each([
    ['RecursiveInvocationsDropped', [undefined]],
    ['ApproximateAgeOfOldestMessage', ['<DesiredStatesQueue.QueueName>', '<FailedExecutionsQueue.QueueName>']],
    ['Throttles', [undefined]],
    ['OverdueRuns', ['account-vending']],
    ['StarvedLanes', ['account-vending']],
    ['StoppedRollouts', ['account-vending']],
    ['StuckRollouts', ['account-vending']],
    ['OutdatedEvents', ['account-vending']],
    ['5XXError', ['account-vending']],
    ['Errors', ['<CollectCostsFunction>']],
  ])('watch %s', (metric, of) => {
    expect(watchedBy(metric)).toEqual(of);
  });

  it('watch the figures that tell of delays for longer than it takes from one look to the next', () => {
    for (const MetricName of ['OverdueRuns', 'StarvedLanes']) {
      expectProperties(template, 'AWS::CloudWatch::Alarm', { MetricName, Namespace: 'AccountVending', Period: 1800 });
    }
  });

  it('alarm at the first sign, throttles when they last, and go to the one topic', () => {
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        Threshold: alarm.MetricName === 'ApproximateAgeOfOldestMessage' ? 900 : 1,
        EvaluationPeriods: alarm.MetricName === 'Throttles' ? 3 : 1,
        TreatMissingData: 'notBreaching',
        AlarmActions: ['<AlarmsTopic>'],
      });
    }
  });

  it('each have an article in docs/operation.md, and say cause, remedy, article and where to look in the console', () => {
    for (const alarm of alarmsOf(everything)) {
      const name = nameOf(alarm);
      expect(page).toMatch(new RegExp(`^## ${name}$`, 'mu'));
      expect(String(alarm.AlarmDescription)).toMatch(
        new RegExp(
          `^\\S.+\\. .+\\. What to do: docs/operation\\.md#${name}\\. Console: https://<AWS::Region>\\.console\\.aws\\.amazon\\.com/`,
          'u',
        ),
      );
      expect(String(alarm.AlarmDescription).length).toBeLessThan(1024);
    }
  });

  it('lead to the console of the partition', () => {
    const { platform } = CONFIGURATION;
    const organizationRootAccountRole = platform.accessConfig.organizationRootAccountRole.replace(
      'arn:aws:',
      'arn:aws-us-gov:',
    );
    const accessConfig = { ...platform.accessConfig, organizationRootAccountRole };
    const govCloud = vendingStack({ configuration: { ...CONFIGURATION, platform: { ...platform, accessConfig } } });

    for (const { AlarmDescription } of alarmsOf(Template.fromStack(govCloud))) {
      expect(AlarmDescription).toContain('Console: https://<AWS::Region>.console.amazonaws-us-gov.com/');
    }
  });

  it('each have the name of a queue that the operator can look into, and of no other', () => {
    const ofQueues = alarms.map(nameOf).filter((name) => name.startsWith('dead-letters-'));

    expect(DEAD_LETTER_QUEUES.map(({ name }) => `dead-letters-${name}`).toSorted()).toEqual(ofQueues.toSorted());
  });

  it.each(DEAD_LETTER_QUEUES)(
    'lead for $name to the queue that its alarm watches, and back to where its letters were meant for',
    ({ name, output, sourceOutputs }) => {
      const valueOf = (key: string): string => String(inWords(template.findOutputs(key)[key]?.['Value']));
      const alarm = alarms.find((one) => nameOf(one) === `dead-letters-${name}`);
      const queue = valueOf(output).slice(1, -1);

      expect(alarm?.Dimensions?.map(({ Value }) => Value)).toEqual([`<${queue}.QueueName>`]);
      expect([...new Set(sourcesOf(queue))].toSorted()).toEqual(
        sourceOutputs.map((one) => valueOf(one).slice(1, -1)).toSorted(),
      );
    },
  );

  it.each(Object.entries(QUEUE_READERS))(
    'know of %s which function takes its messages, and how often each is given to it',
    (output, reader) => {
      const queue = String(inWords(template.findOutputs(output)[output]?.['Value'])).slice(1, -1);
      const queues = Object.entries(resourcesOf(template, 'AWS::SQS::Queue'));
      const properties = queues.find(([id]) => id.slice(0, -8) === queue)?.[1].Properties;
      const { RedrivePolicy } = inWords(properties) as { RedrivePolicy: { maxReceiveCount: number } };
      const mapping = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'))
        .map(({ Properties }) => inWords(Properties) as { EventSourceArn: string; FunctionName: string })
        .find(({ EventSourceArn }) => EventSourceArn === `<${queue}.Arn>`);

      expect(RedrivePolicy.maxReceiveCount).toBe(reader.mostReceives);
      expect(mapping?.FunctionName).toMatch(new RegExp(`^<${reader.function}`, 'u'));
    },
  );

  /** The queues, or the targets of rules, whose letters end there. */
  function sourcesOf(deadLetters: string): readonly string[] {
    const arn = `<${deadLetters}.Arn>`;
    const queues = Object.entries(resourcesOf(template, 'AWS::SQS::Queue')).map(([id, { Properties }]) => {
      const { RedrivePolicy } = inWords(Properties) as { RedrivePolicy?: { deadLetterTargetArn: string } };
      return { source: id.slice(0, -8), deadLetters: RedrivePolicy?.deadLetterTargetArn };
    });
    const targets = Object.values(resourcesOf(template, 'AWS::Events::Rule')).flatMap(({ Properties }) => {
      const { Targets } = inWords(Properties) as { Targets: { Arn: string; DeadLetterConfig?: { Arn: string } }[] };
      return Targets.map((target) => ({ source: target.Arn.slice(1, -5), deadLetters: target.DeadLetterConfig?.Arn }));
    });
    return [...queues, ...targets].filter((each) => each.deadLetters === arn).map(({ source }) => source);
  }

  it('go to a topic that CloudWatch may write to, for this account alone, and no other service', () => {
    expectProperties(template, 'AWS::SNS::Topic', { TopicName: 'account-vending-alarms' });
    const [policy] = Object.values(resourcesOf(template, 'AWS::SNS::TopicPolicy'));
    const { PolicyDocument } = inWords(policy?.Properties) as {
      PolicyDocument: { Statement: { Effect: string; Principal: { Service?: string } }[] };
    };

    expect(PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow')).toMatchObject([
      {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' } },
      },
    ]);
  });
});

describe('the messages beside the alarms', () => {
  const notices = Object.values(resourcesOf(template, 'AWS::Events::Rule'))
    .map(({ Properties }) => inWords(Properties) as { EventPattern: object; Targets: readonly Target[] })
    .filter(({ Targets }) => Targets[0]?.Arn === '<AlarmsTopic>');

  interface Target {
    readonly Arn: string;
    readonly RoleArn?: string;
    readonly InputTransformer: Transformer;
  }

  interface Transformer {
    readonly InputPathsMap: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  }

  it('are written by a role of this account, not by whatever rule EventBridge works for', () => {
    expect(statementsOfRole(template, 'NoticesRole')).toMatchObject([
      { Action: 'sns:Publish', Resource: { Ref: expect.stringMatching(/^AlarmsTopic/u) as string } },
    ]);
    for (const { Targets } of notices) expect(Targets[0]?.RoleArn).toBe('<NoticesRole.Arn>');
  });

  it('tell of failures and delays, each on the topic of the alarms', () => {
    expect(notices.map(({ EventPattern }) => EventPattern)).toEqual([
      ...['Account Vending Failed', 'Account Closing Failed'].map((type) => ({
        source: ['account-vending'],
        'detail-type': [type],
        // Those that a person has decided on.
        detail: { error: [{ 'anything-but': ['ApprovalRejected', 'ApprovalExpired'] }] },
      })),
      ...['OverdueRun', 'StarvedLane'].map((error) => ({
        source: ['account-vending'],
        'detail-type': ['Account Vending Delayed', 'Account Closing Delayed'],
        detail: { error: [error] },
      })),
      { source: ['account-vending'], 'detail-type': ['Rollout Stopped'] },
    ]);
  });

  it('name the rollout that has stopped, its wave, why, and an article that is there', () => {
    const { InputPathsMap, InputTemplate } = notices.at(-1)?.Targets[0]?.InputTransformer ?? {};
    expect(Object.values(InputPathsMap ?? {})).toEqual(
      expect.arrayContaining(['rolloutId', 'wave', 'reason'].map((field) => `$.detail.${field}`)),
    );
    expect(InputTemplate).toContain('"runbook":"docs/operation.md#rollouts-stopped"');
  });

  it('name tenant, cause, remedy, the execution in the console, and an article that is there', () => {
    for (const { Targets } of notices.slice(0, -1)) {
      const { InputPathsMap, InputTemplate } = Targets[0]?.InputTransformer ?? { InputPathsMap: {}, InputTemplate: '' };
      expect(Object.values(InputPathsMap)).toEqual(
        expect.arrayContaining(['tenantUuid', 'cause', 'remedy', 'executionArn'].map((field) => `$.detail.${field}`)),
      );
      expect(InputTemplate).toMatch(/"console":"https:.+states.+executions\/details\/<detail-executionArn>"/u);
      const [, article = ''] = /"runbook":"docs\/operation\.md#([a-z-]+)"/u.exec(InputTemplate) ?? [];
      expect(alarms.map(nameOf)).toContain(article);
    }
  });
});
