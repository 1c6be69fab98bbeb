import type { OrganizationState, Unit } from '../../organization-state';

export const EXECUTION_ROLE = 'AWSControlTowerExecution';

/**
 * Units whose accounts get a baseline.
 *
 * @evidence documented controltower/userguide/types-of-baselines: an OU has AWSControlTowerBaseline or ConfigBaseline,
 *   never both
 */
export const hasBaseline = ({ registered, governedBy }: Unit): boolean => registered || governedBy === 'ConfigBaseline';

/** Whether Control Tower governs the account, or is about to: by a baseline, in whatever way it came by it. */
export const isEnrolled = ({ inheritedBaselines }: OrganizationState, accountId: string): boolean => {
  const status = inheritedBaselines.get(accountId)?.status;
  return status === 'SUCCEEDED' || status === 'UNDER_CHANGE';
};
