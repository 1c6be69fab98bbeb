import { arnIn } from '../../arn';
import type { OrganizationState } from '../../organization-state';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import { landingZoneManifest } from './landing-zone-manifest';

export interface LandingZone {
  readonly arn: string;
  readonly region: string;
  readonly status: 'ACTIVE' | 'PROCESSING' | 'FAILED';
  readonly version: string;
  readonly enrollsByItself: boolean;
}

/** The one landing zone: in the home region of the management account, where Control Tower is set up. */
export function landingZoneHere({ state, region, principal, now }: CallContext): LandingZone | undefined {
  const { managementAccountId, accountFactory, controlTower = {} } = state.seed;
  if (
    region !== (controlTower.homeRegion ?? accountFactory?.homeRegion) ||
    principal.accountId !== managementAccountId
  ) {
    return undefined;
  }
  return {
    arn: arnIn(state.seed, `controltower:${region}:${managementAccountId}:landingzone/1A2B3C4D5E6F7G8H`),
    region,
    status: state.controlTower.busyUntil > now ? 'PROCESSING' : (controlTower.status ?? 'ACTIVE'),
    version: versionOf(state),
    enrollsByItself: controlTower.enrollsByItself ?? false,
  };
}

export const versionOf = ({ seed }: OrganizationState): string => seed.controlTower?.version ?? '4.0';

export function getLandingZone(context: CallContext, identifier: string): object {
  const landingZone = landingZoneHere(context);
  if (landingZone === undefined || (identifier !== landingZone.arn && !landingZone.arn.endsWith(`/${identifier}`))) {
    // @evidence documented "botocore controltower.GetLandingZone": ResourceNotFoundException for a landing zone that
    //   does not exist
    throw new ServiceError('ResourceNotFoundException', 'The landing zone does not exist.', { status: 404 });
  }
  const { arn, region, status, version, enrollsByItself } = landingZone;
  return {
    landingZone: {
      ...{ arn, status, version, latestAvailableVersion: '4.0' },
      driftStatus: { status: 'IN_SYNC' },
      manifest: landingZoneManifest(region, context.state.seed.controlTower ?? {}),
      ...(enrollsByItself ? { remediationTypes: ['INHERITANCE_DRIFT'] } : {}),
    },
  };
}
