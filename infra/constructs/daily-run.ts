import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface DailyRunProps {
  readonly handler: IFunction;
}

/**
 * Calls a function once a day, early in the morning (UTC). A call that fails is repeated by Lambda, twice; the next day
 * does what was left.
 */
export class DailyRun extends Construct {
  constructor(scope: Construct, id: string, { handler }: DailyRunProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Costs of this month and the last one',
      schedule: Schedule.cron({ hour: '6', minute: '17' }),
      targets: [new LambdaFunction(handler, { maxEventAge: Duration.hours(6), retryAttempts: 2 })],
    });
  }
}
