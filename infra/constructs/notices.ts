import { EventField, type EventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { type IRole, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

import { APPROVAL_EXPIRED, APPROVAL_REJECTED } from '../../functions/domain/run/approval';
import {
  OUTCOME_SOURCE,
  type RolloutEvent,
  type RunDelayed,
  type TroubleType,
} from '../../functions/ports/outcome-publisher';
import type { ConsoleLinks } from '../console-links';
import { useOfKey } from './use-of-key';

export interface NoticesProps {
  readonly eventBus: EventBus;
  readonly topic: ITopic;
  readonly links: ConsoleLinks;
  readonly encryptionKey: IKey | undefined;
}

interface Trouble {
  readonly types: readonly TroubleType[];
  readonly error: readonly unknown[];
}

/**
 * A run that nobody has approved does not count as a failure, as in the metric of the alarm. An
 * operator who requires approvals has a rule of their own.
 *
 * @evidence documented eventbridge/userguide/eb-create-pattern-operators: anything-but takes a list of strings and
 *   matches every other value
 */
const FAILURES = [{ 'anything-but': [APPROVAL_REJECTED, APPROVAL_EXPIRED] }];

const late = (error: RunDelayed['error']): Trouble => ({
  types: ['Account Vending Delayed', 'Account Closing Delayed'],
  error: [error],
});

/** Maps each article of docs/operation.md, named like its alarm, to the events that announce it. */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  'vendings-failed': { types: ['Account Vending Failed'], error: FAILURES },
  'closings-failed': { types: ['Account Closing Failed'], error: FAILURES },
  'runs-overdue': late('OverdueRun'),
  'lanes-starved': late('StarvedLane'),
};

/**
 * What an alarm cannot say: which tenant, why, and what to do. The events on the bus know it; each becomes a message on
 * the topic of the alarms, without a function.
 */
export class Notices extends Construct {
  constructor(scope: Construct, id: string, { eventBus, topic, links, encryptionKey }: NoticesProps) {
    super(scope, id);
    const role = this.#role(topic, encryptionKey);
    for (const [article, { types, error }] of Object.entries(TROUBLES)) {
      new Rule(this, article, {
        description: `Tells of ${article} with tenant, cause and remedy`,
        eventBus,
        eventPattern: {
          source: [OUTCOME_SOURCE],
          detailType: [...types],
          detail: { error: [...error] },
        },
        targets: [new SnsTopic(topic, { message: RuleTargetInput.fromObject(messageOf(article, links)), role })],
      });
    }
    this.#tellOfRollouts(eventBus, topic, role);
  }

  /** The one event of a rollout that a person has to act on. */
  #tellOfRollouts(eventBus: EventBus, topic: ITopic, role: IRole): void {
    const message = {
      what: EventField.detailType,
      rollout: detail('rolloutId'),
      wave: detail('wave'),
      cause: detail('reason'),
      runbook: 'docs/operation.md#rollouts-stopped',
    };
    new Rule(this, 'rollouts-stopped', {
      description: 'Tells of rollouts-stopped with rollout and cause',
      eventBus,
      eventPattern: { source: [OUTCOME_SOURCE], detailType: [STOPPED] },
      targets: [new SnsTopic(topic, { message: RuleTargetInput.fromObject(message), role })],
    });
  }

  /**
   * The rules write to the topic by a role of this account. Let in by the topic's policy instead, EventBridge could
   * write there for rules of anybody.
   *
   * @evidence documented eventbridge/userguide/eb-use-resource-based: the statement for EventBridge in a topic's policy
   *   takes no condition; a role serves as well
   */
  #role(topic: ITopic, encryptionKey: IKey | undefined): IRole {
    const publish = new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] });
    const statements = encryptionKey === undefined ? [publish] : [publish, useOfKey(encryptionKey, ['sns'])];
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
      inlinePolicies: { notices: new PolicyDocument({ statements, minimize: false }) },
    });
    return role.withoutPolicyUpdates();
  }
}

const STOPPED = 'Rollout Stopped' satisfies RolloutEvent['type'];

/** Fields that every such event has, none of them ever null: EventBridge puts each in as JSON. */
const messageOf = (article: string, links: ConsoleLinks): Readonly<Record<string, string>> => ({
  what: EventField.detailType,
  tenant: detail('tenantUuid'),
  workspace: detail('workspaceIdentifier'),
  project: detail('projectIdentifier'),
  error: detail('error'),
  cause: detail('cause'),
  remedy: detail('remedy'),
  console: links.execution(detail('executionArn')),
  runbook: `docs/operation.md#${article}`,
});

const detail = (field: string): string => EventField.fromPath(`$.detail.${field}`);
