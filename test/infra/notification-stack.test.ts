import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';

import { notificationSettings } from '../../infra/notification-settings';
import { VendingStack } from '../../infra/vending-stack';
import { EVENT_TYPES } from '../../functions/ports/event-schemas';
import { pageOf } from '../docs/pages';
import {
  CONFIGURATION,
  expectProperties,
  inWords,
  resourceOf,
  resourcesOf,
  statementsOfRole,
  testedApp,
} from './synthesized-stack';
import { notificationStack } from './account-stacks';
import { templateDigest } from './template-digest';

const WEBHOOK = 'https://hooks.corp.example/vending';
const all = Template.fromStack(
  notificationStack({ chatNotifications: 'attention', webhookUrl: WEBHOOK, schemaRegistry: 'true' }),
);

const patternOf = (template: Template, idPrefix: string): unknown =>
  resourceOf(template, 'AWS::Events::Rule', idPrefix).Properties['EventPattern'];

describe('NotificationStack', () => {
  it('has the digest that was reviewed', () => {
    const template = all.toJSON() as { Resources: Record<string, { Type: string }> };
    const Resources = Object.fromEntries(
      Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::EventSchemas::Schema'),
    );

    expect(templateDigest({ ...template, Resources })).toMatchSnapshot();
  });

  it('sends everything to the webhook, and to the chat what a person has to look at', () => {
    expect(patternOf(all, 'ToldCallWebhook')).toEqual({ source: ['account-vending'] });
    expect(patternOf(all, 'ToldNotifyChat')).toMatchObject({ source: ['account-vending'] });
    const { 'detail-type': types } = patternOf(all, 'ToldNotifyChat') as { 'detail-type': string[] };
    expect(EVENT_TYPES.filter((type) => !types.includes(type))).toEqual([
      'Account Vended',
      'Account Vending Shadowed',
      'Account Closed',
      'Account Closing Shadowed',
      'Rollout Started',
      'Rollout Wave Ended',
      'Rollout Paused',
      'Rollout Ended',
    ]);
    expect(types.filter((type) => !(EVENT_TYPES as readonly string[]).includes(type))).toEqual([]);
  });

  it('shows all events in the chat where that is asked for, and makes nothing else then', () => {
    const template = Template.fromStack(notificationStack({ chatNotifications: 'all' }));

    expect(patternOf(template, 'ToldNotifyChat')).toEqual({ source: ['account-vending'] });
    expect(Object.keys(resourcesOf(template, 'AWS::Lambda::Function'))).toHaveLength(1);
    expect(resourcesOf(template, 'AWS::SecretsManager::Secret')).toEqual({});
    expect(resourcesOf(template, 'AWS::EventSchemas::Schema')).toEqual({});
  });

  it('has a schema for each event, and can have them alone', () => {
    const template = Template.fromStack(notificationStack({ schemaRegistry: 'true' }));

    for (const [id, { Type }] of Object.entries(
      (template.toJSON() as { Resources: Record<string, { Type: string }> }).Resources,
    )) {
      expect([id, Type]).toEqual([id, expect.stringMatching(/^AWS::EventSchemas::/u)]);
    }
    const schemas = Object.values(resourcesOf(template, 'AWS::EventSchemas::Schema'));
    const typeIn = (content: unknown) =>
      (JSON.parse(String(content)) as { components: { schemas: { AWSEvent: Record<string, unknown> } } }).components
        .schemas.AWSEvent['x-amazon-events-detail-type'];
    expect(schemas.map(({ Properties }) => typeIn(Properties['Content']))).toEqual(EVENT_TYPES);
    expect(schemas.every(({ Properties }) => Properties['Type'] === 'OpenApi3')).toBe(true);
  });

  it('tries again for two hours, keeps what failed, and alarms on the topic of the other alarms', () => {
    const queues = Object.values(resourcesOf(all, 'AWS::SQS::Queue')).map(({ Properties }) => Properties);
    const fed = queues.filter(({ RedrivePolicy }) => RedrivePolicy !== undefined);

    expect(fed.map(({ VisibilityTimeout }) => VisibilityTimeout)).toEqual([600, 600]);
    // Ten messages, each given up after eight seconds.
    const functions = Object.values(resourcesOf(all, 'AWS::Lambda::Function')).map(({ Properties }) => Properties);
    expect(functions.map(({ Timeout }) => Timeout)).toEqual([100, 100]);
    expect(fed.map(({ RedrivePolicy }) => RedrivePolicy)).toMatchObject([
      { maxReceiveCount: 12 },
      { maxReceiveCount: 12 },
    ]);
    const [alarm] = Object.values(resourcesOf(all, 'AWS::CloudWatch::Alarm')).map(({ Properties }) =>
      inWords(Properties),
    );
    expect(alarm).toMatchObject({
      AlarmName: 'account-vending-dead-letters-notifications',
      AlarmActions: ['arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:account-vending-alarms'],
    });
    expect(pageOf('docs/operation.md')).toMatch(/^## dead-letters-notifications$/mu);
  });

  it('lets each function do its own work alone', () => {
    const own = (idPrefix: string) =>
      statementsOfRole(all, idPrefix).map(
        ({ Action, Resource }) => `${String(Action)} on ${String(inWords(Resource))}`,
      );

    expect(own('ToldNotifyChat').filter((line) => !/^(?:logs|xray|sqs):/u.test(line))).toEqual([
      'sns:Publish on <ChatTopic>',
    ]);
    expect(own('ToldCallWebhook').filter((line) => !/^(?:logs|xray|sqs):/u.test(line))).toEqual([
      'secretsmanager:GetSecretValue on <WebhookSecret>',
    ]);
  });

  it('draws a secret that is base64, of 33 bytes', () => {
    expectProperties(all, 'AWS::SecretsManager::Secret', {
      GenerateSecretString: { PasswordLength: 44, ExcludePunctuation: true },
    });
    expect(Buffer.from('a'.repeat(44), 'base64')).toHaveLength(33);
  });

  it('is not there unless it is asked for, and changes nothing of VendingStack', () => {
    const app = testedApp({ chatNotifications: 'all', webhookUrl: WEBHOOK, schemaRegistry: true });
    const parts = { configuration: CONFIGURATION, codeOf: (name: string) => Code.fromInline(`// ${name}`) };
    const beside = new VendingStack(app, 'VendingStack', { ...parts, kmsKeyArn: undefined });
    const alone = new VendingStack(testedApp(), 'VendingStack', { ...parts, kmsKeyArn: undefined });

    expect(notificationSettings(testedApp())).toBeUndefined();
    expect(Template.fromStack(beside).toJSON()).toEqual(Template.fromStack(alone).toJSON());
  });

  it.each([
    ['chatNotifications', 'true', /context chatNotifications has "true".*Give attention .*, or all/u],
    ['webhookUrl', 'http://hooks.corp.example', /no HTTPS address/u],
    ['webhookUrl', 'https://user:pass@hooks.corp.example/', /no HTTPS address without a password/u],
    ['webhookUrl', 'https://hooks.corp.example/?token=1', /without a password and a query/u],
    ['schemaRegistry', 'yes', /context schemaRegistry has to be true or false/u],
  ])('stops at a context %s of %p', (name, value, message) => {
    expect(() => notificationSettings(testedApp({ [name]: value }))).toThrow(message);
  });
});
