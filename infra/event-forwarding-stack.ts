import { Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

import { named } from './deployment-rules';
import type { ForwardingPlace } from './event-forwarding';
import { keepRules, ruled } from './ruled-stack';
import { withoutBootstrap } from './without-bootstrap';

export interface EventForwardingStackProps extends StackProps {
  readonly place: ForwardingPlace;
  readonly busArn: string;
}

/**
 * Forwards what AWS tells in one account and region to the application's bus. What does not get there is lost: runs
 * find out by their polls.
 *
 * @evidence documented eventbridge/userguide/eb-cross-account: a rule sends to the bus of another account or region
 *   with a role, and that bus has to allow it
 */
export class EventForwardingStack extends Stack {
  constructor(scope: Construct, id: string, { place, busArn, ...props }: EventForwardingStackProps) {
    super(scope, id, { ...withoutBootstrap(), ...ruled(scope, id), env: { region: place.region }, ...props });
    keepRules(this);
    const role = new Role(this, 'Role', {
      roleName: named(this, place.roleName),
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
    });
    new Rule(this, 'Rule', {
      description: 'Tells the account-vending application what AWS has ended',
      eventPattern: place.pattern,
      targets: [new BusTarget(EventBus.fromEventBusArn(this, 'Bus', busArn), { role })],
    });
  }
}
