import type { StepPermissions } from '../../aws/permissions/step-permissions';

/** What CollectCosts reads, as MeshCostExplorerServiceRole, which is its role in the management account. */
export const costPermissions: StepPermissions = {
  management: ['ce:GetCostAndUsage', 'ce:GetReservationUtilization', 'ce:GetSavingsPlansUtilizationDetails'],
};
