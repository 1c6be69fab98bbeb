import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

import { DESIRED_STATE_DETAIL_TYPE, REPLICATOR_SOURCE } from '../../domain/desired-state/desired-state-event';
import type { DesiredStatePublisher } from '../ports/mesh-stack';
import { type AwsSettings, ownClientSettings } from '../../aws/base/aws-settings';
import { putOnBus } from '../../aws/messaging/eventbridge-bus';

/** Puts desired states on the custom bus, as meshStack's replicator would. */
export function eventbridgeDesiredStatePublisher(settings: AwsSettings, busName: string): DesiredStatePublisher {
  const client = new EventBridgeClient(ownClientSettings(settings));
  return {
    publish: (detail) =>
      putOnBus(client, busName, { source: REPLICATOR_SOURCE, type: DESIRED_STATE_DETAIL_TYPE, detail }),
  };
}
