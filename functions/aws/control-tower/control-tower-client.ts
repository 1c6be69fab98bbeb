import { managementCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { signedClient } from '../base/signed-client';

/** The operations that are called. */
export type ControlTowerOperation =
  | 'ListLandingZones'
  | 'GetLandingZone'
  | 'ListBaselines'
  | 'ListEnabledBaselines'
  | 'ListEnabledControls'
  | 'ListLandingZoneOperations'
  | 'GetLandingZoneOperation'
  | 'ResetEnabledBaseline'
  | 'UpdateEnabledBaseline'
  | 'GetBaselineOperation';

/** Each is a POST to a path of its own, JSON in and JSON out: "AWS Control Tower API Reference". */
const PATHS: Readonly<Record<ControlTowerOperation, string>> = {
  ListLandingZones: '/list-landingzones',
  GetLandingZone: '/get-landingzone',
  ListBaselines: '/list-baselines',
  ListEnabledBaselines: '/list-enabled-baselines',
  ListEnabledControls: '/list-enabled-controls',
  ListLandingZoneOperations: '/list-landingzone-operations',
  GetLandingZoneOperation: '/get-landingzone-operation',
  ResetEnabledBaseline: '/reset-enabled-baseline',
  UpdateEnabledBaseline: '/update-enabled-baseline',
  GetBaselineOperation: '/get-baseline-operation',
};

/** @throws an error with the name that AWS gives it, as clients of the SDK do */
export type ControlTowerCall = (operation: ControlTowerOperation, input: object) => Promise<unknown>;

/**
 * Calls Control Tower by the function's role in the management account. The SDK's own client is not used: what npm has
 * under its name (`client-controltower`) is older than these operations.
 */
export function controlTowerClient(session: AwsSession, region: string): ControlTowerCall {
  const send = signedClient(session, {
    service: 'controltower',
    region,
    credentials: managementCredentials(session),
    endpoint: session.settings.controlTowerEndpoint,
  });
  return (operation, input) =>
    send({ path: PATHS[operation], headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) });
}
