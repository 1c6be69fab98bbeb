import { readFileSync } from 'node:fs';

import { Match } from 'aws-cdk-lib/assertions';

import {
  expectProperties,
  inWords,
  resourceOf,
  resourcesOf,
  vendingTemplate,
  withMeshStack,
} from './synthesized-stack';

const without = vendingTemplate();
const template = vendingTemplate({ configuration: withMeshStack() });

describe('a meshStack that is read', () => {
  it('is off unless it is configured', () => {
    expect(JSON.stringify(without.toJSON())).not.toMatch(/MeshStack/u);
  });

  it('is asked on a schedule, by one function, that is not tried again', () => {
    const { ScheduleExpression, Targets } = resourceOf(
      template,
      'AWS::Events::Rule',
      'MeshStackSourceSchedule',
    ).Properties;

    expect(ScheduleExpression).toBe('rate(5 minutes)');
    expect(inWords(Targets)).toMatchObject([
      { Arn: '<PollMeshStackFunction.Arn>', RetryPolicy: { MaximumRetryAttempts: 0 } },
    ]);
  });

  it('is not polled for what is older than the next poll, and is told of an outcome within an hour', () => {
    const policyOf = (id: string) => {
      const { Targets } = resourceOf(template, 'AWS::Events::Rule', `MeshStackSource${id}`).Properties;
      return (Targets as readonly { readonly RetryPolicy: unknown }[]).map(({ RetryPolicy }) => RetryPolicy);
    };

    expect(policyOf('Schedule')).toEqual([{ MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 0 }]);
    expect(policyOf('Outcomes')).toEqual([{ MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 2 }]);
  });

  it('is told of outcomes, and of nothing else on the bus, such as reports of costs', () => {
    const { EventPattern, EventBusName, Targets } = resourceOf(
      template,
      'AWS::Events::Rule',
      'MeshStackSourceOutcomes',
    ).Properties;

    expect(EventPattern).toEqual({
      source: ['account-vending'],
      'detail-type': ['Account Vended', 'Account Vending Failed', 'Account Closed', 'Account Closing Failed'],
    });
    expect(inWords(EventBusName)).toBe('<EventBus>');
    expect(inWords(Targets)).toMatchObject([{ Arn: '<ReportToMeshStackFunction.Arn>' }]);
  });

  it('has its key in a secret that the template does not know', () => {
    const { Properties } = resourceOf(template, 'AWS::SecretsManager::Secret', 'MeshStackKeySecret');

    expect(Properties).not.toHaveProperty('SecretString');
    expect(Properties['Name']).toBe('account-vending/meshstack-api-key');
    expectProperties(template, 'AWS::Lambda::Function', {
      FunctionName: 'vending-PollMeshStack',
      Environment: { Variables: Match.objectLike({ MESHSTACK_SECRET_ARN: Match.anyValue() }) },
    });
  });
});

describe('the alarms of meshStack', () => {
  const alarms = Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm'))
    .map(({ Properties }) => Properties)
    .filter(({ AlarmName }) => String(AlarmName).includes('-meshstack-'));

  it.each([
    ['unread', 'MeshStackProblems', 'ignore', 1],
    ['polls-failed', 'Errors', 'notBreaching', 3],
  ])('watch what is %s', (name, metric, missing, periods) => {
    const alarm = alarms.find(({ AlarmName }) => AlarmName === `account-vending-meshstack-${name}`);

    expect(inWords(alarm)).toMatchObject({
      MetricName: metric,
      Threshold: 1,
      EvaluationPeriods: periods,
      TreatMissingData: missing,
      AlarmActions: ['<AlarmsTopic>'],
    });
  });

  it.each([
    [5, 300],
    [1, 300],
    [30, 1800],
  ])('look at a poll every %i minutes for no shorter than from one to the next', (pollMinutes, period) => {
    const { platform, ...rest } = withMeshStack();
    const meshStack = { ...platform.meshStack, pollMinutes } as typeof platform.meshStack;
    const configuration = { ...rest, platform: { ...platform, meshStack } };
    const polled = vendingTemplate({ configuration });
    const periods = Object.values(resourcesOf(polled, 'AWS::CloudWatch::Alarm')).flatMap(({ Properties }) =>
      String(Properties['AlarmName']).includes('-meshstack-') ? [Properties['Period']] : [],
    );

    expect(periods).toEqual([period, period]);
  });

  it('are all explained in docs/operation.md', () => {
    const page = readFileSync('docs/operation.md', 'utf8');
    const names = alarms.map(({ AlarmName }) => String(AlarmName).replace('account-vending-', ''));

    expect(names).toHaveLength(2);
    expect(names.filter((name) => !page.includes(`\n## ${name}\n`))).toEqual([]);
  });
});
