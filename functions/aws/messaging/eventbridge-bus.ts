import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

import { TransientError } from '../../domain/base/errors';
import { type DriftReports, OUTCOME_SOURCE, type OutcomePublisher, versioned } from '../../ports/outcome-publisher';
import { calling } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** Puts outcomes on the custom bus. */
export function eventbridgeOutcomePublisher(settings: AwsSettings, busName: string): OutcomePublisher {
  const client = new EventBridgeClient(ownClientSettings(settings));
  return {
    publish: ({ type, detail }) =>
      putOnBus(client, busName, { source: OUTCOME_SOURCE, type, detail: versioned(detail) }),
  };
}

/** Puts drift reports on the custom bus. */
export function eventbridgeDriftReports(settings: AwsSettings, busName: string): DriftReports {
  const client = new EventBridgeClient(ownClientSettings(settings));
  const event = { source: OUTCOME_SOURCE, type: 'Drift Report' };
  return { publish: (report) => putOnBus(client, busName, { ...event, detail: versioned(report) }) };
}

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
