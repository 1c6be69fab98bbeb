import type { OrganizationState } from '../../organization-state';
import { type AccountFactory, type Failure, isRunning, type ProductRecord } from './account-factory-state';
import { ANOTHER_OPERATION, IN_USE } from './service-catalog-errors';

/**
 * Why the Account Factory cannot begin an operation now, if it cannot.
 *
 * @evidence documented controltower/userguide/limits: five account operations at once; unmanaging must be done one
 *   account at a time
 * @evidence documented controltower/userguide/troubleshooting: provisioning fails while other changes of Control Tower
 *   are in progress
 * @evidence documented controltower/userguide/limits: in general one operation at a time is permitted; that updates and
 *   terminations fail as well, and while a unit's baseline is put on its accounts, too, is our reading of it
 * @evidence reported "github aws-samples/aws-control-tower-automate-account-creation#9": ResourceInUseException,
 *   another execution is in progress
 */
export function conflictWith(
  { records }: AccountFactory,
  { limits, controlTower, random }: OrganizationState,
  type: ProductRecord['type'],
): Failure | null {
  const running = [...records.values()].filter(isRunning);
  if (running.length >= limits.concurrentAccountOperations) {
    return { code: 'ResourceInUseException', description: IN_USE };
  }
  const isLandingZoneBusy =
    controlTower.setup.status === 'PROCESSING' ||
    [...controlTower.operations.values()].some((operation) => operation.status === 'IN_PROGRESS');
  const isSecondTermination = type === TERMINATION && running.some((record) => record.type === TERMINATION);
  if (!isLandingZoneBusy && !isSecondTermination) return null;
  const code = random() < 0.5 ? 'ResourceInUseException' : 'AccountFactoryFailure';
  return { code, description: ANOTHER_OPERATION };
}

const TERMINATION = 'TERMINATE_PROVISIONED_PRODUCT';
