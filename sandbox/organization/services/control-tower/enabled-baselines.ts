import type { Account, BaselineOperation, InheritedBaseline, OrganizationState } from '../../organization-state';

/** The newest version of the baseline that goes with a landing zone, which can keep older ones. */
const NEWEST: Readonly<Record<string, string>> = {
  '3.0': '3.0',
  '3.1': '3.0',
  '3.2': '4.0',
  '3.3': '4.0',
  '4.0': '5.0',
};

/** Of the baseline, from the oldest to the newest. */
const VERSIONS: readonly string[] = ['1.0', '2.0', '3.0', '4.0', '5.0'];

/**
 * Whether a unit whose baseline has one version can get the other.
 *
 * @evidence documented controltower/userguide/table-of-baselines: 5.0 goes with landing zone 4.0, 4.0 with 3.2 and 3.3,
 *   3.0 with 3.0 and 3.1; an older one may be kept
 * @evidence documented controltower/userguide/table-of-baselines: an update of a baseline cannot be rolled back; that
 *   an older version is refused is our reading
 */
export const isNextVersion = (state: OrganizationState, from: string, to: string): boolean =>
  VERSIONS.slice(VERSIONS.indexOf(from), VERSIONS.indexOf(newestVersion(state)) + 1).includes(to);

const newestVersion = ({ controlTower }: OrganizationState): string => NEWEST[controlTower.setup.version] ?? '5.0';

/** Accounts with the baselines that they inherit. */
export const inheritances = ({
  accounts,
  inheritedBaselines,
}: OrganizationState): readonly (readonly [Account, InheritedBaseline])[] =>
  [...accounts.values()].flatMap((account) => {
    const baseline = inheritedBaselines.get(account.id);
    return baseline === undefined ? [] : [[account, baseline] as const];
  });

/**
 * A unit keeps its version when the landing zone is updated, until somebody updates it.
 *
 * @evidence documented controltower/userguide/table-of-baselines: the OU is "Update available" then, and new accounts
 *   get the existing version
 */
export const versionOfUnit = (state: OrganizationState, unitId: string): string =>
  state.controlTower.unitVersions.get(unitId) ?? newestVersion(state);

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
