import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';

import { OUTCOME_SOURCE, type OutcomeEvent } from '../../../functions/ports/outcome-publisher';
import type { AwsAccess } from './aws-access';
import { takeMessages } from './take-messages';

const NAME = 'sandbox-outcomes';

const DETAIL_TYPES = ['Account Vended', 'Account Vending Failed', 'Account Closed', 'Account Closing Failed'] as const;

const EventSchema = z.object({
  'detail-type': z.enum(DETAIL_TYPES),
  detail: z.record(z.string(), z.unknown()),
});

const OutcomeSchema = z.custom<OutcomeEvent>((value) => typeof value === 'object' && value !== null);

/**
 * A consumer as a customer would have one: its own rule on the bus, its own queue. It knows the application by its
 * events alone.
 */
export class OutcomeConsumer {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #received: OutcomeEvent[] = [];

  private constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
  }

  static async subscribe(aws: AwsAccess, busName: string): Promise<OutcomeConsumer> {
    const sqs = new SQSClient(aws);
    const events = new EventBridgeClient(aws);
    const { QueueUrl: queueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: NAME }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
    );
    const rule = { Name: NAME, EventBusName: busName };
    const pattern = { source: [OUTCOME_SOURCE], 'detail-type': DETAIL_TYPES };
    await events.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify(pattern) }));
    const target = { Id: 'queue', Arn: Attributes?.QueueArn ?? '' };
    await events.send(new PutTargetsCommand({ Rule: NAME, EventBusName: busName, Targets: [target] }));
    return new OutcomeConsumer(sqs, queueUrl);
  }

  /** All events so far, in the order in which they came. */
  async received(): Promise<readonly OutcomeEvent[]> {
    const messages = await takeMessages(this.#sqs, this.#queueUrl);
    this.#received.push(...messages.map(({ body }) => outcomeIn(body)));
    return this.#received;
  }
}

function outcomeIn(body: string): OutcomeEvent {
  const event = EventSchema.parse(JSON.parse(body));
  return OutcomeSchema.parse({ type: event['detail-type'], detail: event.detail });
}
