import { Aws, Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

import type { ConsoleLinks } from '../console-links';
import { named } from '../deployment-rules';
import { ALARM_TOPIC_NAME, FUNCTIONS_DASHBOARD_NAME, physicalName } from '../names';
import { ownMetric } from '../own-metric';

export interface AlarmsProps {
  /** The key becomes a part of the alarm's name. */
  readonly stateMachines: Readonly<Record<'Vendings' | 'Closings', StateMachine>>;
  /** The key becomes a part of the alarm's name. */
  readonly deadLetters: Readonly<Record<string, Queue>>;
  /** Queues of which the oldest message may not be old, by what they hold, as a part of the alarm's name. */
  readonly read: Readonly<Record<string, Queue>>;
  readonly api: RestApi;
  /** Reports stay as they were when it fails. */
  readonly collectCosts: IFunction;
  readonly links: ConsoleLinks;
  readonly encryptionKey: IKey | undefined;
}

/** The message and the threshold of one alarm. */
export interface Watch {
  /** Behind `account-vending-`, and the title of its article in docs/operation.md. */
  readonly name: string;
  /** What is wrong. */
  readonly what: string;
  /** The first thing to do. */
  readonly remedy: string;
  /** A link to the place in the AWS console that shows the cause. */
  readonly link: string;
  readonly periods?: number;
  /** From which figure on; absent: at the first. */
  readonly threshold?: number;
  /** Whether no figure means that nothing is known, and not that all is well. */
  readonly keepsWithoutData?: boolean;
}

const PERIOD = Duration.minutes(5);

/** Longer than three tries of a message take in the queues that are watched. */
const OLD_SECONDS = 15 * 60;

/** Longer than the time between two checks of WatchRuns, so that an alarm lasts as long as its cause. */
const CHECKS_PERIOD = Duration.minutes(30);

/**
 * One topic, to which the operator subscribes, and alarms for everything that a person has to act on; docs/operation.md
 * says what to do.
 *
 * Each uses one metric: CloudWatch charges for the metrics of an alarm, and the local AWS knows no metric math.
 */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly links: ConsoleLinks;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { encryptionKey, links } = props;
    this.links = links;
    this.topic = new Topic(this, 'Topic', {
      topicName: named(this, ALARM_TOPIC_NAME),
      displayName: 'Account vending',
      enforceSSL: true,
      ...(encryptionKey === undefined ? {} : { masterKey: encryptionKey }),
    });
    this.#topicPolicy();
    this.#watchWorkflow('Vendings', props.stateMachines.Vendings);
    this.#watchWorkflow('Closings', props.stateMachines.Closings);
    this.#watchRuns();
    for (const [name, queue] of Object.entries(props.deadLetters)) this.#watchDeadLetters(name, queue);
    for (const [name, queue] of Object.entries(props.read)) this.#watchAge(name, queue);
    this.#watchRollouts();
    this.#watchOrder();
    this.#watchLoops();
    this.#watchConcurrency();
    this.#watchApi(props.api);
    this.#watchCosts(props.collectCosts);
  }

  /**
   * Counts reported failures rather than executions: an execution that the active-run guard ended has failed, but its
   * run has not.
   */
  #watchWorkflow(name: 'Vendings' | 'Closings', machine: StateMachine): void {
    const names = name.toLowerCase();
    this.watch(`${name}Failed`, ownMetric(`Failed${name}`, { statistic: 'sum', period: PERIOD }), {
      name: `${names}-failed`,
      what: `One of the ${names} has failed`,
      remedy: 'The message "Account … Failed" on this topic names tenant, cause and remedy; replay it then.',
      link: this.links.workflow(machine.stateMachineArn),
    });
  }

  #watchRuns(): void {
    this.watch('RunsOverdue', ownMetric('OverdueRuns', { statistic: 'sum', period: CHECKS_PERIOD }), {
      name: 'runs-overdue',
      what: 'A run stands in one state for longer than its work there may take',
      remedy: 'The message "Account Vending Delayed" on this topic names tenant, state and remedy.',
      link: this.links.dashboard(),
    });
    this.watch('LanesStarved', ownMetric('StarvedLanes', { statistic: 'sum', period: CHECKS_PERIOD }), {
      name: 'lanes-starved',
      what: 'Runs wait in a lane, and nobody has been let in for twice as long as an operation takes there',
      remedy: 'The message "Account Vending Delayed" on this topic names tenant, lane and remedy.',
      link: this.links.dashboard(),
    });
  }

  #watchRollouts(): void {
    this.watch('RolloutsStopped', ownMetric('StoppedRollouts', { statistic: 'sum', period: PERIOD }), {
      name: 'rollouts-stopped',
      what: 'A rollout has stopped by itself',
      remedy: 'The message "Rollout Stopped" on this topic names the rollout and why.',
      link: this.links.dashboard(),
    });
    this.watch('RolloutsStuck', ownMetric('StuckRollouts', { statistic: 'sum', period: PERIOD }), {
      name: 'rollouts-stuck',
      what: 'No run of a rollout has begun or ended for three hours, and some are under way',
      remedy: '"npx account-vending rollouts list" names it; look at its running tenants.',
      link: this.links.dashboard(),
    });
  }

  /** One wrong sequence, and a tenant's events are all older than it: nobody sees that, since each was taken. */
  #watchOrder(): void {
    const intake = named(this, physicalName('Intake'));
    this.watch('EventsOutdated', ownMetric('OutdatedEvents', { statistic: 'sum', period: PERIOD }), {
      name: 'events-outdated',
      what: 'Events of a tenant are older than the newest that is known, one after the other, and none is carried out',
      remedy: `The log of ${intake} names tenant and sequences; send a higher one, or go back with ?force=true.`,
      link: this.links.function(intake),
    });
  }

  #watchDeadLetters(name: string, queue: Queue): void {
    this.watch(`${name}Dead`, queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: 'max' }), {
      name: `dead-letters-${kebab(name)}`,
      what: 'There are dead letters',
      remedy:
        '"npx account-vending vendings dead-letters" shows each with its reason and its tenant, and sends them back.',
      link: this.links.queue(queue.queueName),
    });
  }

  /**
   * A queue that nobody reads has no dead letters: its mapping is disabled, or lacks a right. One that is tried again
   * and again does not count: SQS leaves it out of this age after three times.
   */
  #watchAge(name: string, queue: Queue): void {
    this.watch(`${name}Late`, queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: 'max' }), {
      name: `${kebab(name)}-late`,
      what: 'Messages wait for a quarter of an hour, and are lost after 14 days',
      remedy: 'See whether the event source mapping of the queue is enabled, and what the log of its function says.',
      link: this.links.queue(queue.queueName),
      threshold: OLD_SECONDS,
    });
  }

  /**
   * One metric for all functions of the region, since Lambda has one without dimensions. The two that may recur emit
   * none: their messages count themselves, and end at the dead letters.
   */
  #watchLoops(): void {
    const dropped = { namespace: 'AWS/Lambda', metricName: 'RecursiveInvocationsDropped' };
    this.watch('LoopsDropped', new Metric({ ...dropped, period: PERIOD, statistic: 'sum' }), {
      name: 'loops-dropped',
      what: 'Lambda takes something for an endless loop, and has not invoked a function of this region',
      remedy: 'The metric RecursiveInvocationsDropped by function name says which.',
      link: this.links.dashboard(named(this, FUNCTIONS_DASHBOARD_NAME)),
    });
  }

  /**
   * Covers the whole region, since all its functions share the concurrency. A busy moment passes by itself; a quarter
   * of an hour does not.
   */
  #watchConcurrency(): void {
    const throttles = { namespace: 'AWS/Lambda', metricName: 'Throttles' };
    this.watch('FunctionsThrottled', new Metric({ ...throttles, period: PERIOD, statistic: 'sum' }), {
      name: 'functions-throttled',
      what: 'Lambda has had no place for functions of this region for a quarter of an hour',
      remedy: 'Ask AWS for more of the quota "Concurrent executions" of Lambda.',
      link: this.links.dashboard(named(this, FUNCTIONS_DASHBOARD_NAME)),
      periods: 3,
    });
  }

  #watchApi(api: RestApi): void {
    const handler = named(this, physicalName('Api'));
    this.watch('ApiErrors', api.metricServerError({ period: PERIOD, statistic: 'sum' }), {
      name: 'api-errors',
      what: 'The API has answered a call with a fault of its own (5xx)',
      remedy: `The log of ${handler} names path and cause; its callers may repeat every call.`,
      link: this.links.function(handler),
    });
  }

  #watchCosts(collectCosts: IFunction): void {
    this.watch('CostsNotCollected', collectCosts.metricErrors({ period: PERIOD, statistic: 'sum' }), {
      name: 'costs-not-collected',
      what: 'Costs were not collected; reports are those of the day before',
      remedy: 'The log of the function says why; the next day collects what was missed.',
      link: this.links.function(collectCosts.functionName),
    });
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

  /** Raises an alarm that a person has to act on, at the first data point or after several periods in a row. */
  watch(id: string, metric: IMetric, watched: Watch): void {
    const { name, what, remedy, link, periods = 1, threshold = 1, keepsWithoutData = false } = watched;
    const alarm = new Alarm(this, id, {
      alarmName: named(this, `account-vending-${name}`),
      alarmDescription: `${what}. ${remedy} What to do: docs/operation.md#${name}. Console: ${link}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: keepsWithoutData ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

const kebab = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, '-').toLowerCase();
