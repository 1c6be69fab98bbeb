import type { BaselineOperation, OrganizationState } from '../../organization-state';

/** The newest version, which landing zone 4.0 brings. */
export const NEWEST_BASELINE = '5.0';

/** The end of the ARN of what is enabled on a unit or an account. */
export const enabledBaselineId = (targetId: string): string => targetId.slice(-8).toUpperCase();

/**
 * A unit keeps its version when the landing zone is updated, until somebody updates it.
 *
 * @evidence documented controltower/userguide/table-of-baselines: the OU is "Update available" then, and new accounts
 *   get the existing version
 */
export const versionOfUnit = ({ controlTower, units }: OrganizationState, unitId: string): string =>
  controlTower.unitVersions.get(unitId) ?? units.get(unitId)?.baselineVersion ?? NEWEST_BASELINE;

/** Puts an operation on a unit or an account into the list of all. It draws nothing: ids are numbered. */
export function addOperation(
  { controlTower: { operations } }: Pick<OrganizationState, 'controlTower'>,
  operation: Pick<BaselineOperation, 'type' | 'targetId' | 'startedAt'>,
): BaselineOperation {
  const id = `ba5e0000-0000-4000-8000-${String(operations.size).padStart(12, '0')}`;
  const added: BaselineOperation = { ...operation, id, endedAt: null, status: 'IN_PROGRESS', message: null };
  operations.set(id, added);
  return added;
}

interface StatusSummary {
  readonly status: string;
  readonly lastOperationIdentifier?: string;
}

/**
 * How the baseline of a unit stands: as the last operation on it has ended.
 *
 * @evidence documented controltower/APIReference/API_EnablementStatusSummary: UNDER_CHANGE, SUCCEEDED or FAILED, and
 *   the last operation
 */
export function statusOfUnit({ controlTower: { operations } }: OrganizationState, unitId: string): StatusSummary {
  const last = [...operations.values()].findLast(({ targetId }) => targetId === unitId);
  if (last === undefined) return { status: 'SUCCEEDED' };
  return { status: last.status === 'IN_PROGRESS' ? 'UNDER_CHANGE' : last.status, lastOperationIdentifier: last.id };
}
