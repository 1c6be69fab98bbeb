import { Aws, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventBus, type EventPattern } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import type { PlatformConfiguration } from '../functions/domain/configuration/platform-configuration';
import { OUTCOME_SOURCE } from '../functions/ports/outcome-publisher';
import { consoleLinks } from './console-links';
import { ChatNotices } from './constructs/chat-notices';
import { EventSchemas } from './constructs/event-schemas';
import { deadLetterQueue } from './constructs/fed-queue';
import { NotifiedFunction, type NotifiedFunctionProps } from './constructs/notified-function';
import { SignedWebhook } from './constructs/signed-webhook';
import { named } from './deployment-rules';
import { ALARM_TOPIC_NAME, DASHBOARD_NAME, EVENT_BUS_NAME, type NotifyingFunction } from './names';
import type { NotificationSettings } from './notification-settings';
import { keepRules, ruled } from './ruled-stack';

export interface NotificationStackProps extends StackProps {
  readonly platform: Pick<PlatformConfiguration, 'accessConfig'>;
  readonly settings: NotificationSettings;
  readonly codeOf: (name: NotifyingFunction) => Code;
  /** A customer's key for queues, logs, topic and secret; absent: keys of AWS. */
  readonly kmsKeyArn: string | undefined;
}

/** What a person has to look at, or waits for. The rest is everyday life. */
const ATTENTION = [
  'Account Vending Failed',
  'Account Closing Failed',
  'Account Vending Delayed',
  'Account Closing Delayed',
  'Account Vending Awaits Approval',
  'Account Closing Awaits Approval',
  'Drift Report',
  'Usage Report Finalized',
  'Rollout Stopped',
];

/**
 * For those who want to be told: events of the bus as messages in a chat and as requests to a webhook, and their
 * schemas in the registry. It stands beside VendingStack, after it, in the same account and region.
 */
export class NotificationStack extends Stack {
  constructor(scope: Construct, id: string, given: NotificationStackProps) {
    const { platform, settings, codeOf, kmsKeyArn, ...props } = given;
    super(scope, id, { ...ruled(scope, id), ...props });
    keepRules(this);
    const encryptionKey = kmsKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'Key', kmsKeyArn);
    const { chat, webhookUrl, schemaRegistry } = settings;
    if (schemaRegistry) new EventSchemas(this, 'EventSchemas');
    if (chat === undefined && webhookUrl === undefined) return;

    const eventBus = EventBus.fromEventBusName(this, 'EventBus', named(this, EVENT_BUS_NAME));
    const deadLetters = deadLetterQueue(this, 'DeadLetters');
    const fed = (name: NotifyingFunction, eventPattern: EventPattern, granted: NotifiedFunctionProps['granted']) =>
      new NotifiedFunction(this, name, {
        eventBus,
        eventPattern,
        granted,
        deadLetters,
        encryptionKey,
        code: codeOf(name),
      });
    if (chat !== undefined) {
      const { granted } = new ChatNotices(this, 'Chat', { encryptionKey });
      fed('NotifyChat', { ...EVERY, ...(chat === 'all' ? {} : { detailType: ATTENTION }) }, granted);
    }
    if (webhookUrl !== undefined) {
      const { granted } = new SignedWebhook(this, 'Webhook', { webhookUrl, encryptionKey });
      fed('CallWebhook', EVERY, granted);
    }
    this.#watch(deadLetters, platform);
  }

  /** On the topic of the other alarms, by its fixed name. */
  #watch(deadLetters: Queue, platform: NotificationStackProps['platform']): void {
    const link = consoleLinks(platform, named(this, DASHBOARD_NAME)).queue(deadLetters.queueName);
    const name = 'dead-letters-notifications';
    const alarm = new Alarm(this, 'NotificationsDead', {
      alarmName: named(this, `account-vending-${name}`),
      alarmDescription: `Notifications could not be sent for two hours. Mend the receiver, then redrive the queue of dead letters. What to do: docs/operation.md#${name}. Console: ${link}`,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'max' }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const topicArn = `arn:${Aws.PARTITION}:sns:${Aws.REGION}:${Aws.ACCOUNT_ID}:${named(this, ALARM_TOPIC_NAME)}`;
    alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, 'AlarmTopic', topicArn)));
  }
}

const EVERY = { source: [OUTCOME_SOURCE] } satisfies EventPattern;
