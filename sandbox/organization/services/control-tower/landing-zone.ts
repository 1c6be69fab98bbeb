import * as z from 'zod';

import { arnIn } from '../../arn';
import type { OrganizationState } from '../../organization-state';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import { type Page, pageInput, pageOf } from './control-tower-paging';
import { landingZoneManifest } from './landing-zone-manifest';

export interface LandingZone {
  readonly arn: string;
  readonly region: string;
  readonly status: 'ACTIVE' | 'PROCESSING' | 'FAILED';
  readonly version: string;
  readonly enrollsByItself: boolean;
}

/** The one landing zone: in the home region of the management account, where Control Tower is set up. */
export function landingZoneHere({ state, region, principal }: CallContext): LandingZone | undefined {
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
    status: controlTower.status ?? 'ACTIVE',
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

export const landingZoneOperationsInput = z.object(pageInput(1, 100));

export const landingZoneOperationInput = z.object({ operationIdentifier: z.string().length(36) });

/**
 * The update that it began with, if it remembers one.
 *
 * @evidence documented controltower/APIReference/API_ListLandingZoneOperations: the operations of the past 90 days, the
 *   most recent first
 */
export function listLandingZoneOperations(context: CallContext, page: Page): object {
  const { items, rest } = pageOf(updatesOf(context), page);
  const landingZoneOperations = items.map(({ operationIdentifier, operationType, status }) => ({
    ...{ operationIdentifier, operationType, status },
  }));
  return { landingZoneOperations, ...rest };
}

/** @evidence documented controltower/APIReference/API_GetLandingZoneOperation: operationDetails with endTime */
export function getLandingZoneOperation(
  context: CallContext,
  { operationIdentifier }: z.infer<typeof landingZoneOperationInput>,
): object {
  const operationDetails = updatesOf(context).find((one) => one.operationIdentifier === operationIdentifier);
  if (operationDetails !== undefined) return { operationDetails };
  // @evidence documented controltower/APIReference/API_GetLandingZoneOperation: ResourceNotFoundException
  throw new ServiceError('ResourceNotFoundException', 'The operation does not exist.', { status: 404 });
}

function updatesOf(context: CallContext) {
  const { updatedAt } = context.state.seed.controlTower ?? {};
  if (updatedAt === undefined || landingZoneHere(context) === undefined) return [];
  if (context.now - Date.parse(updatedAt) > REMEMBERED_MILLISECONDS) return [];
  const operationIdentifier = 'ba5e0000-0000-4000-9000-000000000000';
  return [{ ...{ operationIdentifier, operationType: 'UPDATE', status: 'SUCCEEDED' }, endTime: updatedAt }];
}

const REMEMBERED_MILLISECONDS = 90 * 24 * 3_600_000;
