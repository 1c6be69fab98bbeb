import { Duration } from 'aws-cdk-lib';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { type EventForwarding, forwardedPattern } from '../event-forwarding';

/** Hands forwarded events of AWS to the function that wakes runs; after an hour all of them have polled. */
export function wokenBy(scope: Construct, wake: IFunction, eventBus: EventBus, forwarding: EventForwarding): IFunction {
  new Rule(scope, 'AwsEvents', {
    eventBus,
    eventPattern: forwardedPattern(forwarding),
    // Polls find what an event did not tell, so no dead letters are needed.
    targets: [new LambdaFunction(wake, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
  });
  return wake;
}
