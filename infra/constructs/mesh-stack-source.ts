import { Duration } from 'aws-cdk-lib';
import { type EventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

import { OUTCOME_SOURCE, OUTCOME_TYPES } from '../../functions/ports/outcome-publisher';
import { named } from '../deployment-rules';
import { physicalName } from '../names';
import { ownMetric } from '../own-metric';
import type { Alarms } from './alarms';

export interface MeshStackSourceProps {
  readonly poll: IFunction;
  readonly report: IFunction;
  readonly eventBus: EventBus;
  readonly pollMinutes: number;
  readonly alarms: Alarms;
}

/** Polls meshStack for changes and reports outcomes to it. Exists only if `platform.json` names a meshStack. */
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
      // The next poll reports what an outcome event did not, so no dead letters are needed.
      targets: [new LambdaFunction(report, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
    this.#watch(alarms, poll, Duration.minutes(Math.max(pollMinutes, 5)));
  }

  /** Between two polls an alarm stays as it is, so that a key that is refused alarms once. */
  #watch(alarms: Alarms, poll: IFunction, period: Duration): void {
    const link = alarms.links.function(poll.functionName);
    const log = `The log of ${named(this, physicalName('PollMeshStack'))}`;
    alarms.watch('MeshStackUnread', ownMetric('MeshStackProblems', { statistic: 'max', period }), {
      name: 'meshstack-unread',
      what: 'meshStack refuses us, or tenants of it cannot be read',
      remedy: `${log} names what is to be put right in meshStack, and the tenant.`,
      link,
      keepsWithoutData: true,
    });
    alarms.watch('MeshStackPollsFailed', poll.metricErrors({ period, statistic: 'sum' }), {
      name: 'meshstack-polls-failed',
      what: 'Polls of meshStack fail',
      remedy: `${log} says why; the first poll that succeeds reads on where the last one was.`,
      link,
      periods: 3,
    });
  }
}
