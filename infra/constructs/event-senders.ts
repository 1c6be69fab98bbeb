import { Arn, ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { CfnEventBus, type EventBus } from 'aws-cdk-lib/aws-events';
import {
  AccountPrincipal,
  AnyPrincipal,
  Effect,
  type IPrincipal,
  PolicyDocument,
  PolicyStatement,
} from 'aws-cdk-lib/aws-iam';

import { DESIRED_STATE_DETAIL_TYPE, REPLICATOR_SOURCE } from '../../functions/domain/desired-state/desired-state-event';
import { inIam, named } from '../deployment-rules';
import type { ForwardingPlace } from '../event-forwarding';
import { EVENT_BUS_NAME, physicalName } from '../names';

const DESIRED_STATES = { 'events:source': REPLICATOR_SOURCE, 'events:detail-type': DESIRED_STATE_DETAIL_TYPE };

/**
 * Lets these, and nobody else, put desired states on the bus: accounts, organizations, and roles or users by their
 * ARNs. Those of other accounts may put nothing else there; for outcomes, what this account's own policies allow goes
 * on. Without a list the bus has no policy. A property of the bus, and no resource of its own, which the local AWS does
 * not know.
 *
 * @param readsMeshStack whether a function of our own sends desired states, too
 * @param forwarders are let in besides, with events of AWS alone, which nobody else can send
 */
export function letSend(
  eventBus: EventBus,
  senders: readonly string[],
  readsMeshStack: boolean,
  forwarders: readonly ForwardingPlace[] = [],
): void {
  const bus = eventBus.node.defaultChild;
  if (senders.length + forwarders.length === 0 || !(bus instanceof CfnEventBus)) return;
  const allowed = senders.map((sender, index) => allow(eventBus, sender, index));
  const own = readsMeshStack ? [roleArn(eventBus, physicalName('PollMeshStack'))] : [];
  const denied = senders.length === 0 ? [] : [denyOthers(eventBus, senders, own)];
  const forwarding = forwarders.map((place, index) => letForward(eventBus, place, index));
  bus.policy = new PolicyDocument({ statements: [...allowed, ...denied, ...forwarding] });
}

/**
 * @evidence documented eventbridge/APIReference/API_PutEventsRequestEntry: a source that begins with aws. is of AWS
 *   alone
 */
const letForward = (
  eventBus: EventBus,
  { accountId, roleName, pattern }: ForwardingPlace,
  index: number,
): PolicyStatement =>
  new PolicyStatement({
    sid: `AwsEvents${index + 1}`,
    principals: [new AccountPrincipal(accountId)],
    actions: ['events:PutEvents'],
    resources: [busArn(eventBus)],
    conditions: {
      'ForAllValues:StringEquals': { 'events:source': pattern.source ?? [] },
      Null: { 'events:source': 'false' },
      ArnEquals: { 'aws:PrincipalArn': roleArn(eventBus, roleName, accountId) },
    },
  });

const isOrganization = (sender: string): boolean => sender.startsWith('o-');
const isArn = (sender: string): boolean => sender.startsWith('arn:');

function allow(eventBus: EventBus, sender: string, index: number): PolicyStatement {
  return new PolicyStatement({
    sid: isArn(sender) ? `DesiredStatesOfSender${index + 1}` : `DesiredStatesOf${sender.replaceAll('-', '')}`,
    principals: [principalOf(sender)],
    actions: ['events:PutEvents'],
    resources: [busArn(eventBus)],
    conditions: {
      // @evidence example eventbridge/userguide/eb-event-bus-example-policy-cross-account-custom-bus-source: a bus
      //   takes events of one source and detail type alone by ForAllValues:StringEquals
      'ForAllValues:StringEquals': DESIRED_STATES,
      Null: { 'events:source': 'false', 'events:detail-type': 'false' },
      ...(isOrganization(sender) ? { StringEquals: { 'aws:PrincipalOrgID': sender } } : {}),
      ...(isArn(sender) ? { ArnEquals: { 'aws:PrincipalArn': sender } } : {}),
    },
  });
}

/** Names the account, because IAM rejects a policy that names a role which does not exist yet. */
function principalOf(sender: string): IPrincipal {
  if (isOrganization(sender)) return new AnyPrincipal();
  return new AccountPrincipal(isArn(sender) ? (sender.split(':')[4] ?? '') : sender);
}

/**
 * All conditions must match for a denial: a sender that any of them names is let in. A request that lacks a key is
 * denied.
 */
function denyOthers(eventBus: EventBus, senders: readonly string[], own: readonly string[]): PolicyStatement {
  const organizations = senders.filter(isOrganization);
  const accounts = senders.filter((sender) => !isOrganization(sender) && !isArn(sender));
  const arns = [...senders.filter(isArn), ...own];
  return new PolicyStatement({
    sid: 'NoDesiredStatesOfOthers',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['events:PutEvents'],
    resources: [busArn(eventBus)],
    conditions: {
      // Also where a call brings several events.
      'ForAnyValue:StringEquals': { 'events:source': REPLICATOR_SOURCE },
      ...(organizations.length + accounts.length === 0
        ? {}
        : {
            StringNotEquals: {
              ...(accounts.length === 0 ? {} : { 'aws:PrincipalAccount': accounts }),
              ...(organizations.length === 0 ? {} : { 'aws:PrincipalOrgID': organizations }),
            },
          }),
      ...(arns.length === 0 ? {} : { ArnNotEquals: { 'aws:PrincipalArn': arns } }),
    },
  });
}

/** From their fixed names: a resource cannot refer to itself, nor to what comes after it. */
const busArn = (eventBus: EventBus): string =>
  Arn.format(
    {
      partition: Aws.PARTITION,
      service: 'events',
      resource: 'event-bus',
      resourceName: named(eventBus, EVENT_BUS_NAME),
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    },
    Stack.of(eventBus),
  );

const roleArn = (eventBus: EventBus, name: string, account?: string): string =>
  Arn.format(
    {
      partition: Aws.PARTITION,
      service: 'iam',
      region: '',
      ...(account === undefined ? {} : { account }),
      resource: 'role',
      resourceName: inIam(eventBus, name),
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    },
    Stack.of(eventBus),
  );
