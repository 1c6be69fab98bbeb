import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

import { type DriftReports, OUTCOME_SOURCE } from '../../ports/outcome-publisher';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';
import { putOnBus } from './put-on-bus';

/** Puts drift reports on the custom bus. */
export function eventbridgeDriftReports(settings: AwsSettings, busName: string): DriftReports {
  const client = new EventBridgeClient(ownClientSettings(settings));
  return { publish: (detail) => putOnBus(client, busName, { source: OUTCOME_SOURCE, type: 'Drift Report', detail }) };
}
