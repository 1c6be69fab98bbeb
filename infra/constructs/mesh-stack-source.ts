import { Duration } from 'aws-cdk-lib';
import { type EventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

import { type Measurement, METRICS_NAMESPACE, METRICS_SERVICE } from '../../functions/domain/measurement';
import { OUTCOME_SOURCE, OUTCOME_TYPES } from '../../functions/ports/outcome-publisher';
import type { Alarms } from './alarms';

export interface MeshStackSourceProps {
  readonly poll: IFunction;
  readonly report: IFunction;
  readonly eventBus: EventBus;
  readonly pollMinutes: number;
  readonly alarms: Alarms;
}

/** Has meshStack asked what has changed, and told how vendings have ended. There only where `platform.json` names a meshStack. */
export class MeshStackSource extends Construct {
  constructor(scope: Construct, id: string, { poll, report, eventBus, pollMinutes, alarms }: MeshStackSourceProps) {
    super(scope, id);
    new Rule(this, 'Schedule', {
      schedule: Schedule.rate(Duration.minutes(pollMinutes)),
      // The next poll does what this one has left.
      targets: [new LambdaFunction(poll, { retryAttempts: 0, maxEventAge: Duration.minutes(pollMinutes) })],
    });
    new Rule(this, 'Outcomes', {
      eventBus,
      eventPattern: { source: [OUTCOME_SOURCE], detailType: [...OUTCOME_TYPES] },
      // Polls tell what no outcome has told: it needs no dead letters.
      targets: [new LambdaFunction(report, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
    this.#watch(alarms, poll, Duration.minutes(Math.max(pollMinutes, 5)));
  }

  /** Between two polls an alarm stays as it is, so that a key that is refused alarms once. */
  #watch(alarms: Alarms, poll: IFunction, period: Duration): void {
    const untilToldOtherwise = { keepsWithoutData: true };
    const refused = measured('MeshStackRefused', period);
    alarms.watch('MeshStackRefused', 'meshstack-refused', refused, 'meshStack refuses us', untilToldOtherwise);
    const unreadable = measured('MeshStackUnreadableTenants', period);
    const what = 'Tenants of meshStack cannot be read';
    alarms.watch('MeshStackUnreadable', 'meshstack-tenants-unreadable', unreadable, what, untilToldOtherwise);
    const errors = poll.metricErrors({ period, statistic: 'sum' });
    alarms.watch('MeshStackPollsFailed', 'meshstack-polls-failed', errors, 'Polls of meshStack fail', { periods: 3 });
  }
}

const measured = (metricName: Measurement['name'], period: Duration): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service: METRICS_SERVICE },
    statistic: 'max',
    period,
  });
