import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

import { TransientError } from '../domain/errors';
import { OUTCOME_SOURCE } from '../ports/outcome-publisher';
import { calling } from './aws-error';

/** @throws TransientError when the bus does not take it, which is no error of the call */
export const putOnBus = (
  client: EventBridgeClient,
  busName: string,
  { type, detail }: { readonly type: string; readonly detail: object },
): Promise<void> =>
  calling(`publish "${type}"`, async () => {
    const entry = {
      EventBusName: busName,
      Source: OUTCOME_SOURCE,
      DetailType: type,
      Detail: JSON.stringify(detail),
    };
    const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
    const refusal = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refusal !== undefined) {
      throw new TransientError(`"${type}" was not taken by the bus ${busName}: ${refusal.ErrorMessage ?? ''}`);
    }
  });
