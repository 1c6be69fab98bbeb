import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

import type { DriftReports } from '../ports/drift-reports';
import { OUTCOME_SOURCE } from '../ports/outcome-publisher';
import { type AwsSettings, ownClientSettings } from './aws-settings';
import { putOnBus } from './put-on-bus';

/** Puts drift reports on the custom bus. */
export function eventbridgeDriftReports(settings: AwsSettings, busName: string): DriftReports {
  const client = new EventBridgeClient(ownClientSettings(settings));
  return { publish: (detail) => putOnBus(client, busName, { source: OUTCOME_SOURCE, type: 'Drift Report', detail }) };
}
