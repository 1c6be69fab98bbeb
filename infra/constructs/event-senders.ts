import { Arn, ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { CfnEventBus, type EventBus } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, AnyPrincipal, type IPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { DESIRED_STATE_DETAIL_TYPE, REPLICATOR_SOURCE } from '../../functions/domain/desired-state-event';
import { EVENT_BUS_NAME } from '../names';

/**
 * Lets accounts, or a whole organization, put desired states on the bus, and nothing else: not outcomes. A property of the bus, and no resource of its
 * own, which the local AWS does not know.
 */
export function letSend(eventBus: EventBus, senders: readonly string[]): void {
  const bus = eventBus.node.defaultChild;
  if (senders.length === 0 || !(bus instanceof CfnEventBus)) return;
  bus.policy = new PolicyDocument({ statements: senders.map((sender) => statementFor(eventBus, sender)) });
}

function statementFor(eventBus: EventBus, sender: string): PolicyStatement {
  const ofOrganization = sender.startsWith('o-');
  const principal: IPrincipal = ofOrganization ? new AnyPrincipal() : new AccountPrincipal(sender);
  return new PolicyStatement({
    sid: `DesiredStatesOf${sender.replaceAll('-', '')}`,
    principals: [principal],
    actions: ['events:PutEvents'],
    resources: [busArn(eventBus)],
    conditions: {
      StringEquals: {
        'events:source': REPLICATOR_SOURCE,
        'events:detail-type': DESIRED_STATE_DETAIL_TYPE,
        ...(ofOrganization ? { 'aws:PrincipalOrgID': sender } : {}),
      },
    },
  });
}

/** From its fixed name: a resource cannot refer to itself. */
const busArn = (eventBus: EventBus): string =>
  Arn.format(
    {
      partition: Aws.PARTITION,
      service: 'events',
      resource: 'event-bus',
      resourceName: EVENT_BUS_NAME,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    },
    Stack.of(eventBus),
  );
