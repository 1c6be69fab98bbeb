import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

import { TransientError } from '../domain/errors';
import { DESIRED_STATE_DETAIL_TYPE, REPLICATOR_SOURCE } from '../domain/desired-state-event';
import type { DesiredStatePublisher } from '../ports/desired-state-publisher';
import { calling } from './aws-error';
import type { AwsSettings } from './aws-settings';

/** Puts desired states on the custom bus, as meshStack's replicator would. */
export function eventbridgeDesiredStatePublisher(settings: AwsSettings, busName: string): DesiredStatePublisher {
  const client = new EventBridgeClient({ ...settings });
  return {
    publish: (desiredState) =>
      calling('publish a desired state', async () => {
        const entry = {
          EventBusName: busName,
          Source: REPLICATOR_SOURCE,
          DetailType: DESIRED_STATE_DETAIL_TYPE,
          Detail: JSON.stringify(desiredState),
        };
        const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
        // A refused entry is not an error of the call.
        const refusal = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
        if (refusal !== undefined) {
          throw new TransientError(
            `A desired state was not taken by the bus ${busName}: ${refusal.ErrorMessage ?? ''}`,
          );
        }
      }),
  };
}
