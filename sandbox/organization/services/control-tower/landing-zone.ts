import * as z from 'zod';

import { arnIn } from '../../arn';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import { type Page, pageInput, pageOf } from './control-tower-paging';
import { landingZoneManifest } from './landing-zone-manifest';

export interface LandingZone {
  readonly arn: string;
}

/** The one landing zone: in the home region of the management account, where Control Tower is set up. */
export function landingZoneHere({ state, region, principal }: CallContext): LandingZone | undefined {
  const { managementAccountId } = state.seed;
  if (region !== state.controlTower.setup.homeRegion || principal.accountId !== managementAccountId) return undefined;
  return { arn: arnIn(state.seed, `controltower:${region}:${managementAccountId}:landingzone/1A2B3C4D5E6F7G8H`) };
}

/** The ARN of what is enabled on a unit or an account, by its id or its own ARN. */
export const enabledArn = ({ arn }: LandingZone, kind: 'enabledbaseline' | 'enabledcontrol', target: string): string =>
  arn.replace(/landingzone\/.*$/u, `${kind}/${target.replace(/^.*[-/]/u, '').toUpperCase()}`);

export function getLandingZone(context: CallContext, identifier: string): object {
  const landingZone = landingZoneHere(context);
  if (landingZone === undefined || (identifier !== landingZone.arn && !landingZone.arn.endsWith(`/${identifier}`))) {
    // @evidence documented "botocore controltower.GetLandingZone": ResourceNotFoundException for a landing zone that
    //   does not exist
    throw new ServiceError('ResourceNotFoundException', 'The landing zone does not exist.', { status: 404 });
  }
  const { setup } = context.state.controlTower;
  const { status, version, enrollsByItself } = setup;
  return {
    landingZone: {
      arn: landingZone.arn,
      status,
      version,
      latestAvailableVersion: '4.0',
      driftStatus: { status: 'IN_SYNC' },
      manifest: landingZoneManifest(setup),
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
    operationIdentifier,
    operationType,
    status,
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
  const { updatedAt } = context.state.controlTower.setup;
  const isRemembered = context.now - Date.parse(updatedAt) < REMEMBERED_MILLISECONDS;
  if (landingZoneHere(context) === undefined || !isRemembered) return [];
  const operationIdentifier = 'ba5e0000-0000-4000-9000-000000000000';
  return [{ operationIdentifier, operationType: 'UPDATE', status: 'SUCCEEDED', endTime: updatedAt }];
}

const REMEMBERED_MILLISECONDS = 90 * 24 * 3_600_000;
