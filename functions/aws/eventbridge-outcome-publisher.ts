import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

import { TransientError } from '../domain/errors';
import { OUTCOME_SOURCE, type OutcomePublisher } from '../ports/outcome-publisher';
import { calling } from './aws-error';
import type { AwsSettings } from './aws-settings';

/** Puts outcomes on the custom bus. */
export function eventbridgeOutcomePublisher(settings: AwsSettings, busName: string): OutcomePublisher {
  const client = new EventBridgeClient({ ...settings });
  return {
    publish: ({ type, detail }) =>
      calling(`publish "${type}"`, async () => {
        const entry = {
          EventBusName: busName,
          Source: OUTCOME_SOURCE,
          DetailType: type,
          Detail: JSON.stringify(detail),
        };
        const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
        // A refused entry is not an error of the call.
        const refusal = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
        if (refusal !== undefined) {
          throw new TransientError(`"${type}" was not taken by the bus ${busName}: ${refusal.ErrorMessage ?? ''}`);
        }
      }),
  };
}
