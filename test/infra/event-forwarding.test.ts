import { Template } from 'aws-cdk-lib/assertions';

import { loadConfiguration } from '../../infra/config';
import { eventForwarding } from '../../infra/event-forwarding';
import { EventForwardingStack } from '../../infra/event-forwarding-stack';
import { inWords, resourceOf, resourcesOf, testedApp, vendingTemplate } from './synthesized-stack';

const BUS = 'arn:aws:events:eu-central-1:333333333333:event-bus/meshstack';
const configuration = loadConfiguration('sandbox/config');

const forwardingOf = (context: Readonly<Record<string, string>>) => eventForwarding(testedApp(context), configuration);

const forwarding = forwardingOf({ eventForwarding: BUS });
const places = forwarding?.places ?? [];

describe('the forwarding of events', () => {
  it('is off unless it is asked for', () => {
    expect(forwardingOf({})).toBeUndefined();
    expect(JSON.stringify(vendingTemplate().toJSON())).not.toMatch(/WakeRuns|OrEvent/u);
  });

  it('refuses what is no bus', () => {
    expect(() => forwardingOf({ eventForwarding: 'meshstack' })).toThrow('which is not the ARN of an event bus');
  });

  it('has a place for each account and region in which AWS tells', () => {
    expect(places.map(({ stackId, region }) => [stackId, region])).toEqual([
      ['EventForwardingStack', 'us-east-1'],
      ['ControlTowerEventForwardingStack', 'eu-central-1'],
      ['StackSetEventForwardingStack-eu-central-1', 'eu-central-1'],
    ]);
  });

  it.each([
    ['EventForwardingStack', 'aws.organizations', { eventName: ['CreateAccountResult', 'CloseAccountResult'] }],
    [
      'ControlTowerEventForwardingStack',
      'aws.controltower',
      {
        eventName: [
          'CreateManagedAccount',
          'UpdateManagedAccount',
          'EnableBaseline',
          'UpdateEnabledBaseline',
          'ResetEnabledBaseline',
        ],
      },
    ],
    [
      'StackSetEventForwardingStack-eu-central-1',
      'aws.cloudformation',
      { 'status-details': { status: ['SUCCEEDED', 'FAILED', 'STOPPED'] } },
    ],
  ])('takes what ends an operation, well or not, and nothing else: %s', (stackId, source, detail) => {
    const place = places.find((one) => one.stackId === stackId);
    if (place === undefined) throw new Error(`There is no ${stackId}.`);
    const template = Template.fromStack(new EventForwardingStack(testedApp(), stackId, { place, busArn: BUS }));

    expect(resourceOf(template, 'AWS::Events::Rule', 'Rule').Properties['EventPattern']).toEqual({
      source: [source],
      'detail-type': [
        source === 'aws.cloudformation'
          ? 'CloudFormation StackSet Operation Status Change'
          : 'AWS Service Event via CloudTrail',
      ],
      detail,
    });
  });

  it.each(places)('$stackId sends to the bus, by a role that can do nothing else', (place) => {
    const stack = new EventForwardingStack(testedApp(), place.stackId, { place, busArn: BUS });
    const template = Template.fromStack(stack);
    const { PolicyDocument } = resourceOf(template, 'AWS::IAM::Policy', 'Role').Properties;

    expect(stack.region).toBe(place.region);
    expect(PolicyDocument).toMatchObject({
      Statement: [{ Action: 'events:PutEvents', Effect: 'Allow', Resource: BUS }],
    });
    expect(resourceOf(template, 'AWS::IAM::Role', 'Role').Properties['RoleName']).toBe(place.roleName);
    expect(resourceOf(template, 'AWS::Events::Rule', 'Rule').Properties['Targets']).toMatchObject([{ Arn: BUS }]);
  });
});

describe('the application to which events are forwarded', () => {
  const template = vendingTemplate({ configuration, eventForwarding: forwarding });

  it('hears events of AWS from the places alone, by one function', () => {
    const { EventPattern, Targets, EventBusName } = resourceOf(template, 'AWS::Events::Rule', 'AwsEvents').Properties;

    expect(EventPattern).toEqual({
      source: ['aws.organizations', 'aws.controltower', 'aws.cloudformation'],
      account: [...new Set(places.map(({ accountId }) => accountId))],
    });
    expect(inWords(EventBusName)).toBe('<EventBus>');
    expect(inWords(Targets)).toMatchObject([{ Arn: '<WakeRunsFunction.Arn>' }]);
  });

  it('are told again for an hour at most: all that wait have looked by themselves then', () => {
    const { Targets } = resourceOf(template, 'AWS::Events::Rule', 'AwsEvents').Properties;

    expect(Targets).toMatchObject([{ RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 2 } }]);
  });

  it('lets in the roles of the places, with events of AWS', () => {
    const { Policy } = resourceOf(template, 'AWS::Events::EventBus', 'EventBus').Properties;

    expect(inWords(Policy)).toMatchObject({
      Statement: places.map(({ pattern }, index) => ({
        Sid: `AwsEvents${index + 1}`,
        Effect: 'Allow',
        Condition: { 'ForAllValues:StringEquals': { 'events:source': pattern.source } },
      })),
    });
  });

  it('has two workflows that may call the function', () => {
    const machines = Object.values(resourcesOf(template, 'AWS::StepFunctions::StateMachine'));
    const texts = machines.map(({ Properties }) => JSON.stringify(Properties['DefinitionString']));

    expect(texts.map((text) => text.includes('WaitForRemovalOrEvent'))).toEqual([true, true]);
  });
});
