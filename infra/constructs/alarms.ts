import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Aws } from 'aws-cdk-lib';
import { Construct } from 'constructs';

import { ALARM_TOPIC_NAME } from '../names';

export interface AlarmsProps {
  /** By what their executions are, as a part of the alarm's name. */
  readonly stateMachines: Readonly<Record<string, StateMachine>>;
  /** By what they hold, as a part of the alarm's name. */
  readonly deadLetters: Readonly<Record<string, Queue>>;
  /** Reports stay as they were when it fails. */
  readonly collectCosts: IFunction;
  readonly encryptionKey: IKey | undefined;
}

export interface Patience {
  readonly periods?: number;
  /** Whether no figure means that nothing is known, and not that all is well. */
  readonly keepsWithoutData?: boolean;
}

const PERIOD = Duration.minutes(5);

/** One topic, to which the operator subscribes, and an alarm for everything that a person has to look at; docs/operation.md says what to do. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stateMachines, deadLetters, collectCosts, encryptionKey }: AlarmsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: ALARM_TOPIC_NAME,
      displayName: 'Account vending',
      masterKey: encryptionKey ?? this.#topicKey(),
      enforceSSL: true,
    });
    this.#topicPolicy();
    // An alarm for each metric, not one over their sum: it tells which it was. Executions have no time-out of their own, so none ends by one.
    const counted = { period: PERIOD, statistic: 'sum' };
    for (const [name, machine] of Object.entries(stateMachines)) {
      const [names, one] = [name.toLowerCase(), name.toLowerCase().slice(0, -1)];
      this.watch(`${name}Failed`, `${names}-failed`, machine.metricFailed(counted), `A ${one} has failed`);
      this.watch(`${name}Stopped`, `${names}-stopped`, machine.metricAborted(counted), `A ${one} was stopped`);
    }
    const costErrors = collectCosts.metricErrors(counted);
    this.watch('CostsNotCollected', 'costs-not-collected', costErrors, 'Costs were not collected');
    for (const [name, queue] of Object.entries(deadLetters)) {
      const metric = queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: 'max' });
      this.watch(`${name}Dead`, `dead-letters-${kebab(name)}`, metric, 'There are dead letters');
    }
  }

  /** CloudWatch cannot publish to a topic under the key of AWS: that key's policy does not let it. */
  #topicKey(): Key {
    const key = new Key(this, 'TopicKey', { enableKeyRotation: true, description: 'Alarms of account vending' });
    key.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return key;
  }

  #topicPolicy(): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }

  /** An alarm for a thing that a person has to look at, as soon as there is one, or after some periods in a row. */
  watch(id: string, name: string, metric: IMetric, what: string, patience: Patience = {}): void {
    const alarm = new Alarm(this, id, {
      alarmName: `account-vending-${name}`,
      alarmDescription: `${what}. What to do: docs/operation.md, "${name}".`,
      metric,
      threshold: 1,
      evaluationPeriods: patience.periods ?? 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: patience.keepsWithoutData === true ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

const kebab = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, '-').toLowerCase();
