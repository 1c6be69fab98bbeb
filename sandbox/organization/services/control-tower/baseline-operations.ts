import * as z from 'zod';

import { drawEnd, longer } from '../../draw';
import type { Account, BaselineOperation, OrganizationState, Unit } from '../../organization-state';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import { isRunning } from '../service-catalog/account-factory-state';
import { configObstacle } from './config-obstacle';
import { addOperation, inheritances, isNextVersion, versionOfUnit } from './enabled-baselines';
import { enabledArn, landingZoneHere } from './landing-zone';
import { tellEnabledBaseline } from '../../service-events';

const identifier = z.string().min(20).max(2048);

export const resetInput = z.object({ enabledBaselineIdentifier: identifier });

export const updateInput = z.object({
  enabledBaselineIdentifier: identifier,
  baselineVersion: z
    .string()
    .max(10)
    .regex(/^\d+(?:\.\d+){0,2}$/u),
});

export const operationInput = z.object({ operationIdentifier: z.string().length(36) });

/**
 * Puts the baseline of a unit, as it is, on all accounts that are directly in it.
 *
 * @evidence documented controltower/APIReference/API_ResetEnabledBaseline: it re-applies the existing baseline after an
 *   account was moved into the unit, and answers the id of an operation
 * @evidence documented controltower/userguide/update-existing-accounts: after an update of the landing zone, a reset of
 *   each unit updates all accounts
 */
export function resetEnabledBaseline(context: CallContext, input: z.infer<typeof resetInput>): object {
  const unit = unitOf(context, input.enabledBaselineIdentifier);
  return begun(context, 'RESET_ENABLED_BASELINE', unit, versionOfUnit(context.state, unit.id));
}

/**
 * The same, with another version of the baseline.
 *
 * @evidence documented controltower/userguide/table-of-baselines: after an update of the version all accounts in the
 *   unit have what the new one brings; it cannot be taken back
 */
export function updateEnabledBaseline(context: CallContext, input: z.infer<typeof updateInput>): object {
  const { enabledBaselineIdentifier, baselineVersion } = input;
  const unit = unitOf(context, enabledBaselineIdentifier);
  // @evidence documented controltower/APIReference/API_UpdateEnabledBaseline: ValidationException for input that does
  //   not satisfy the constraints; that a version which does not go with the landing zone is such input is our reading
  if (!isNextVersion(context.state, versionOfUnit(context.state, unit.id), baselineVersion)) {
    throw new ServiceError('ValidationException', `Version ${baselineVersion} does not go with the landing zone.`);
  }
  return begun(context, 'UPDATE_ENABLED_BASELINE', unit, baselineVersion);
}

/**
 * How many accounts may be directly in a unit whose baseline is put on them.
 *
 * @evidence documented controltower/userguide/limits: no unit with over 1000 directly nested accounts is re-registered
 * @evidence documented controltower/userguide/region-stackset-limitations: 1000 accounts with 15 governed regions, 680
 *   with 22, fewer with more
 *
 * With more than 15 regions it falls here in tens: 10 for each whole part of 1,500 by their number, 680 of 22.
 */
const mostAccounts = ({ state }: CallContext): number =>
  Math.min(1000, 10 * Math.floor(1500 / state.controlTower.setup.governedRegions.length));

function begun(context: CallContext, type: BaselineOperation['type'], unit: Unit, version: string): object {
  const { state, now } = context;
  // @evidence documented controltower/userguide/limits: in general one operation at a time is permitted; five
  //   account operations run beside each other; that none runs beside this is our reading of it
  // @evidence documented controltower/APIReference/API_ResetEnabledBaseline: ConflictException
  if (isBusy(state)) {
    throw new ServiceError('ConflictException', 'Another operation is in progress.', { status: 409 });
  }
  const accounts = [...state.accounts.values()].filter(({ parentId }) => parentId === unit.id);
  // @evidence documented controltower/APIReference/API_ResetEnabledBaseline: ServiceQuotaExceededException where a
  //   quota would be exceeded
  if (accounts.length > mostAccounts(context)) {
    const message = `The OU has ${accounts.length} accounts. The limit is ${mostAccounts(context)}.`;
    throw new ServiceError('ServiceQuotaExceededException', message, { status: 402 });
  }
  const operation = addOperation(state, { type, targetId: unit.id, startedAt: now });
  const seconds = longer(state.latencies.enrollmentUpdate, SECONDS_EACH * accounts.length);
  state.agenda.plan(drawEnd(state, now, seconds), (at) => {
    state.controlTower.unitVersions.set(unit.id, version);
    carryOut(state, unit, accounts, operation, at);
  });
  return { operationIdentifier: operation.id };
}

const isBusy = ({ controlTower: { operations, accountOperations } }: OrganizationState): boolean =>
  [...operations.values()].some(({ status }) => status === 'IN_PROGRESS') ||
  [...accountOperations.values()].some(isRunning);

/**
 * A unit takes as long as an update of one account, and these seconds more for each of them: AWS tells nothing of it.
 *
 * @evidence reported "github reply-fr/sustainable-personal-accounts#10": a unit of six accounts took about 40 minutes
 */
const SECONDS_EACH = 6;

function carryOut(
  state: OrganizationState,
  unit: Unit,
  accounts: readonly Account[],
  operation: BaselineOperation,
  at: number,
): void {
  // Some may have left the unit meanwhile.
  const present = accounts.filter(({ parentId }) => parentId === unit.id);
  const failed = present.filter((account) => !hasTaken(state, account, operation, at)).map(({ id }) => id);
  operation.endedAt = at;
  operation.status = 'SUCCEEDED';
  // @evidence documented controltower/userguide/common-eg-failures: some accounts may fail although the unit as a whole
  //   has succeeded; where it has failed, there are messages of accounts
  if (failed.length > 0) {
    operation.status = state.random() < 0.5 ? 'SUCCEEDED' : 'FAILED';
    operation.message = `The baseline failed on ${failed.length} accounts: ${failed.join(', ')}`;
  }
}

function hasTaken(state: OrganizationState, account: Account, operation: BaselineOperation, at: number): boolean {
  const isHindered = configObstacle(state, account) !== null || (state.faults?.autoEnrollment?.(account.id) ?? false);
  const unitId = operation.targetId;
  const version = isHindered ? state.inheritedBaselines.get(account.id)?.version : versionOfUnit(state, unitId);
  const status = isHindered ? 'FAILED' : 'SUCCEEDED';
  state.inheritedBaselines.set(account.id, { version, unitId, operationId: operation.id, status });
  tellEnabledBaseline(state, operation.type, account, at);
  return !isHindered;
}

/**
 * @evidence documented controltower/userguide/baseline-api-examples: no write API takes a child enabled baseline
 * @evidence documented controltower/APIReference/API_ResetEnabledBaseline: ResourceNotFoundException
 */
function unitOf(context: CallContext, enabledBaseline: string): Unit {
  const { state } = context;
  const landingZone = landingZoneHere(context);
  const targets = [...state.units.values(), ...inheritances(state).map(([account]) => account)];
  const target =
    landingZone === undefined
      ? undefined
      : targets.find(({ id }) => enabledArn(landingZone, 'enabledbaseline', id) === enabledBaseline);
  if (target === undefined) {
    throw new ServiceError('ResourceNotFoundException', 'The enabled baseline does not exist.', { status: 404 });
  }
  if ('registered' in target) return target;
  // @evidence documented controltower/APIReference/API_ResetEnabledBaseline: ValidationException for input that does
  //   not satisfy the constraints
  throw new ServiceError('ValidationException', 'The operation is not supported on a child enabled baseline.');
}

/** @evidence example controltower/userguide/baseline-api-examples: GetBaselineOperation answers baselineOperation */
export function getBaselineOperation(
  { state }: CallContext,
  { operationIdentifier }: z.infer<typeof operationInput>,
): object {
  const operation = state.controlTower.operations.get(operationIdentifier);
  if (operation === undefined) {
    // @evidence documented "botocore controltower.GetBaselineOperation": ResourceNotFoundException
    throw new ServiceError('ResourceNotFoundException', 'The operation does not exist.', { status: 404 });
  }
  const { type, status, startedAt, endedAt, message } = operation;
  return {
    baselineOperation: {
      operationIdentifier,
      operationType: type,
      status,
      startTime: new Date(startedAt).toISOString(),
      ...(endedAt === null ? {} : { endTime: new Date(endedAt).toISOString() }),
      statusMessage: message,
    },
  };
}
