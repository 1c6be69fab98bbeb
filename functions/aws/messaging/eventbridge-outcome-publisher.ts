import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

import { OUTCOME_SOURCE, type OutcomePublisher } from '../../ports/outcome-publisher';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';
import { putOnBus } from './put-on-bus';

/** Puts outcomes on the custom bus. */
export function eventbridgeOutcomePublisher(settings: AwsSettings, busName: string): OutcomePublisher {
  const client = new EventBridgeClient(ownClientSettings(settings));
  return { publish: (event) => putOnBus(client, busName, { source: OUTCOME_SOURCE, ...event }) };
}
