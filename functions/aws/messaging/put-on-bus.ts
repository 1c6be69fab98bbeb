import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

import { TransientError } from '../../domain/base/errors';
import { calling } from '../base/aws-error';

export interface BusEvent {
  readonly source: string;
  readonly type: string;
  readonly detail: object;
}

/** @throws TransientError when the bus does not take it, which is no error of the call */
export const putOnBus = (client: EventBridgeClient, busName: string, event: BusEvent): Promise<void> =>
  calling(`publish "${event.type}"`, async () => {
    const entry = {
      EventBusName: busName,
      Source: event.source,
      DetailType: event.type,
      Detail: JSON.stringify(event.detail),
    };
    const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
    const refusal = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refusal !== undefined) {
      throw new TransientError(`"${event.type}" was not taken by the bus ${busName}: ${refusal.ErrorMessage ?? ''}`);
    }
  });
